import type { Point } from './geometry.ts';

/**
 * A map of the plane that preserves shape and handedness (rotation, scale, translation; no
 * reflection): (x, y) → (a·x − b·y + tx, b·x + a·y + ty).
 */
export interface Similarity {
  readonly a: number;
  readonly b: number;
  readonly tx: number;
  readonly ty: number;
}

export const apply = ({ a, b, tx, ty }: Similarity, { x, y }: Point): Point => ({
  x: a * x - b * y + tx,
  y: b * x + a * y + ty,
});

/** The scale factor. */
export const scaleOf = ({ a, b }: Similarity): number => Math.hypot(a, b);

/** The inverse map. The scale must not be 0. */
export function invert({ a, b, tx, ty }: Similarity): Similarity {
  const square = a * a + b * b;
  return {
    a: a / square,
    b: -b / square,
    tx: -(a * tx + b * ty) / square,
    ty: (b * tx - a * ty) / square,
  };
}

/** Scales and rotates about a point, then moves it. @param angle radians, clockwise as seen */
export function aboutPoint(from: Point, to: Point, scale: number, angle: number): Similarity {
  const a = scale * Math.cos(angle);
  const b = scale * Math.sin(angle);
  return { a, b, tx: to.x - (a * from.x - b * from.y), ty: to.y - (b * from.x + a * from.y) };
}

/**
 * Fits the similarity that maps `from` to `to` by least squares, without reflection (Umeyama,
 * "Least-squares estimation of transformation parameters between two point patterns", 1991; in the
 * plane it has this closed form).
 *
 * @param from at least two distinct points
 * @param to the same number
 * @returns `null` if the points of `from` coincide, or no scale fits better than 0
 */
export function fitSimilarity(from: readonly Point[], to: readonly Point[]): Similarity | null {
  const n = from.length;
  let [fx, fy, gx, gy] = [0, 0, 0, 0];
  for (const [i, p] of from.entries()) {
    fx += p.x / n;
    fy += p.y / n;
    gx += to[i]!.x / n;
    gy += to[i]!.y / n;
  }
  let [spread, along, across] = [0, 0, 0];
  for (const [i, p] of from.entries()) {
    const [x, y, u, v] = [p.x - fx, p.y - fy, to[i]!.x - gx, to[i]!.y - gy];
    spread += x * x + y * y;
    along += x * u + y * v;
    across += x * v - y * u;
  }
  const [a, b] = [along / spread, across / spread];
  if (!(a * a + b * b > 0) || !Number.isFinite(a) || !Number.isFinite(b)) return null;
  return { a, b, tx: gx - (a * fx - b * fy), ty: gy - (b * fx + a * fy) };
}
