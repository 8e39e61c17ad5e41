import type { Block, Kernels } from '../../kernels/kernels.ts';
import { bytesView } from '../../kernels/kernels.ts';
import type { RowRun } from '../../kernels/training.ts';
import { ProductQuantizer } from '../../quantizer/codes/productQuantizer.ts';
import type { TrainControl } from '../../quantizer/control.ts';
import { CellFinder } from '../cells/cellFinder.ts';
import { CoarseQuantizer } from '../cells/coarse.ts';
import { InvertedLists } from '../cells/invertedLists.ts';
import { codeSource } from '../codes/codeStore.ts';
import { Rotation } from '../codes/rotation.ts';
import { RerankEncoder } from '../rerank/reranker.ts';
import { RowBuffer } from '../rows/rowBuffer.ts';
import { sortRowsBy } from '../rows/sortRows.ts';
import { SealedBuilder, SLICE_ROWS } from '../sealed/sealedBuilder.ts';
import type { VectorIndex, VectorSpace } from '../vectorIndex.ts';
import type { CodedModel, CodedParams, CodedParts } from './codedParts.ts';

/** Encodes vectors with a trained model: rotation, cells, sub-centroids. */
export class CodedBuilder extends SealedBuilder {
  protected override readonly nlist: number;
  readonly findCells?: (vectors: Float32Array, control?: TrainControl) => Promise<Uint32Array>;
  readonly #params: CodedParams;
  readonly #model: CodedModel;
  readonly #make: (parts: CodedParts) => VectorIndex;
  readonly #rotation: Rotation | null;
  readonly #coarse: CoarseQuantizer | null;
  readonly #quantizer: ProductQuantizer;
  readonly #rerank: RerankEncoder;
  readonly #cellBlock: Block;
  readonly #cells = new RowBuffer(4);
  readonly #codes: RowBuffer;

  /**
   * @param sample `n × d`: the expected range of values
   * @param make creates the index of the added vectors
   * @throws `out-of-memory`
   */
  constructor(
    kernels: Kernels,
    space: VectorSpace,
    params: CodedParams,
    model: CodedModel,
    sample: Float32Array,
    make: (parts: CodedParts) => VectorIndex,
  ) {
    super(kernels, space);
    const { memory } = this;
    const { d } = space;
    this.#params = params;
    this.#model = model;
    this.#make = make;
    this.#rotation = model.rotation && new Rotation(memory, model.rotation, d);
    this.#coarse = model.coarse && new CoarseQuantizer(memory, model.coarse, d);
    const { M, nbits } = model.shape;
    this.nlist = this.#coarse?.nlist ?? 0;
    if (model.coarse) {
      const finder = new CellFinder(kernels, d, model.coarse, model.rotation);
      this.findCells = finder.find.bind(finder);
    }
    this.#quantizer = new ProductQuantizer(d, M, nbits, model.pqCentroids);
    this.#rerank = new RerankEncoder(memory, params.rerank, sample, d);
    this.#cellBlock = memory.alloc(4 * SLICE_ROWS);
    this.#codes = new RowBuffer(M);
  }

  protected encode(rows: RowRun, cells?: Uint32Array): void {
    const { count } = rows;
    this.#rerank.append(rows);
    const block = this.#rotation?.apply(rows) ?? rows.block;
    const rotated = { ...rows, block };
    if (this.#coarse) {
      this.#coarse.assign(rotated, this.#cellBlock, cells);
      this.#cells.append(bytesView(this.#cellBlock), count);
      this.#coarse.subtract(block, this.#cellBlock, count);
    }
    const codes = new Uint8Array(count * this.#codes.rowBytes);
    this.#quantizer.encodeRun(this.kernels, rotated, codes);
    this.#codes.append(codes, count);
  }

  protected assemble(ids: Uint32Array, byId: Uint32Array<ArrayBuffer>): VectorIndex {
    const model = this.#model;
    const cells = this.#coarse && new Uint32Array(this.#cells.copy().buffer);
    const order = cells ? sortRowsBy(cells, byId) : byId;
    return this.#make({
      ...model,
      params: this.#params,
      ids: order.map((row) => ids[row]!),
      cellStarts: cells && InvertedLists.startsOf(cells, this.#coarse!.nlist),
      codes: codeSource(model.shape, this.#codes.gather(order)),
      rerank: this.#rerank.parts(order),
    });
  }
}
