import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scalarKernels } from '../../src/ann/index.ts';
import { openDataSet, syntheticDataSet } from './dataSet.ts';

const invalid = expect.objectContaining({ code: 'invalid-argument' });
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'akin-bench-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Writes rows, each prefixed with its length; integers only, so both formats can share it. */
function save(name: string, rows: readonly number[][], form: 'f' | 'i'): string {
  const words = rows.flatMap((row) => {
    const head = new Uint8Array(Int32Array.of(row.length).buffer);
    const data = form === 'f' ? Float32Array.from(row) : Int32Array.from(row);
    return [...head, ...new Uint8Array(data.buffer)];
  });
  const path = join(folder, name);
  writeFileSync(path, Uint8Array.from(words));
  return path;
}

const options = { split: 0.2, seed: 1, maxQueries: 1000, metric: 'l2sq' } as const;
const line = Array.from({ length: 20 }, (_, i) => [i + 1, 0]);

describe('openDataSet', () => {
  it('holds out a share of the rows, reproducibly for a seed and without overlap', () => {
    const base = save('line.fvecs', line, 'f');
    const set = openDataSet({ ...options, base }, scalarKernels);
    expect([set.n, set.queries.length / set.d]).toEqual([16, 4]);
    const firsts = [...set.base, ...set.queries].filter((_, i) => i % 2 === 0);
    expect(firsts.toSorted((a, b) => a - b)).toEqual(line.map(([x]) => x));
    const again = openDataSet({ ...options, base }, scalarKernels);
    expect(again.queries).toEqual(set.queries);
    const other = openDataSet({ ...options, base, seed: 2 }, scalarKernels);
    expect(other.queries).not.toEqual(set.queries);
  });

  it('computes the ground truth as ids starting at 1', () => {
    const base = save('line.fvecs', line, 'f');
    const query = save('query.fvecs', [[7, 0]], 'f');
    const { truth } = openDataSet({ ...options, base, query }, scalarKernels);
    expect(truth.map((ids) => [...ids])).toEqual([[7, 6, 8, 5, 9, 4, 10, 3, 11, 2]]);
  });

  it('accepts a published ground truth of row numbers starting at 0', () => {
    const base = save('line.fvecs', line, 'f');
    const query = save('query.fvecs', [[7, 0]], 'f');
    const gt = save('truth.ivecs', [[6, 5, 7, 4, 8, 3, 9, 2, 10, 1]], 'i');
    const { truth } = openDataSet({ ...options, base, query, gt }, scalarKernels);
    expect(truth.map((ids) => [...ids])).toEqual([[7, 6, 8, 5, 9, 4, 10, 3, 11, 2]]);
  });

  it('rejects a missing file', () => {
    const base = join(folder, 'none.fvecs');
    expect(() => openDataSet({ ...options, base }, scalarKernels)).toThrowError(
      expect.objectContaining({ code: 'unreadable-file' }),
    );
  });

  it('rejects files that do not match and invalid splits', () => {
    const base = save('line.fvecs', line, 'f');
    const query = save('query.fvecs', [[7, 0]], 'f');
    const open = (more: object) => () => openDataSet({ ...options, base, ...more }, scalarKernels);
    expect(open({ query: save('wide.fvecs', [[1, 2, 3]], 'f') })).toThrowError(invalid);
    const ten = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
    expect(open({ query, gt: save('two.ivecs', [ten, ten], 'i') })).toThrowError(invalid);
    expect(open({ query, gt: save('few.ivecs', [[1, 2]], 'i') })).toThrowError(invalid);
    const far = [...ten.slice(1), 20];
    expect(open({ query, gt: save('far.ivecs', [far], 'i') })).toThrowError(invalid);
    expect(open({ gt: save('lone.ivecs', [ten], 'i') })).toThrowError(invalid);
    for (const split of [0, 1, Number.NaN]) expect(open({ split })).toThrowError(invalid);
  });
});

describe('syntheticDataSet', () => {
  it('is reproducible for a seed, with the nearest row as its ground truth', () => {
    const draw = (seed: number) =>
      syntheticDataSet({ n: 300, d: 16, m: 3, seed, metric: 'ip' }, scalarKernels);
    const set = draw(4);
    expect(draw(4)).toEqual(set);
    expect(draw(5).base).not.toEqual(set.base);
    const product = (row: number) =>
      set.queries.subarray(0, 16).reduce((sum, x, i) => sum + x * set.base[row * 16 + i]!, 0);
    const products = Array.from({ length: 300 }, (_, row) => product(row));
    expect(products[set.truth[0]![0]! - 1]).toBe(Math.max(...products));
  });
});
