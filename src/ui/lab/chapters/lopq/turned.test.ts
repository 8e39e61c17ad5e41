import { expect, it } from 'vitest';
import type { IndexStructure, LabSample } from '../../../../protocol/index.ts';
import { cellOf, errorByCell, sharesOf, turnedCell } from './turned.ts';

const sample = {
  ids: Uint32Array.of(1, 2, 3),
  plane: Float32Array.of(2, 2, 4, 4, -9, 0),
} as unknown as LabSample;
const h = Math.SQRT1_2;
const structure: IndexStructure = {
  ids: Uint32Array.of(3, 1, 2),
  cells: { centroids: Float32Array.of(-9, 0, 2, 3), starts: Uint32Array.of(0, 1, 3) },
  local: {
    mu: Float32Array.of(0, 0, 1, 0),
    rotationOf: Uint32Array.of(0, 1),
    rotations: Float32Array.of(h, h, -h, h),
  },
};

it('turns a cell onto its axes', () => {
  expect([cellOf(structure, 3), cellOf(structure, 1), cellOf(structure, 2)]).toEqual([0, 1, 1]);
  const cell = turnedCell(sample, structure, 1);
  expect(cell.center).toEqual([3, 3]);
  expect([...cell.before]).toEqual([2, 2, 4, 4]);
  expect(cell.after[0]).toBeCloseTo(-Math.SQRT2);
  expect(cell.after[1]).toBeCloseTo(0);
  expect(cell.variances.before).toEqual([1, 1]);
  expect(cell.variances.after[0]).toBeCloseTo(2);
  expect(cell.axes[0]![0]).toBeCloseTo(cell.axes[0]![1]);
});

it('shares variances out, and means errors by cell', () => {
  const spread = {
    ...{ count: 2, isRotated: true, before: Float64Array.of(4, 4, 4, 4) },
    after: Float64Array.of(16, 1, 8, 2),
  };
  const { still, sorted, shared } = sharesOf(spread, 2);
  expect(still.map(Math.round)).toEqual([4, 4]);
  expect(sorted.map((x) => x ** 2).map(Math.round)).toEqual([128, 2]);
  expect(shared.map(Math.round)).toEqual([4, 4]);
  expect(errorByCell(sample, structure, Float32Array.of(1, 3, 7))).toEqual([7, 2]);
});
