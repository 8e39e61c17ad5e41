import { describe, expect, it } from 'vitest';
import { chooseBackdrop } from './backdrop.ts';

/** Pixels from runs of one color each. */
function pixels(...runs: readonly [count: number, r: number, g: number, b: number, a: number][]) {
  return Uint8ClampedArray.from(runs.flatMap(([count, ...rgba]) => Array(count).fill(rgba).flat()));
}

const CLEAR = [900, 0, 0, 0, 0] as const;
const LIGHT = '#ffffff';
const DARK = '#262626';

describe('chooseBackdrop', () => {
  it('returns null for opaque pictures', () => {
    expect(chooseBackdrop(pixels([10, 255, 255, 255, 255], [5, 0, 0, 0, 255]))).toBeNull();
  });

  it('puts light drawings on dark, whatever the color of transparent pixels', () => {
    expect(chooseBackdrop(pixels([...CLEAR], [100, 255, 255, 255, 255]))).toBe(DARK);
    expect(chooseBackdrop(pixels([900, 255, 255, 255, 0], [100, 235, 240, 250, 255]))).toBe(DARK);
    expect(chooseBackdrop(pixels([...CLEAR], [100, 255, 255, 255, 40]))).toBe(DARK);
  });

  it('puts dark drawings and most others on white', () => {
    expect(chooseBackdrop(pixels([...CLEAR], [100, 0, 0, 0, 255]))).toBe(LIGHT);
    expect(chooseBackdrop(pixels([...CLEAR], [100, 40, 90, 200, 255]))).toBe(LIGHT);
    expect(chooseBackdrop(pixels([...CLEAR], [60, 20, 20, 20, 255], [3, 255, 255, 255, 255]))).toBe(
      LIGHT,
    );
  });

  it('puts black-and-white drawings on gray', () => {
    const both = pixels([...CLEAR], [60, 255, 255, 255, 255], [40, 0, 0, 0, 255]);
    expect(chooseBackdrop(both)).toBe('#808080');
  });

  it('uses white for a fully transparent picture', () => {
    expect(chooseBackdrop(pixels([...CLEAR]))).toBe(LIGHT);
  });
});
