import type { Kernels } from '../../kernels/kernels.ts';
import type { RowRun } from '../../kernels/training.ts';
import { RerankEncoder } from '../rerank/reranker.ts';
import { RowBuffer } from '../rows/rowBuffer.ts';
import { SealedBuilder } from '../sealed/sealedBuilder.ts';
import type { Rerank } from '../spec.ts';
import type { VectorIndex, VectorSpace } from '../vectorIndex.ts';
import { packSigns } from './binaryCodes.ts';
import type { HyperplaneParts } from './hyperplanes.ts';
import { Hyperplanes } from './hyperplanes.ts';
import { ItqIndex } from './itq.ts';

/** Encodes vectors with trained hyperplanes. */
export class ItqBuilder extends SealedBuilder {
  readonly #seed: number;
  readonly #parts: HyperplaneParts;
  readonly #planes: Hyperplanes;
  readonly #rerank: RerankEncoder;
  readonly #codes: RowBuffer;

  /**
   * @param parts one hyperplane per bit
   * @param sample `n × d`: the expected range of values
   * @throws `out-of-memory`
   */
  constructor(
    kernels: Kernels,
    space: VectorSpace,
    parts: HyperplaneParts,
    { rerank, seed }: { readonly rerank: Rerank; readonly seed: number },
    sample: Float32Array,
  ) {
    super(kernels, space);
    this.#seed = seed;
    this.#parts = parts;
    this.#planes = new Hyperplanes(this.memory, parts, 1);
    this.#rerank = new RerankEncoder(this.memory, rerank, sample, space.d);
    this.#codes = new RowBuffer(this.#planes.bits / 8);
  }

  protected encode(rows: RowRun): void {
    this.#rerank.append(rows);
    const nbits = this.#planes.bits;
    const margins = this.#planes.marginsOf(rows, 0);
    const { rowBytes } = this.#codes;
    const codes = new Uint8Array(rows.count * rowBytes);
    for (let row = 0; row < rows.count; row++) {
      packSigns(margins, row * nbits, nbits, codes.subarray(row * rowBytes));
    }
    this.#codes.append(codes, rows.count);
  }

  protected assemble(ids: Uint32Array, byId: Uint32Array): VectorIndex {
    return ItqIndex.of(this.kernels, this.space, {
      seed: this.#seed,
      planes: this.#parts,
      ids: byId.map((row) => ids[row]!),
      codes: this.#codes.gather(byId),
      rerank: this.#rerank.parts(byId),
    });
  }
}
