import { parentPort } from 'node:worker_threads';
import { type AssignJob, takePart } from '../src/workers/training/assignJob.ts';
import { nodeSimdKernels } from './nodeKernels.ts';

// What src/workers/assign.worker.ts is in a browser, as a thread of Node.
const kernels = nodeSimdKernels();
parentPort!.on('message', (job: AssignJob) => takePart(kernels, job));
