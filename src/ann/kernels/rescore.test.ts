import { describe, expect, it } from 'vitest';
import { createPrng } from '../../base/prng.ts';
import { bitsOf, both, entriesOf, normals, onBench, twins } from './testing/twins.ts';

describe('rescore', () => {
  it.each(['ip', 'l2sq'] as const)(
    'gives the listed rows the same keys as a scan, by %s',
    (metric) => {
      const prng = createPrng(75);
      for (let round = 0; round < 60; round++) {
        const d = 1 + prng.below(70);
        const n = 1 + prng.below(60);
        const values = normals(prng, n * d);
        const query = normals(prng, d);
        const ids = Uint32Array.from({ length: n }, (_, row) => 2 * row + 1);
        const skip = new Uint8Array(Math.ceil(n / 8));
        const list: number[] = [];
        for (let row = n - 1; row >= 0; row--) {
          if (prng.below(2)) list.push(row);
          else skip[row >> 3]! |= 1 << (row & 7);
        }
        both((bench) => {
          const { kernels } = bench;
          const block = bench.put(values);
          const queryBlock = bench.put(query);
          const idBlock = bench.put(ids);
          const [scanned, rescored] = [bench.heap(9), bench.heap(9)];
          const scan = {
            query: queryBlock,
            vectors: block,
            ids: idBlock,
            skip: bench.put(skip),
            d,
          };
          const exact = metric === 'ip' ? kernels.scanIp : kernels.scanL2sq;
          exact({ ...scan, firstRow: 0, rowCount: n }, scanned);
          const rows = { block, offset: 0, stride: d, d, count: n };
          const listBlock = bench.put(Uint32Array.from(list));
          kernels.rescore(metric, queryBlock, rows, listBlock, list.length, idBlock, rescored);
          expect(entriesOf(rescored)).toEqual(entriesOf(scanned));
        });
      }
    },
  );

  it('reads rows with an offset and a stride, and uses row numbers as ids', () => {
    const values = Float32Array.of(9, 9, 1, 0, 9, 2, 0, 9, 3, 0);
    const answer = both((bench) => {
      const topK = bench.heap(3);
      const rows = { block: bench.put(values), offset: 2, stride: 3, d: 2, count: 3 };
      const query = bench.put(Float32Array.of(1, 1));
      const list = bench.put(Uint32Array.of(2, 0));
      bench.kernels.rescore('ip', query, rows, list, 2, null, topK);
      return { ...entriesOf(topK) };
    });
    expect(answer.simd).toEqual({ keys: Float32Array.of(-3, -1), ids: Uint32Array.of(2, 0) });
    expect(answer.scalar).toEqual(answer.simd);
  });
});

describe.each(twins)('%s rescoring kernels', (_, kernels) => {
  it('reject a list with a nonexistent row before adding anything to the heap', () => {
    onBench(kernels, (bench) => {
      const internal = expect.objectContaining({ code: 'internal' });
      const d = 2;
      const topK = bench.heap(3);
      const query = bench.put(Float32Array.of(1, 1));
      const rows = {
        block: bench.put(normals(createPrng(77), 6)),
        offset: 0,
        stride: d,
        d,
        count: 3,
      };
      const list = bench.put(Uint32Array.of(0, 3));
      expect(() => kernels.rescore('ip', query, rows, list, 2, null, topK)).toThrowError(internal);
      const query16 = bench.put(Int16Array.of(1, 1));
      const codes = bench.put(Int8Array.of(1, 2, 3, 4, 5, 6));
      const scan = { codes, ids: null, skip: null };
      const norms = bench.put(Float32Array.of(0, 0));
      const look = (count: number, given: typeof norms | null) =>
        kernels.rescoreSq8(list, count, scan, d, query16, 1, given, 0, topK);
      expect(() => look(2, null)).toThrowError(internal);
      expect(() => look(3, null)).toThrowError(internal);
      expect([...bitsOf(topK, 1)]).toEqual([0]);
      look(1, norms);
      expect([...bitsOf(topK, 1)]).toEqual([1]);
    });
  });
});
