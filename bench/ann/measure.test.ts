import { describe, expect, it } from 'vitest';
import { nodeSimdKernels } from '../nodeKernels.ts';
import { BareScan } from './bareScan.ts';
import { buildIndex } from './build.ts';
import { syntheticDataSet } from './dataSet.ts';
import { bareScanRow, measureSearch } from './measure.ts';

const FIELDS = [
  ...['kind', 'params', 'n', 'd', 'trainMs', 'addMs', 'bytesPerVector', 'rerankBytesPerVector'],
  ...['msPerQuery', 'p99Ms', 'recall1', 'recall10', 'recall1At', 'codesScanned', 'backend'],
];
const timing = { k: 10, passes: 2, budgetMs: 1000 };

describe('measureSearch', () => {
  const set = syntheticDataSet({ n: 2000, d: 32, m: 20, seed: 3, metric: 'ip' }, nodeSimdKernels);
  const bare = new BareScan(nodeSimdKernels(), set);

  it('finds everything with the exact index, at the expected size', async () => {
    const spec = { kind: 'flat', store: 'float32' } as const;
    const built = await buildIndex(nodeSimdKernels(), set, spec, 1e6);
    const row = measureSearch(set, built, {}, bare, timing);
    for (const field of FIELDS) expect(row).toHaveProperty(field);
    expect(row).toMatchObject({ kind: 'flat', n: 2000, d: 32, recall1: 1, recall10: 1 });
    expect(row).toMatchObject({ recall1At: { 1: 1, 10: 1, 100: 1, 1000: 1 }, codesScanned: 2000 });
    expect(row.bytesPerVector).toBeGreaterThanOrEqual(4 * 32);
    expect(row.bytesPerVector).toBeLessThan(4 * 32 + 16);
    expect(row.rerankBytesPerVector).toBe(0);
  });

  it('finds less with one cell than with all, and counts the codes scanned', async () => {
    const spec = { kind: 'ivf', nlist: 40, seed: 1 } as const;
    const built = await buildIndex(nodeSimdKernels(), set, spec, 1000);
    const one = measureSearch(set, built, { nprobe: 1 }, bare, timing);
    const all = measureSearch(set, built, { nprobe: 40 }, bare, timing);
    expect(all).toMatchObject({ recall1: 1, recall10: 1, codesScanned: 2000 });
    expect(all.params).toEqual({ nlist: 40, seed: 1, nprobe: 40 });
    expect(one.recall10).toBeLessThan(0.95);
    expect(one.codesScanned).toBeLessThan(400);
  });

  it('has a row for the bare scan', () => {
    const row = bareScanRow(set, bare);
    for (const field of FIELDS) expect(row).toHaveProperty(field);
    expect(row).toMatchObject({ kind: 'bare-scan', codesScanned: 2000, ratioToBareScan: 1 });
  });
});
