import { describe, expect, it } from 'vitest';
import { faceQuality } from './quality.ts';

const face = {
  score: 0.9,
  flag: 1,
  sizePx: 120,
  blur: 200,
  pose: { yaw: 10, pitch: -10, roll: 100 },
};

describe('faceQuality', () => {
  it('is good for a large, sharp, high-scoring face at any roll', () => {
    expect(faceQuality(face)).toBe('good');
    expect(faceQuality({ ...face, sizePx: 40, blur: 5, score: 0.6 })).toBe('good');
  });

  it.each([
    { score: 0.55 },
    { flag: 0.99 },
    { sizePx: 39 },
    { blur: 4.9 },
    { pose: { yaw: -60, pitch: 0, roll: 0 } },
    { blur: Number.NaN },
  ])('is unsure for a face with %o', (poor) => {
    expect(faceQuality({ ...face, ...poor })).toBe('unsure');
  });
});
