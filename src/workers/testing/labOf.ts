import { nodeSimdKernels } from '../../../bench/nodeKernels.ts';
import type { LabWork } from '../../protocol/index.ts';
import { labHandlers } from '../lab/labService.ts';
import { libraryOf } from './indexedLibrary.ts';

/** The Lab of a library of real vectors in a real store. */
export async function labOf(photos: number) {
  const { store } = await libraryOf(photos);
  const kernels = nodeSimdKernels();
  const works: LabWork[] = [];
  const handlers = labHandlers({
    store: async () => store,
    kernels: async () => kernels,
    report: (work) => works.push(work),
    now: () => performance.now(),
  });
  return { store, kernels, works, handlers };
}
