import { scaleToUnit } from './appended.ts';
import type { Calibration } from './calibration.ts';
import { type LowerTriangle, multiplyLower } from './lowerTriangle.ts';

/** `L⁻¹ x`, normalized: whitening by the shrunk within-class covariance `L Lᵀ`. */
export class WhitenedCalibration implements Calibration {
  readonly method = 'whitening';
  readonly weight = 1;
  readonly d: number;
  readonly whitening: LowerTriangle;

  constructor(d: number, whitening: LowerTriangle) {
    this.d = d;
    this.whitening = whitening;
  }

  get size(): number {
    return this.d;
  }

  extend(vectors: ArrayLike<number>, from: number, out: Float32Array, to: number): void {
    multiplyLower(this.whitening, vectors, from, out, to, this.d);
    scaleToUnit(out, to, this.d);
  }
}

/** A trained residual: `f(x) = A x`, or `B max(0, A x + b)` with a hidden layer. */
export interface Head {
  readonly d: number;
  /** Width of the hidden layer; 0 if there is none. */
  readonly hidden: number;
  /** (d × d) row-major, or (hidden × d). */
  readonly A: Float32Array;
  /** (hidden) */
  readonly b: Float32Array;
  /** (d × hidden) row-major; empty without a hidden layer. */
  readonly B: Float32Array;
}

/** `x + w f(x)`, normalized, where `f` was trained and started at zero. */
export class HeadCalibration implements Calibration {
  readonly method: 'triplet' | 'multi-similarity';
  readonly weight: number;
  readonly head: Head;
  readonly #between: Float32Array;

  constructor(method: 'triplet' | 'multi-similarity', head: Head, weight: number) {
    this.method = method;
    this.head = head;
    this.weight = weight;
    this.#between = new Float32Array(head.hidden);
  }

  get d(): number {
    return this.head.d;
  }

  get size(): number {
    return this.head.d;
  }

  extend(vectors: ArrayLike<number>, from: number, out: Float32Array, to: number): void {
    const { d, hidden, A, b, B } = this.head;
    const h = this.#between;
    for (let i = 0; i < hidden; i++) {
      h[i] = Math.max(0, b[i]! + dot(A, i * d, vectors, from, d));
    }
    for (let i = 0; i < d; i++) {
      const f = hidden > 0 ? dot(B, i * hidden, h, 0, hidden) : dot(A, i * d, vectors, from, d);
      out[to + i] = vectors[from + i]! + this.weight * f;
    }
    scaleToUnit(out, to, d);
  }
}

function dot(
  a: ArrayLike<number>,
  fromA: number,
  b: ArrayLike<number>,
  fromB: number,
  count: number,
): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += a[fromA + i]! * b[fromB + i]!;
  return sum;
}
