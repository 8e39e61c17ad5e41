import { describe, expect, it } from 'vitest';
import { areManyPlaced } from './many-placed.ts';

describe('a new layout', () => {
  it.each([
    [1_000, 100],
    [100, 20],
    // Among a single photo, others lie on top of it.
    [2, 1],
    [5, 4],
    [3, 3],
  ])('of %i photos is proposed once %i were only placed', (count, placed) => {
    expect(areManyPlaced(count, placed)).toBe(true);
  });

  it.each([
    [1_000, 99],
    [100, 19],
    [10, 4],
    [1, 0],
    [0, 0],
  ])('of %i photos is not proposed while %i were', (count, placed) => {
    expect(areManyPlaced(count, placed)).toBe(false);
  });
});
