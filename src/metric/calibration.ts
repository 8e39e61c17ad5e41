/** A way to learn: see docs/teach.md. */
export type Method = 'whitening' | 'lda' | 'ridge' | 'triplet' | 'multi-similarity';

/**
 * What a user taught: a projection of a space's vectors, after which photos that belong together
 * lie closer. Applied to stored vectors and queries alike; the nets stay as they are.
 */
export interface Calibration {
  readonly method: Method;
  /** Weight of what was learned beside the unchanged vector. */
  readonly weight: number;
  /** Number of values of a vector of the space that was taught. */
  readonly d: number;
  /** Number of values of an extended vector. */
  readonly size: number;
  /**
   * Extends the vector of unit length that starts at `from` (d values), and writes the result, of
   * unit length, to `out` at `to` (`size` values).
   */
  extend(vectors: ArrayLike<number>, from: number, out: Float32Array, to: number): void;
}
