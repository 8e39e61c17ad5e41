import { expect, it } from 'vitest';
import type { LabSample } from '../../../../protocol/index.ts';
import { arrowsOf, residualsOf } from './residuals.ts';

it('sees photos from the centers of their cells', () => {
  const sample = {
    ids: Uint32Array.of(3, 5, 9),
    plane: Float32Array.of(1, 1, 3, 1, -4, -2),
  } as unknown as LabSample;
  const residuals = residualsOf(sample, {
    ids: Uint32Array.of(9, 3, 5),
    cells: { centroids: Float32Array.of(-4, -2, 2, 1), starts: Uint32Array.of(0, 1, 3) },
  });
  expect([...residuals.cellAt]).toEqual([1, 1, 0]);
  expect([...residuals.points]).toEqual([-1, 0, 1, 0, 0, 0]);
  expect(residuals.spread.all).toBeCloseTo(32 / 3);
  expect(residuals.spread.residual).toBeCloseTo(2 / 3);
  expect(arrowsOf(sample, residuals, new Set([1]))).toEqual([
    { from: [2, 1], to: [1, 1] },
    { from: [2, 1], to: [3, 1] },
  ]);
});
