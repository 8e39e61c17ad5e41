import { AkinError } from '../../../base/errors.ts';
import type { Kernels } from '../../kernels/kernels.ts';
import { float32View, uint32View } from '../../kernels/kernels.ts';
import type { PqShape, RowRun } from '../../kernels/training.ts';
import { partOf, type TrainControl } from '../control.ts';
import { type KmeansOptions, kmeans } from '../kmeans/kmeans.ts';
import { checkDivides } from '../rotation/allocation.ts';
import { checkRows, columns } from '../rows.ts';
import { Scratch } from '../scratch.ts';

/** Bits of a sub-vector's code: 16 or 256 centroids. */
export type PqBits = 4 | 8;

/** Training options of a product quantizer. Defaults as for `kmeans`. */
export interface PqOptions
  extends Pick<KmeansOptions, 'iterations' | 'maxPointsPerCentroid' | 'tolerance'> {
  /** Components of a vector. */
  readonly d: number;
  /** Sub-vectors; divides `d`. */
  readonly M: number;
  readonly nbits: PqBits;
  readonly seed: number;
  /** `M × ksub × dsub`: initial centroids, instead of random ones. */
  readonly initial?: Float32Array;
}

const ENCODED_ROWS = 4096;

/**
 * A product quantizer (Jégou, Douze & Schmid, Product quantization for nearest neighbor search,
 * 2011): splits a vector into `M` sub-vectors of `dsub` components and encodes each as the number
 * of the nearest of its `ksub` centroids. Immutable.
 */
export class ProductQuantizer {
  readonly d: number;
  readonly M: number;
  readonly nbits: PqBits;
  /** Centroids per sub-vector: 2^nbits. */
  readonly ksub: number;
  /** Components per sub-vector: d / M. */
  readonly dsub: number;
  /** `M × ksub × dsub` float32. */
  readonly pqCentroids: Float32Array;

  /**
   * @param pqCentroids `M × ksub × dsub`; not copied
   * @throws `invalid-argument` if `M` does not divide `d`, or `nbits` is neither 4 nor 8;
   *   `bad-vector` if the centroids are not that many finite numbers
   */
  constructor(d: number, M: number, nbits: PqBits, pqCentroids: Float32Array) {
    checkPq(d, M, nbits);
    this.d = d;
    this.M = M;
    this.nbits = nbits;
    this.ksub = 2 ** nbits;
    this.dsub = d / M;
    if (checkRows(pqCentroids, this.dsub) !== M * this.ksub) {
      throw new AkinError(
        'bad-vector',
        `${pqCentroids.length} numbers, not ${M} × ${this.ksub} × ${this.dsub}`,
      );
    }
    this.pqCentroids = pqCentroids;
  }

  /** The shape for the kernels. */
  get shape(): PqShape {
    return { M: this.M, ksub: this.ksub, dsub: this.dsub };
  }

  /**
   * Trains one k-means per sub-vector.
   *
   * @param vectors `n × d` float32, `n` at least `2^nbits`
   * @throws `invalid-argument` if there are fewer vectors than centroids or an option is out of
   *   range; `bad-vector`, `aborted`, `out-of-memory`
   */
  static async train(
    kernels: Kernels,
    vectors: Float32Array,
    { d, M, nbits, seed, initial, ...options }: PqOptions,
    control?: TrainControl,
  ): Promise<ProductQuantizer> {
    checkPq(d, M, nbits);
    checkRows(vectors, d);
    const k = 2 ** nbits;
    const dsub = d / M;
    const pqCentroids = new Float32Array(k * d);
    if (initial && initial.length !== pqCentroids.length) {
      throw new AkinError('invalid-argument', `initial must be ${M} × ${k} × ${dsub} numbers`);
    }
    for (let m = 0; m < M; m++) {
      const from = m * k * dsub;
      const start = initial && { initial: initial.subarray(from, from + k * dsub) };
      const { centroids } = await kmeans(
        kernels,
        columns(vectors, d, m * dsub, dsub),
        { ...options, ...start, d: dsub, k, seed: seed + m },
        partOf(control, m / M, 1 / M),
      );
      pqCentroids.set(centroids, from);
    }
    return new ProductQuantizer(d, M, nbits, pqCentroids);
  }

