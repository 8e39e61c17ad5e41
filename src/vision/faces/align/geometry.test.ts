import { describe, expect, it } from 'vitest';
import { boundsOf, normalise, overlapOfSmaller } from './geometry.ts';

const box = (x: number, y: number, width: number, height: number) => ({ x, y, width, height });

describe('boxes', () => {
  it('measure their overlap relative to the smaller one', () => {
    expect(overlapOfSmaller(box(0, 0, 10, 10), box(4, 4, 2, 2))).toBe(1);
    expect(overlapOfSmaller(box(0, 0, 10, 10), box(9, 0, 2, 10))).toBe(0.5);
  });

  it('have no overlap if one has no area', () => {
    expect(overlapOfSmaller(box(1, 1, 0, 5), box(0, 0, 9, 9))).toBe(0);
  });

  it('enclose points', () => {
    expect(
      boundsOf([
        { x: 3, y: 9 },
        { x: -1, y: 4 },
        { x: 2, y: 5 },
      ]),
    ).toEqual(box(-1, 4, 4, 5));
  });

  it('are clipped to the picture, even if they lie outside', () => {
    expect(normalise(box(16, 64, 64, 64), 128, 256)).toEqual(box(0.125, 0.25, 0.5, 0.25));
    expect(normalise(box(-16, 192, 48, 99), 128, 256)).toEqual(box(0, 0.75, 0.25, 0.25));
    expect(normalise(box(150, 0, 30, 8), 128, 256)).toEqual(box(1, 0, 0, 0.03125));
  });
});
