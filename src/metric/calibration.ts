import type { TeachingMethod } from '../base/teaching.ts';

export type { TeachingMethod };

/**
 * What a user taught: a projection of a space's vectors, after which photos that belong together
 * lie closer. Applied to stored vectors and queries alike; the nets stay as they are.
 */
export interface Calibration {
  readonly method: TeachingMethod;
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

/** Extends all of (n × d) vectors: (n × size). */
export function extendAll(calibration: Calibration, vectors: Float32Array): Float32Array {
  const { d, size } = calibration;
  const n = vectors.length / d;
  const extended = new Float32Array(n * size);
  for (let i = 0; i < n; i++) calibration.extend(vectors, i * d, extended, i * size);
  return extended;
}
