import { describe, expect, it } from 'vitest';
import { laplacianVariance } from './blur.ts';

function grey(side: number, value: (x: number, y: number) => number): Uint8ClampedArray {
  const rgba = new Uint8ClampedArray(4 * side * side);
  for (let i = 0; i < side * side; i++) {
    const level = value(i % side, Math.floor(i / side));
    rgba.set([level, level, level, 255], 4 * i);
  }
  return rgba;
}

describe('laplacianVariance', () => {
  it('is 0 for a uniform picture and for a linear gradient', () => {
    expect(
      laplacianVariance(
        grey(20, () => 77),
        20,
      ),
    ).toBeCloseTo(0, 4);
    expect(
      laplacianVariance(
        grey(20, (x, y) => 5 * x + 7 * y),
        20,
      ),
    ).toBeCloseTo(0, 4);
  });

  it('has a known value for a checkerboard: every Laplacian is 8 times the amplitude', () => {
    const board = grey(20, (x, y) => ((x + y) % 2 === 0 ? 100 : 110));
    expect(laplacianVariance(board, 20)).toBeCloseTo(40 ** 2, 1);
  });

  it('falls as edges get softer', () => {
    const edge = (softness: number) =>
      grey(40, (x) => 127 + 100 * Math.tanh((x - 19.5) / softness));
    const sharpness = [0.5, 1, 2, 4].map((softness) => laplacianVariance(edge(softness), 40));
    expect(sharpness).toEqual([...sharpness].sort((a, b) => b - a));
    expect(sharpness[0]! / sharpness[3]!).toBeGreaterThan(20);
  });
});
