import type { Kernels } from '../../../kernels/kernels.ts';
import type { KindOfIndex } from '../../kind.ts';
import type { RowReader } from '../../rerank/rowReader.ts';
import type { SpecOf } from '../../spec.ts';
import type { VectorIndex, VectorSpace } from '../../vectorIndex.ts';
import type { Growing } from '../treeBuilder.ts';
import { TreeBuilder } from '../treeBuilder.ts';
import { decodeTreeParams } from '../treeParams.ts';
import type { StoreParts } from '../treeStore.ts';
import type { GrownForest } from './forestBuild.ts';
import { growForest } from './forestBuild.ts';
import { forestLayout, readForest } from './forestContainer.ts';
import { ForestIndex } from './forestIndex.ts';

class ForestBuilder extends TreeBuilder<GrownForest> {
  readonly #spec: SpecOf<'forest'>;

  constructor(kernels: Kernels, space: VectorSpace, spec: SpecOf<'forest'>, sample: Float32Array) {
    super(kernels, space, spec.store, sample);
    this.#spec = spec;
  }

  protected grow(vectors: RowReader): Growing<GrownForest> {
    return growForest(vectors, { ...this.#spec, metric: this.space.metric });
  }

  protected plant(
    { nodes, planes, roots, leafRows }: GrownForest,
    idsOf: (order: Uint32Array) => Uint32Array,
    storeOf: (order: Uint32Array) => StoreParts,
  ): VectorIndex {
    const { leafSize, seed, store } = this.#spec;
    // In the order of the first tree: neighbors mostly lie side by side in memory.
    const order = leafRows.slice(0, leafRows.length / roots.length);
    const rowOf = new Uint32Array(order.length);
    order.forEach((position, row) => {
      rowOf[position] = row;
    });
    return ForestIndex.of(this.kernels, this.space, {
      params: { store, seed, leafSize },
      ids: idsOf(order),
      nodes,
      planes,
      roots,
      leafRows: renumber(nodes, leafRows, rowOf),
      vectors: storeOf(order),
    });
  }
}

/** Replaces positions by row numbers, ascending in each leaf. */
function renumber(nodes: Uint32Array, leafRows: Uint32Array, rowOf: Uint32Array): Uint32Array {
  const rows = leafRows.map((position) => rowOf[position]!);
  let start = 0;
  for (let node = 0; node < nodes.length; node += 2) {
    if (nodes[node] !== 0) continue;
    rows.subarray(start, start + nodes[node + 1]!).sort();
    start += nodes[node + 1]!;
  }
  return rows;
}

export const forestKind: KindOfIndex<'forest'> = {
  layout: forestLayout,
  specOf: ({ M }, numbers) => {
    const { leafSize, seed, store } = decodeTreeParams(numbers)!;
    return { kind: 'forest', trees: M, leafSize, store, seed };
  },
  load: (kernels, container) => ForestIndex.of(kernels, container.header, readForest(container)),
  train: async (kernels, space, spec, sample) => new ForestBuilder(kernels, space, spec, sample),
};
