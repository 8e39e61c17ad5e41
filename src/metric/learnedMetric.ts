import { prepend, scaleToUnit } from './appended.ts';
import { type Lda, project } from './lda.ts';

/**
 * How items are told apart, outside the app the best on 41 and 81 grocery products: shrinkage 0.5,
 * and the discriminants appended with twice the weight of the vector itself.
 */
export const ITEM_METRIC = { shrinkage: 0.5, weight: 2 } as const;

/**
 * The cosine of vectors with their discriminants appended: `[x; w z / |z|]`, normalized, where `x`
 * has unit length and `z` is its projection. Keeping `x` lets classes differ in ways that the
 * labels don't show.
 */
export class LearnedMetric {
  readonly d: number;
  readonly #lda: Lda | null;
  readonly #weight: number;

  /** @param lda `null` leaves vectors as they are */
  constructor(d: number, lda: Lda | null, weight: number) {
    this.d = d;
    this.#lda = lda;
    this.#weight = lda ? weight : 0;
  }

  /** Number of values of an extended vector. */
  get size(): number {
    return this.d + (this.#lda?.r ?? 0);
  }

  /**
   * Extends a vector of unit length, which starts at `from`, and writes the result, of unit length,
   * to `out` at `to`.
   */
  extend(vectors: ArrayLike<number>, from: number, out: Float32Array, to: number): void {
    const { d } = this;
    const lda = this.#lda;
    const r = lda?.r ?? 0;
    if (lda) {
      project(lda, vectors, from, out, to + d);
      scaleToUnit(out, to + d, r);
    }
    prepend(vectors, from, d, out, to, r, this.#weight);
  }
}
