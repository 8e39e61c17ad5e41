import type { Prng } from '../../../../base/prng.ts';
import type { Points } from './points.ts';

/** A hyperplane: a point `x` lies on the left if `normal · x < offset`. */
export interface Plane {
  /** `d + 1`, of length 1; 0 if the points to split are equal. */
  readonly normal: Float32Array<ArrayBuffer>;
  offset: number;
}

/** Points drawn per split. With 32, forests need half as many rows again for the same recall. */
const DRAWS = 200;

/**
 * Annoy's split: two points are drawn, then each of some more draws moves the nearer of the two
 * towards it (2-means, online), favoring the one with fewer draws. The plane lies halfway between.
 */
export class Splitter {
  readonly #points: Points;
  readonly #a: Float64Array<ArrayBuffer>;
  readonly #b: Float64Array<ArrayBuffer>;

  constructor(points: Points) {
    this.#points = points;
    this.#a = new Float64Array(points.d + 1);
    this.#b = new Float64Array(points.d + 1);
  }

  /**
   * Sets the plane that splits some points.
   *
   * @param rows their positions, at least two
   * @returns the multiply-adds this took
   */
  split(rows: Uint32Array, prng: Prng, plane: Plane): number {
    const a = this.#a.fill(0);
    const b = this.#b.fill(0);
    const first = prng.below(rows.length);
    const second = (first + 1 + prng.below(rows.length - 1)) % rows.length;
    this.#move(a, rows[first]!, 0);
    this.#move(b, rows[second]!, 0);
    let drawnA = 1;
    let drawnB = 1;
    const draws = Math.min(DRAWS, 2 * rows.length);
    for (let i = 0; i < draws; i++) {
      const row = rows[prng.below(rows.length)]!;
      if (drawnA * this.#distanceSq(a, row) < drawnB * this.#distanceSq(b, row)) {
        this.#move(a, row, drawnA++);
      } else this.#move(b, row, drawnB++);
    }
    setPlane(a, b, plane);
    return 4 * draws * a.length;
  }

  #distanceSq(mean: Float64Array, position: number): number {
    const { vectors, d, tails } = this.#points;
    vectors.seek(position);
    const { array, at } = vectors;
    let sum = (mean[d]! - tails[position]!) ** 2;
    for (let i = 0; i < d; i++) {
      const difference = mean[i]! - array[at + i]!;
      sum += difference * difference;
    }
    return sum;
  }

  /** Moves the mean of `drawn` points to the mean of these and one more. */
  #move(mean: Float64Array, position: number, drawn: number): void {
    const { vectors, d, tails } = this.#points;
    vectors.seek(position);
    const { array, at } = vectors;
    const share = 1 / (drawn + 1);
    for (let i = 0; i < d; i++) mean[i]! += share * (array[at + i]! - mean[i]!);
    mean[d]! += share * (tails[position]! - mean[d]!);
  }
}

/** Sets the plane halfway between two points; those nearer to `a` are on its left. */
function setPlane(a: Float64Array, b: Float64Array, plane: Plane): void {
  const { normal } = plane;
  let lengthSq = 0;
  for (let i = 0; i < normal.length; i++) lengthSq += (b[i]! - a[i]!) ** 2;
  const scale = lengthSq > 0 ? 1 / Math.sqrt(lengthSq) : 0;
  let offset = 0;
  for (let i = 0; i < normal.length; i++) {
    normal[i] = scale * (b[i]! - a[i]!);
    offset += normal[i]! * ((a[i]! + b[i]!) / 2);
  }
  plane.offset = Math.fround(offset);
}
