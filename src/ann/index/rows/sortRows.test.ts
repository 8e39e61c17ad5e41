import { describe, expect, it } from 'vitest';
import { createPrng } from '../../../base/prng.ts';
import { rowsById, sortRowsBy } from './sortRows.ts';

/** Few rows are sorted by comparison, many by counting. */
const COUNTS = [0, 1, 2, 100, 8191, 8192, 20_000];

describe.each(COUNTS)('%s rows', (n) => {
  const prng = createPrng(n);
  const ids = Uint32Array.from({ length: n }, () => prng.uint32());
  const cells = Uint32Array.from({ length: n }, () => prng.below(70_000));
  const rows = Array.from({ length: n }, (_, row) => row);

  it('are sorted by id', () => {
    const sorted = rows.toSorted((a, b) => ids[a]! - ids[b]! || a - b);
    expect([...rowsById(ids)]).toEqual(sorted);
  });

  it('are sorted by cell, then by id', () => {
    const sorted = rows.toSorted((a, b) => cells[a]! - cells[b]! || ids[a]! - ids[b]!);
    expect([...sortRowsBy(cells, rowsById(ids))]).toEqual(sorted);
  });
});
