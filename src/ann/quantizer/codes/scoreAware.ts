import { MAX_CODE } from './scalarQuantizer.ts';

/** Maximum number of components per row rounded the other way. More gain next to nothing. */
const FLIPS = 3;

/**
 * Rounds a few components of each row the other way, so that the error of its code has almost no
 * component along the row itself: `(x̂ − x) · x ≈ 0`.
 *
 * A query near enough to `x` to have it among the results points in nearly the same direction, so
 * the error along `x` changes scores while the error across it hardly does (an observation of Guo
 * et al., "Accelerating Large-Scale Inference with Anisotropic Vector Quantization", 2020). No
 * component's error exceeds one step.
 *
 * @param rows `count × d`, as encoded
 * @param scales `d`
 * @param codes `count × d`, rounded to the nearest; changed in place
 */
export function roundAcross(
  rows: Float32Array,
  scales: Float32Array,
  codes: Int8Array,
  count: number,
): void {
  const d = scales.length;
  for (let row = 0; row < count; row++) {
    const start = row * d;
    let along = 0;
    for (let i = 0; i < d; i++) {
      const x = rows[start + i]!;
      along += (scales[i]! * codes[start + i]! - x) * x;
    }
    for (let flip = 0; flip < FLIPS; flip++) {
      let best = -1;
      let least = Math.abs(along);
      for (let i = 0; i < d; i++) {
        const x = rows[start + i]!;
        const left = Math.abs(along + stepOf(x, scales[i]!, codes[start + i]!) * x);
        if (left < least) {
          least = left;
          best = i;
        }
      }
      if (best < 0) break;
      const scale = scales[best]!;
      const step = stepOf(rows[start + best]!, scale, codes[start + best]!);
      along += step * rows[start + best]!;
      codes[start + best]! += Math.sign(step);
    }
  }
}

/** The step from a code's value to the next one on the other side of `x`; 0 if there is none. */
function stepOf(x: number, scale: number, code: number): number {
  const value = scale * code;
  if (x > value) return code < MAX_CODE ? scale : 0;
  if (x < value) return code > -MAX_CODE ? -scale : 0;
  return 0;
}
