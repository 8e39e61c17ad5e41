import { describe, expect, it } from 'vitest';
import { thumbCrop } from './thumbCrop.ts';

describe('thumbCrop', () => {
  it('keeps the whole picture, with a long side of 384, and never enlarges it', () => {
    expect(thumbCrop(4000, 3000)).toMatchObject({ width: 384, height: 288, left: 0, top: 0 });
    expect(thumbCrop(3000, 4000)).toMatchObject({ width: 288, height: 384, wholeHeight: 384 });
    expect(thumbCrop(100, 60)).toMatchObject({ width: 100, height: 60 });
    expect(thumbCrop(1, 1)).toMatchObject({ width: 1, height: 1 });
  });

  it.each([
    [20_000, 500],
    [6_000, 500],
    [500, 10_000],
    [65_535, 20],
    [3, 60_000],
    [1_000, 312],
  ])('crops the middle of %i × %i, as shown in the grid', (width, height) => {
    const crop = thumbCrop(width, height);
    expect(crop.left * 2 + crop.width).toBeCloseTo(crop.wholeWidth);
    expect(crop.top * 2 + crop.height).toBeCloseTo(crop.wholeHeight);
    expect(crop.width / crop.height).toBeGreaterThan(0.4);
    expect(crop.width / crop.height).toBeLessThan(3.6);
    // As much detail as possible: the original resolution, or the maximum long side.
    const scale = crop.wholeHeight / height;
    expect(scale === 1 || Math.max(crop.width, crop.height) === 384).toBe(true);
    expect(crop.wholeWidth / width).toBeCloseTo(scale, 1);
  });
});
