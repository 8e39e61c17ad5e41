import { CODEBOOK, CODEBOOK_SIZE, LIGHTNESS_WEIGHT } from './codebook.ts';

/** Colors of the codebook that share a color, and by how far from it their share falls (σ). */
const NEAREST = 4;
const SPREAD = 8;

/** (NEAREST) squared distances of the nearest colors, ascending, and which they are; reused. */
const nearest = new Float64Array(NEAREST);
const places = new Uint8Array(NEAREST);
const portions = new Float64Array(NEAREST);

/**
 * Adds a color to a histogram over the codebook, shared among its nearest colors, so that a slightly
 * different light gives slightly different counts. Allocates nothing.
 *
 * @param lab (3) L*, a* and b*
 * @param shares (CODEBOOK_SIZE) the histogram
 */
export function countColor(lab: Float64Array, weight: number, shares: Float64Array): void {
  nearest.fill(Infinity);
  for (let i = 0; i < CODEBOOK_SIZE; i++) {
    const l = lab[0]! - CODEBOOK[3 * i]!;
    const a = lab[1]! - CODEBOOK[3 * i + 1]!;
    const b = lab[2]! - CODEBOOK[3 * i + 2]!;
    const distance = LIGHTNESS_WEIGHT * l * l + a * a + b * b;
    if (distance >= nearest[NEAREST - 1]!) continue;
    let to = NEAREST - 1;
    for (; to > 0 && distance < nearest[to - 1]!; to--) {
      nearest[to] = nearest[to - 1]!;
      places[to] = places[to - 1]!;
    }
    nearest[to] = distance;
    places[to] = i;
  }
  let sum = 0;
  for (let i = 0; i < NEAREST; i++) {
    portions[i] = Math.exp((nearest[0]! - nearest[i]!) / (2 * SPREAD * SPREAD));
    sum += portions[i]!;
  }
  for (let i = 0; i < NEAREST; i++) shares[places[i]!]! += (weight * portions[i]!) / sum;
}
