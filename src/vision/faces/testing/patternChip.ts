import { CHIP_SIDE } from '../align/chip.ts';

/**
 * Chips without faces: a pattern that is easy to reproduce in any language. `150 × 150 × 3` values
 * from 0 to 255; each seed gives another.
 */
export function patternChip(seed: number): Float32Array {
  const values = new Float32Array(CHIP_SIDE * CHIP_SIDE * 3);
  for (let i = 0; i < values.length; i++) {
    const [c, x, y] = [i % 3, Math.floor(i / 3) % CHIP_SIDE, Math.floor(i / (3 * CHIP_SIDE))];
    values[i] = (seed * 31 + x * (2 + c) + y * 3 + ((x * y) >> 5) * (c + 1)) % 256;
  }
  return values;
}
