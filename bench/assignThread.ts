import { parentPort } from 'node:worker_threads';
import { type AssignJob, takePart } from '../src/workers/training/assignJob.ts';
import { nodeSimdKernels } from './nodeKernels.ts';

// The Node thread equivalent of src/workers/assign.worker.ts.
const kernels = nodeSimdKernels();
parentPort!.on('message', (job: AssignJob) => takePart(kernels, job));
