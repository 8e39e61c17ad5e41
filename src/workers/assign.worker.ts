import { type AssignJob, takePart } from './assignJob.ts';
import { loadKernels } from './kernels.ts';

const kernels = loadKernels();

// Nothing is answered: what was done shows in the job's memory. Who has none left takes no part.
addEventListener('message', ({ data: job }: MessageEvent<AssignJob>) => {
  kernels.then((own) => takePart(own, job)).catch(() => {});
});
