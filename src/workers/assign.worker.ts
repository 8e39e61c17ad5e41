import { loadKernels } from './shared/kernels.ts';
import { type AssignJob, takePart } from './training/assignJob.ts';

const kernels = loadKernels();

// Nothing is answered: what was done shows in the job's memory. Who has none left takes no part.
addEventListener('message', ({ data: job }: MessageEvent<AssignJob>) => {
  kernels.then((own) => takePart(own, job)).catch(() => {});
});
