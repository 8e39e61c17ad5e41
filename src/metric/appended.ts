import type { Calibration } from './calibration.ts';
import { type Lda, project } from './lda.ts';
import { type LowerTriangle, lengthAfter } from './lowerTriangle.ts';
import type { Ridge } from './ridge.ts';

/** A linear projection to append, and how surely a vector belongs to a taught class. */
export interface Appendix {
  readonly method: 'lda' | 'ridge';
  readonly d: number;
  /** Number of values appended. */
  readonly r: number;
  /** (d) */
  readonly mean: Float32Array;
  /** (r × d) row-major: `z = W (x − mean)`. */
  readonly W: Float32Array;
  /** (k × r) the class means' projections, of unit length; none for ridge regression. */
  readonly centers: Float32Array;
  /** `L⁻¹` of the within-class covariance `L Lᵀ`; `null` for ridge regression. */
  readonly whitening: LowerTriangle | null;
  /** (r) what is added to `z` for a class's regression value; none for an LDA. */
  readonly priors: Float32Array;
}

export function ldaAppendix({ d, r, mean, W, centers }: Lda, whitening: LowerTriangle): Appendix {
  const units = Float32Array.from(centers);
  for (let at = 0; at < units.length; at += r) scaleToUnit(units, at, r);
  return {
    method: 'lda',
    d,
    r,
    mean: Float32Array.from(mean),
    W: Float32Array.from(W),
    centers: units,
    whitening,
    priors: new Float32Array(0),
  };
}

export function ridgeAppendix({ d, nclasses, mean, W, priors }: Ridge): Appendix {
  return {
    method: 'ridge',
    d,
    r: nclasses,
    mean: Float32Array.from(mean),
    W: Float32Array.from(W),
    centers: new Float32Array(0),
    whitening: null,
    priors: Float32Array.from(priors),
  };
}

/**
 * Writes the unit projection of the vector at `from` to `out` (r) at `to`.
 *
 * @returns how surely the vector belongs to a taught class, in [0, 1]. After an LDA: the largest
 *   cosine with a class mean, both whitened by the within-class covariance. After ridge regression:
 *   the largest regression value.
 */
export function projectUnit(
  appendix: Appendix,
  vectors: ArrayLike<number>,
  from: number,
  out: Float32Array,
  to: number,
): number {
  const { r, d, mean, centers, priors, whitening } = appendix;
  project(appendix, vectors, from, out, to);
  let largest = 0;
  if (!whitening) {
    for (let c = 0; c < r; c++) largest = Math.max(largest, out[to + c]! + priors[c]!);
    scaleToUnit(out, to, r);
    return Math.min(1, largest);
  }
  // The span of the class means holds them all, so an inner product with one is that of the whole
  // whitened vectors.
  for (let at = 0; at < centers.length; at += r) {
    let dot = 0;
    for (let i = 0; i < r; i++) dot += out[to + i]! * centers[at + i]!;
    largest = Math.max(largest, dot);
  }
  scaleToUnit(out, to, r);
  const length = lengthAfter(whitening, vectors, from, mean, d);
  return length > 0 ? Math.min(1, largest / length) : 0;
}

/**
 * `[x; w c(x) z / |z|]`, normalized: the unchanged vector with its projection appended, the more
 * weight the more surely it belongs to a taught class. So vectors of other classes keep their order
 * among themselves.
 */
export class AppendedCalibration implements Calibration {
  readonly appendix: Appendix;
  readonly weight: number;

  constructor(appendix: Appendix, weight: number) {
    this.appendix = appendix;
    this.weight = weight;
  }

  get method(): 'lda' | 'ridge' {
    return this.appendix.method;
  }

  get d(): number {
    return this.appendix.d;
  }

  get size(): number {
    return this.appendix.d + this.appendix.r;
  }

  extend(vectors: ArrayLike<number>, from: number, out: Float32Array, to: number): void {
    const { d, r } = this.appendix;
    const sure = projectUnit(this.appendix, vectors, from, out, to + d);
    prepend(vectors, from, d, out, to, r, this.weight * sure);
  }
}

/**
 * Completes `[x; w u]`, normalized, where the unit vector `u` (r) is in `out` already: writes `x` (d),
 * which starts at `from`, before it at `to`, and weighs both.
 */
export function prepend(
  vectors: ArrayLike<number>,
  from: number,
  d: number,
  out: Float32Array,
  to: number,
  r: number,
  weight: number,
): void {
  const total = Math.sqrt(1 + weight * weight);
  for (let i = 0; i < d; i++) out[to + i] = vectors[from + i]! / total;
  for (let i = d; i < d + r; i++) out[to + i] = (out[to + i]! * weight) / total;
}

/** Scales `count` values to unit length in place; leaves zeros. */
export function scaleToUnit(values: Float32Array, at: number, count: number): void {
  let sum = 0;
  for (let i = at; i < at + count; i++) sum += values[i]! * values[i]!;
  if (!(sum > 0)) return;
  const scale = 1 / Math.sqrt(sum);
  for (let i = at; i < at + count; i++) values[i] = values[i]! * scale;
}
