import { loadKernels } from './shared/kernels.ts';
import { type AssignJob, takePart } from './training/assignJob.ts';

const kernels = loadKernels();

// Sends no reply: results go to the job's shared memory. If no slice is left, does nothing.
addEventListener('message', ({ data: job }: MessageEvent<AssignJob>) => {
  kernels.then((own) => takePart(own, job)).catch(() => {});
});
