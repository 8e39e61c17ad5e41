import type { Kernels } from '../../../kernels/kernels.ts';
import type { KindOfIndex } from '../../kind.ts';
import type { RowReader } from '../../rerank/rowReader.ts';
import type { SpecOf } from '../../spec.ts';
import type { VectorIndex, VectorSpace } from '../../vectorIndex.ts';
import type { Growing } from '../treeBuilder.ts';
import { TreeBuilder } from '../treeBuilder.ts';
import { decodeTreeParams } from '../treeParams.ts';
import type { StoreParts } from '../treeStore.ts';
import type { GrownKdTree } from './kdBuild.ts';
import { growKdTree } from './kdBuild.ts';
import { kdtreeLayout, readKdtree } from './kdContainer.ts';
import { KdTreeIndex } from './kdIndex.ts';

class KdTreeBuilder extends TreeBuilder<GrownKdTree> {
  readonly #leafSize: number;

  constructor(
    kernels: Kernels,
    space: VectorSpace,
    { leafSize, store }: SpecOf<'kdtree'>,
    sample: Float32Array,
  ) {
    super(kernels, space, store, sample);
    this.#leafSize = leafSize;
  }

  protected grow(vectors: RowReader): Growing<GrownKdTree> {
    return growKdTree(vectors, this.#leafSize);
  }

  protected plant(
    { order, ...tree }: GrownKdTree,
    idsOf: (order: Uint32Array) => Uint32Array,
    storeOf: (order: Uint32Array) => StoreParts,
  ): VectorIndex {
    const params = { store: this.store, seed: 0, leafSize: this.#leafSize };
    const parts = { params, ids: idsOf(order), vectors: storeOf(order) };
    return KdTreeIndex.of(this.kernels, this.space, { ...tree, ...parts });
  }
}

export const kdtreeKind: KindOfIndex<'kdtree'> = {
  layout: kdtreeLayout,
  specOf: (_, numbers) => {
    const { leafSize, store } = decodeTreeParams(numbers)!;
    return { kind: 'kdtree', leafSize, store };
  },
  load: (kernels, container) => KdTreeIndex.of(kernels, container.header, readKdtree(container)),
  train: async (kernels, space, spec, sample) => new KdTreeBuilder(kernels, space, spec, sample),
};
