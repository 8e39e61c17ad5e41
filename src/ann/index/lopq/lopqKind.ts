import type { Kernels } from '../../kernels/kernels.ts';
import type { RowRun } from '../../kernels/training.ts';
import type { TrainControl } from '../../quantizer/control.ts';
import { InvertedLists } from '../cells/invertedLists.ts';
import type { CodeShape } from '../codes/codeShape.ts';
import { codeShape } from '../codes/codeShape.ts';
import { codeSource } from '../codes/codeStore.ts';
import type { KindOfIndex } from '../kind.ts';
import { decodeParams, defaultNprobe } from '../params.ts';
import { RerankEncoder } from '../rerank/reranker.ts';
import { RowBuffer } from '../rows/rowBuffer.ts';
import { sortRowsBy } from '../rows/sortRows.ts';
import { SealedBuilder } from '../sealed/sealedBuilder.ts';
import type { PqBits, SpecOf } from '../spec.ts';
import type { IndexBuilder, VectorIndex, VectorSpace } from '../vectorIndex.ts';
import { LopqIndex } from './lopq.ts';
import { lopqLayout, readLopq } from './lopqContainer.ts';
import { LopqEncoder } from './lopqEncoder.ts';
import type { LopqShape } from './lopqShape.ts';
import { shapeOfSpec } from './lopqShape.ts';
import type { LopqTraining } from './lopqTrain.ts';
import { trainLopq } from './lopqTrain.ts';

/** Encodes vectors with a trained model. */
class LopqBuilder extends SealedBuilder {
  readonly #spec: SpecOf<'lopq'>;
  readonly #shape: LopqShape;
  readonly #codeShape: CodeShape;
  readonly #training: LopqTraining;
  readonly #encoder: LopqEncoder;
  readonly #rerank: RerankEncoder;
  readonly #cells = new RowBuffer(4);
  readonly #codes: RowBuffer;

  /** @param sample the training sample. @throws `out-of-memory` */
  constructor(
    kernels: Kernels,
    space: VectorSpace,
    spec: SpecOf<'lopq'>,
    training: LopqTraining,
    sample: Float32Array,
  ) {
    super(kernels, space, training.warnings);
    this.#spec = spec;
    this.#shape = shapeOfSpec(spec, space.d);
    this.#codeShape = codeShape(space.d, spec.M, spec.nbits)!;
    this.#training = training;
    this.#encoder = new LopqEncoder(this.memory, this.#shape, training.model);
    this.#rerank = new RerankEncoder(this.memory, spec.rerank, sample, space.d);
    this.#codes = new RowBuffer(spec.M);
  }

  protected encode(rows: RowRun): void {
    const cells = new Uint32Array(rows.count);
    const codes = new Uint8Array(rows.count * this.#spec.M);
    this.#encoder.encode(rows, cells, codes);
    this.#cells.append(cells, rows.count);
    this.#codes.append(codes, rows.count);
    this.#rerank.append(rows);
  }

  protected assemble(ids: Uint32Array, byId: Uint32Array): VectorIndex {
    const { rerank, coarse, codebooks, seed } = this.#spec;
    const { model } = this.#training;
    const cells = new Uint32Array(this.#cells.copy().buffer);
    const order = sortRowsBy(cells, byId);
    const own = model.rotationOf.reduce((most, rotation) => Math.max(most, rotation), 0);
    const nprobe = defaultNprobe(this.#shape.cells);
    return LopqIndex.of(this.kernels, this.space, {
      params: { rerank, nprobe, coarse, codebooks, seed, own },
      shape: this.#shape,
      codeShape: this.#codeShape,
      model,
      ids: order.map((row) => ids[row]!),
      cellStarts: InvertedLists.startsOf(cells, this.#shape.cells),
      codes: codeSource(this.#codeShape, this.#codes.gather(order)),
      rerank: this.#rerank.parts(order),
    });
  }
}

async function train(
  kernels: Kernels,
  space: VectorSpace,
  spec: SpecOf<'lopq'>,
  sample: Float32Array,
  control?: TrainControl,
): Promise<IndexBuilder> {
  const shape = shapeOfSpec(spec, space.d);
  const training = await trainLopq(kernels, shape, spec, sample, control);
  return new LopqBuilder(kernels, space, spec, training, sample);
}

export const lopqKind: KindOfIndex<'lopq'> = {
  layout: lopqLayout,
  specOf: ({ M, nbits, nlist }, params) => {
    const { coarse, codebooks, rerank, seed } = decodeParams('lopq', nlist, params)!;
    return { kind: 'lopq', coarse, nlist, M, nbits: nbits as PqBits, codebooks, rerank, seed };
  },
  load: (kernels, container) => LopqIndex.of(kernels, container.header, readLopq(container)),
  train,
};
