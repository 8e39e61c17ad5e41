import { expect, it } from 'vitest';
import type { IndexSpec, MeasureRow } from '../../../protocol/index.ts';
import { bestRows, recallFloor, recallGroups, recallPoints, timeMarks } from './recall-points.ts';

function row(spec: IndexSpec, recall10: number, msMedian: number, nprobe = 0): MeasureRow {
  return {
    spec,
    recall10,
    msMedian,
    search: nprobe > 0 ? { nprobe } : {},
    bytesPerVector: 16,
    rerankBytesPerVector: 0,
    trainMs: 0,
  };
}

const ROWS = [
  row({ kind: 'ivf', nlist: 8 }, 0.99, 0.4, 4),
  row({ kind: 'ivf', nlist: 8 }, 0.8, 0.1, 1),
  row({ kind: 'flat', store: 'sq8' }, 0.995, 1),
  row({ kind: 'flat' }, 1, 2),
];

it('groups rows by index, with types in order and the fastest row first', () => {
  const groups = recallGroups(ROWS);
  expect(groups.map(({ name }) => name)).toEqual(['Flat, compact', 'Flat', 'IVF']);
  expect(groups.map(({ variant }) => variant)).toEqual([0, 1, 0]);
  expect(groups[2]?.rows.map(({ msMedian }) => msMedian)).toEqual([0.1, 0.4]);
});

it('drops duplicate searches of the same index', () => {
  const again = row({ kind: 'ivf', nlist: 8 }, 0.8, 0.2, 1);
  expect(recallGroups([...ROWS, again])[2]?.rows).toHaveLength(2);
});

it('makes a point for each row, sorted by time, which is never 0', () => {
  const groups = recallGroups([...ROWS, row({ kind: 'pq' }, 0.5, 0)]);
  const points = recallPoints(groups);
  expect(points.map(({ ms }) => ms)).toEqual([0.001, 0.1, 0.4, 1, 2]);
  expect(points.map(({ group }) => groups[group]?.kind)).toEqual([
    'pq',
    'ivf',
    'ivf',
    'flat',
    'flat',
  ]);
});

it('labels a logarithmic axis at 1, 2 and 5', () => {
  expect(timeMarks(0.08, 3)).toEqual([0.1, 0.2, 0.5, 1, 2]);
  expect(timeMarks(4, 60)).toEqual([5, 10, 20, 50]);
  expect(timeMarks(0.6, 0.9)).toEqual([]);
});

it('starts the recall axis below the lowest point and at 90% or less', () => {
  const floor = (...recalls: number[]) =>
    recallFloor(
      recallPoints(recallGroups(recalls.map((recall, i) => row({ kind: 'pq' }, recall, 1, i)))),
    );
  expect(floor(1, 0.999)).toBe(0.9);
  expect(floor(1, 0.57)).toBe(0.5);
  expect(floor(0.51)).toBe(0.4);
  expect(floor(0)).toBe(0);
  expect(floor()).toBe(0.9);
});

it('finds the search with the best recall for each index', () => {
  expect(bestRows(recallGroups(ROWS.slice(0, 3)))).toEqual([
    { name: 'Flat, compact', row: ROWS[2] },
    { name: 'IVF', row: ROWS[0] },
  ]);
});
