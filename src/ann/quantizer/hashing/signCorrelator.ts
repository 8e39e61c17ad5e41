import type { Block, Kernels } from '../../kernels/kernels.ts';
import { float32View } from '../../kernels/kernels.ts';
import { checkpoint, type TrainControl } from '../control.ts';
import { Scratch } from '../scratch.ts';

/** Multiply-adds of each product per slice: together about 20 ms of work. */
const SLICE_WORK = 2 ** 24;
const MOST_SLICE_ROWS = 1024;

/** What a refit of the rotation needs. */
export interface SignCorrelation {
  /** `nbits × nbits`: the sum over all rows `v` of `sign(R v) vᵀ`. */
  readonly correlation: Float64Array;
  /** (nbits): the mean of `|(R v)_b|`. */
  readonly magnitudes: Float64Array;
}

/**
 * Correlates rows with the signs of the same rows rotated. Both products run in the `transform`
 * kernel; its results are the same in both kernel implementations.
 */
export class SignCorrelator {
  readonly #kernels: Kernels;
  readonly #scratch: Scratch;
  readonly #rows: Float32Array;
  readonly #nbits: number;
  readonly #sliceRows: number;
  readonly #rotation: Block;
  readonly #slice: Block;
  readonly #rotated: Block;
  /** The slice's signs, one row per bit. */
  readonly #signs: Block;
  /** The slice, one row per component. */
  readonly #columns: Block;
  readonly #product: Block;

  /** @param rows `n × nbits`. @throws `out-of-memory` */
  constructor(kernels: Kernels, rows: Float32Array, nbits: number) {
    this.#kernels = kernels;
    this.#rows = rows;
    this.#nbits = nbits;
    this.#scratch = new Scratch(kernels);
    this.#sliceRows = Math.min(MOST_SLICE_ROWS, Math.ceil(SLICE_WORK / nbits ** 2));
    const sliceBytes = 4 * nbits * Math.min(this.#sliceRows, rows.length / nbits);
    try {
      this.#rotation = this.#scratch.alloc(4 * nbits * nbits);
      this.#product = this.#scratch.alloc(4 * nbits * nbits);
      this.#slice = this.#scratch.alloc(sliceBytes);
      this.#rotated = this.#scratch.alloc(sliceBytes);
      this.#signs = this.#scratch.alloc(sliceBytes);
      this.#columns = this.#scratch.alloc(sliceBytes);
    } catch (error) {
      this.free();
      throw error;
    }
  }

  /** @param rotation `R`, `nbits × nbits`. @throws `aborted` */
  async correlate(
    rotation: Float64Array,
    control: TrainControl | undefined,
  ): Promise<SignCorrelation> {
    const nbits = this.#nbits;
    const n = this.#rows.length / nbits;
    const correlation = new Float64Array(nbits * nbits);
    const magnitudes = new Float64Array(nbits);
    float32View(this.#rotation, nbits * nbits).set(rotation);
    for (let first = 0; first < n; first += this.#sliceRows) {
      await checkpoint(control, 'rotation', first / n);
      const count = Math.min(this.#sliceRows, n - first);
      this.#rotate(first, count, magnitudes);
      this.#multiply(count);
      const product = float32View(this.#product, nbits * nbits);
      for (let component = 0; component < nbits; component++) {
        for (let b = 0; b < nbits; b++) {
          correlation[b * nbits + component]! += product[component * nbits + b]!;
        }
      }
    }
    return { correlation, magnitudes: magnitudes.map((sum) => sum / n) };
  }

  free(): void {
    this.#scratch.free();
  }

  /** Rotates a slice and takes the signs. */
  #rotate(first: number, count: number, magnitudes: Float64Array): void {
    const nbits = this.#nbits;
    const from = this.#rows.subarray(first * nbits, (first + count) * nbits);
    float32View(this.#slice, from.length).set(from);
    const run = { block: this.#slice, offset: 0, stride: nbits, d: nbits, count };
    this.#kernels.transform(this.#rotation, nbits, run, this.#rotated);
    const rotated = float32View(this.#rotated, count * nbits);
    const signs = float32View(this.#signs, count * nbits);
    const columns = float32View(this.#columns, count * nbits);
    for (let row = 0, at = 0; row < count; row++) {
      for (let b = 0; b < nbits; b++, at++) {
        const x = rotated[at]!;
        magnitudes[b]! += Math.abs(x);
        signs[b * count + row] = x >= 0 ? 1 : -1;
        columns[b * count + row] = from[at]!;
      }
    }
  }

  /** `product[component][b] = Σ_row sign_b × component`. */
  #multiply(count: number): void {
    const nbits = this.#nbits;
    const run = { block: this.#columns, offset: 0, stride: count, d: count, count: nbits };
    this.#kernels.transform(this.#signs, nbits, run, this.#product);
  }
}
