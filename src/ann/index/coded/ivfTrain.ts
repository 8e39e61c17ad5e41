import type { Block, Kernels } from '../../kernels/kernels.ts';
import { bytesView } from '../../kernels/kernels.ts';
import type { RowRun } from '../../kernels/training.ts';
import type { TrainControl } from '../../quantizer/control.ts';
import { CellFinder } from '../cells/cellFinder.ts';
import { CoarseQuantizer } from '../cells/coarse.ts';
import { trainCoarse } from '../cells/coarseTrain.ts';
import { InvertedLists } from '../cells/invertedLists.ts';
import type { KindOfIndex } from '../kind.ts';
import { decodeParams, defaultNprobe } from '../params.ts';
import { RowBuffer } from '../rows/rowBuffer.ts';
import { sortRowsBy } from '../rows/sortRows.ts';
import { SealedBuilder, SLICE_ROWS } from '../sealed/sealedBuilder.ts';
import type { SpecOf } from '../spec.ts';
import type { IndexBuilder, VectorIndex, VectorSpace } from '../vectorIndex.ts';
import { IvfIndex } from './ivf.ts';
import { ivfLayout, readIvf } from './ivfContainer.ts';

/** Assigns vectors to the cells of trained centroids. */
class IvfBuilder extends SealedBuilder {
  protected override readonly nlist: number;
  readonly #seed: number;
  readonly #centroids: Float32Array;
  readonly #coarse: CoarseQuantizer;
  readonly #cells = new RowBuffer(4);
  readonly #vectors: RowBuffer;
  readonly #cellBlock: Block;
  readonly #finder: CellFinder;

  /** @throws `out-of-memory` */
  constructor(kernels: Kernels, space: VectorSpace, seed: number, centroids: Float32Array) {
    super(kernels, space);
    this.nlist = centroids.length / space.d;
    this.#seed = seed;
    this.#centroids = centroids;
    this.#coarse = new CoarseQuantizer(this.memory, centroids, space.d);
    this.#vectors = new RowBuffer(4 * space.d);
    this.#cellBlock = this.memory.alloc(4 * SLICE_ROWS);
    this.#finder = new CellFinder(kernels, space.d, centroids);
  }

  findCells(vectors: Float32Array, control?: TrainControl): Promise<Uint32Array> {
    return this.#finder.find(vectors, control);
  }

  protected encode(rows: RowRun, cells?: Uint32Array): void {
    this.#coarse.assign(rows, this.#cellBlock, cells);
    this.#cells.append(bytesView(this.#cellBlock), rows.count);
    this.#vectors.append(bytesView(rows.block), rows.count);
  }

  protected assemble(ids: Uint32Array, byId: Uint32Array): VectorIndex {
    const cells = new Uint32Array(this.#cells.copy().buffer);
    const order = sortRowsBy(cells, byId);
    const { nlist } = this;
    return IvfIndex.of(this.kernels, this.space, {
      params: { nprobe: defaultNprobe(nlist), seed: this.#seed },
      ids: order.map((row) => ids[row]!),
      coarse: this.#centroids,
      cellStarts: InvertedLists.startsOf(cells, nlist),
      vectors: this.#vectors.gather(order),
    });
  }
}

async function train(
  kernels: Kernels,
  space: VectorSpace,
  { nlist, seed }: SpecOf<'ivf'>,
  sample: Float32Array,
  control?: TrainControl,
): Promise<IndexBuilder> {
  const centroids = await trainCoarse(kernels, sample, { d: space.d, nlist, seed }, control);
  return new IvfBuilder(kernels, space, seed, centroids);
}

export const ivfKind: KindOfIndex<'ivf'> = {
  layout: ivfLayout,
  specOf: ({ nlist }, params) => ({
    kind: 'ivf',
    nlist,
    seed: decodeParams('ivf', nlist, params)!.seed,
  }),
  load: (kernels, container) => IvfIndex.of(kernels, container.header, readIvf(container)),
  train,
};
