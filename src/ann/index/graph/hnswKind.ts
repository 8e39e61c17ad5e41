import type { KindOfIndex } from '../kind.ts';
import { HnswIndex } from './hnsw.ts';
import { HnswBuilder } from './hnswBuilder.ts';
import { hnswLayout, hnswParams, readHnsw } from './hnswContainer.ts';

export const hnswKind: KindOfIndex<'hnsw'> = {
  layout: hnswLayout,

  specOf: ({ M, nbits }, params) => ({
    kind: 'hnsw',
    M,
    store: nbits === 0 ? 'float32' : 'sq8',
    ...hnswParams(params),
  }),

  load: (kernels, container) => HnswIndex.of(kernels, container.header, readHnsw(container)),

  train: async (kernels, space, spec, sample) => new HnswBuilder(kernels, space, spec, sample),
};