  /**
   * Encodes vectors synchronously: pass few at a time to avoid blocking.
   *
   * @param vectors `n × d` float32
   * @returns `n × M` bytes, one code each, whatever `nbits` is
   * @throws `bad-vector`, `out-of-memory`
   */
  encode(kernels: Kernels, vectors: Float32Array): Uint8Array<ArrayBuffer> {
    const { d, M } = this;
    const n = checkRows(vectors, d);
    const codes = new Uint8Array(n * M);
    const scratch = new Scratch(kernels);
    try {
      const block = scratch.alloc(4 * d * Math.min(n, ENCODED_ROWS));
      for (let first = 0; first < n; first += ENCODED_ROWS) {
        const count = Math.min(ENCODED_ROWS, n - first);
        const slice = vectors.subarray(first * d, (first + count) * d);
        float32View(block, count * d).set(slice);
        const rows = { block, offset: 0, stride: d, d, count };
        this.encodeRun(kernels, rows, codes.subarray(first * M, (first + count) * M));
      }
    } finally {
      scratch.free();
    }
    return codes;
  }

  /**
   * Encodes rows already in a block and known to be finite.
   *
   * @param rows of `d` components
   * @param codes output, `count × M`
   * @throws `out-of-memory`
   */
  encodeRun(kernels: Kernels, rows: RowRun, codes: Uint8Array): void {
    const { M, ksub, dsub } = this;
    const { count } = rows;
    const scratch = new Scratch(kernels);
    try {
      const centroids = scratch.alloc(4 * ksub * dsub);
      const cells = scratch.alloc(4 * count);
      for (let m = 0; m < M; m++) {
        float32View(centroids, ksub * dsub).set(this.#subCentroids(m));
        const run = { ...rows, offset: rows.offset + m * dsub, d: dsub };
        kernels.assign(run, centroids, ksub, cells, null);
        const numbers = uint32View(cells, count);
        for (let row = 0; row < count; row++) codes[row * M + m] = numbers[row]!;
      }
    } finally {
      scratch.free();
    }
  }

  /**
   * Decodes codes.
   *
   * @param codes `n × M` bytes, each below `ksub`
   * @returns `n × d` float32
   * @throws `corrupt` if a code is invalid
   */
  decode(codes: Uint8Array): Float32Array<ArrayBuffer> {
    const { d, M, ksub, dsub } = this;
    const n = Math.floor(codes.length / M);
    if (codes.length !== n * M || codes.some((code) => code >= ksub)) {
      throw new AkinError('corrupt', `the codes are not ${M} numbers below ${ksub} a vector`);
    }
    const vectors = new Float32Array(n * d);
    for (let at = 0; at < codes.length; at++) {
      const from = ((at % M) * ksub + codes[at]!) * dsub;
      // Codes and sub-vectors have the same order, so code `at` is sub-vector `at`.
      for (let i = 0; i < dsub; i++) vectors[at * dsub + i] = this.pqCentroids[from + i]!;
    }
    return vectors;
  }

  /**
   * The mean squared distance of vectors to their decoded codes.
   *
   * @param vectors `n × d`
   * @returns 0 for no vectors
   * @throws `bad-vector`, `out-of-memory`
   */
  reconstructionError(kernels: Kernels, vectors: Float32Array): number {
    const decoded = this.decode(this.encode(kernels, vectors));
    let sum = 0;
    for (let i = 0; i < vectors.length; i++) sum += (vectors[i]! - decoded[i]!) ** 2;
    return vectors.length === 0 ? 0 : (sum * this.d) / vectors.length;
  }

  #subCentroids(m: number): Float32Array {
    const size = this.ksub * this.dsub;
    return this.pqCentroids.subarray(m * size, (m + 1) * size);
  }
}

function checkPq(d: number, M: number, nbits: PqBits): void {
  checkDivides(M, d);
  if (nbits !== 4 && nbits !== 8) {
    throw new AkinError('invalid-argument', `nbits must be 4 or 8, not ${nbits}`);
  }
}
