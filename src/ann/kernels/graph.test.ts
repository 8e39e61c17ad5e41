import { describe, expect, it } from 'vitest';
import { createPrng, type Prng } from '../../base/prng.ts';
import { uint32View } from './block.ts';
import type { GraphQuery, GraphRows, LayerWalk, LinkTable } from './graph.ts';
import { NO_LINK } from './graph.ts';
import { pairBytes, readPairs, resetPairs } from './pairs.ts';
import { type Bench, both, onBench, twins } from './testing/twins.ts';

const CASES = (['ip', 'l2sq'] as const).flatMap((metric) =>
  (['float32', 'sq8'] as const).map((store) => ({ metric, store })),
);

/** Rows of small integers, whose distances are exact in any order of summation. */
function drawSet(prng: Prng) {
  const d = 1 + prng.below(40);
  const n = 2 + prng.below(80);
  const slots = 2 + prng.below(9);
  const values = Int8Array.from({ length: n * d }, () => prng.below(9) - 4);
  const query = Int16Array.from({ length: d }, () => prng.below(9) - 4);
  const order = Array.from({ length: n }, (_, row) => (row * 37) % n);
  const skip = Uint8Array.from({ length: Math.ceil(n / 8) }, () => prng.below(256));
  return { d, n, slots, values, query, order: [...new Set(order)], skip };
}

type Drawn = ReturnType<typeof drawSet>;

function putRows(bench: Bench, { d, n, values }: Drawn, { metric, store }: (typeof CASES)[number]) {
  if (store === 'float32') {
    const vectors = bench.put(Float32Array.from(values));
    return { metric, d, count: n, vectors, sq8: null };
  }
  const norms = Float32Array.from({ length: n }, (_, row) =>
    values.subarray(row * d, (row + 1) * d).reduce((sum, x) => sum + x * x, 0),
  );
  const sq8 = {
    norms: metric === 'ip' ? null : bench.put(norms),
    weights: bench.put(new Float32Array(d).fill(2)),
    factor: metric === 'ip' ? -0.5 : -1,
    query16: bench.room(2 * d),
  };
  return { metric, d, count: n, vectors: bench.put(values), sq8 };
}

function putQuery(bench: Bench, { query }: Drawn, { metric, sq8 }: GraphRows): GraphQuery {
  if (!sq8) return { query: bench.put(Float32Array.from(query)), factor: 0, base: 0 };
  const lengthSq = query.reduce((sum, x) => sum + x * x, 0);
  return metric === 'ip'
    ? { query: bench.put(query), factor: -1, base: 0 }
    : { query: bench.put(query), factor: -2, base: lengthSq };
}

function putTable(bench: Bench, { n, slots }: Drawn): LinkTable {
  const links = bench.put(new Uint32Array(n * slots).fill(NO_LINK));
  return { links, starts: null, slots };
}

function pairs(bench: Bench, capacity: number) {
  const block = bench.room(pairBytes(capacity));
  resetPairs(block, capacity);
  return block;
}

function walkOf(bench: Bench, { n, slots }: Drawn, ef: number, entry: number): LayerWalk {
  return {
    layer: 0,
    entry,
    scratch: {
      visited: bench.room(Math.ceil(n / 8)),
      candidates: pairs(bench, n),
      list: bench.room(4 * slots),
    },
    found: pairs(bench, ef),
    skip: null,
    most: 0xffffffff,
    log: pairs(bench, n),
  };
}

/** Inserts all rows in the drawn order, as an index does. Returns the table. */
function insertAll(bench: Bench, drawn: Drawn, rows: GraphRows): LinkTable {
  const table = putTable(bench, drawn);
  const scratch = bench.room(12 * (drawn.slots + 1));
  const [entry, ...others] = drawn.order;
  const walk = walkOf(bench, drawn, 12, entry!);
  for (const row of others) {
    bench.kernels.searchLayer(rows, row, table, walk);
    const most = Math.ceil(drawn.slots / 2);
    bench.kernels.connect(rows, table, 0, row, walk.found, most, scratch);
  }
  return table;
}

const linksOf = ({ links }: LinkTable) => uint32View(links, links.byteLength / 4).slice();

describe.each(CASES)('graph kernels by $metric of $store', (given) => {
  it('make the same graph in both twins, and find the same', () => {
    const prng = createPrng(15);
    for (let round = 0; round < 40; round++) {
      const drawn = drawSet(prng);
      const ef = 1 + prng.below(20);
      const most = prng.below(2) ? 0xffffffff : prng.below(2 * drawn.n);
      const answer = both((bench) => {
        const rows = putRows(bench, drawn, given);
        const table = insertAll(bench, drawn, rows);
        const query = putQuery(bench, drawn, rows);
        const walk = walkOf(bench, drawn, ef, drawn.order[0]!);
        const skip = round % 3 === 0 ? bench.put(drawn.skip) : null;
        const cost = bench.kernels.searchLayer(rows, query, table, { ...walk, skip, most });
        const found = readPairs(walk.found);
        const log = readPairs(walk.log!);
        return { links: linksOf(table), cost, found, log };
      });
      expect(answer.simd).toEqual(answer.scalar);
      expect(answer.simd.cost!.compared).toBeLessThanOrEqual(most);
      expect(answer.simd.log.ids).toHaveLength(answer.simd.cost!.hops);
    }
  });

  it('expand the same rows first with a larger ef', () => {
    const prng = createPrng(16);
    for (let round = 0; round < 10; round++) {
      const drawn = drawSet(prng);
      both((bench) => {
        const rows = putRows(bench, drawn, given);
        const table = insertAll(bench, drawn, rows);
        const query = putQuery(bench, drawn, rows);
        let before: number[] = [];
        for (let ef = 1; ef < drawn.n; ef += 3) {
          const walk = walkOf(bench, drawn, ef, drawn.order[0]!);
          bench.kernels.searchLayer(rows, query, table, walk);
          const hops = [...readPairs(walk.log!).ids];
          expect(hops.slice(0, before.length)).toEqual(before);
          before = hops;
        }
      });
    }
  });

  it('choose links anew alike, and walk a layer above the bottom', () => {
    const prng = createPrng(17);
    for (let round = 0; round < 30; round++) {
      const drawn = drawSet(prng);
      const rowsListed = drawn.order.filter(() => prng.below(2) === 0);
      const row = drawn.order.at(-1)!;
      const answer = both((bench) => {
        const rows = putRows(bench, drawn, given);
        const { links, slots } = insertAll(bench, drawn, rows);
        const starts = bench.put(Uint32Array.from({ length: drawn.n }, (_, each) => each));
        const upper = { links, slots, starts };
        const query = putQuery(bench, drawn, rows);
        const walk = walkOf(bench, drawn, 1, row);
        const cost = bench.kernels.searchLayer(rows, query, upper, { ...walk, layer: 1 });
        const list = bench.put(Uint32Array.from(rowsListed));
        const scratch = bench.room(8 * rowsListed.length);
        const compared = bench.kernels.relink(
          rows,
          upper,
          1,
          row,
          list,
          rowsListed.length,
          scratch,
        );
        return { cost, log: readPairs(walk.log!), compared, links: linksOf(upper) };
      });
      expect(answer.simd).toEqual({ ...answer.scalar, compared: answer.simd.compared });
    }
  });
});

describe.each(twins)('%s graph kernels', (_, kernels) => {
  const line = (bench: Bench) => {
    const vectors = bench.put(Float32Array.of(0, 1, 2, 3, 4));
    const rows = { metric: 'l2sq', d: 1, count: 5, vectors, sq8: null } as const;
    const none = NO_LINK;
    const links = bench.put(Uint32Array.of(1, none, 0, 2, 1, 3, 2, 4, 3, none));
    return { rows, table: { links, starts: null, slots: 2 } };
  };
  const drawn = { n: 5, slots: 2 } as Drawn;

  it('walk through skipped rows without finding them', () => {
    onBench(kernels, (bench) => {
      const { rows, table } = line(bench);
      const query = { query: bench.put(Float32Array.of(2)), factor: 0, base: 0 };
      const walk = walkOf(bench, drawn, 2, 0);
      const skip = bench.put(Uint8Array.of(0b01110));
      expect(kernels.searchLayer(rows, query, table, { ...walk, skip })).toEqual({
        compared: 5,
        hops: 5,
      });
      expect([...readPairs(walk.found).ids]).toEqual([0, 4]);
      expect([...readPairs(walk.found).keys]).toEqual([4, 4]);
      expect([...readPairs(walk.log!).ids]).toEqual([0, 1, 2, 3, 4]);
    });
  });

  it('say when there is no room for the candidates', () => {
    onBench(kernels, (bench) => {
      const { rows, table } = line(bench);
      const query = { query: bench.put(Float32Array.of(9)), factor: 0, base: 0 };
      const walk = walkOf(bench, drawn, 5, 2);
      resetPairs(walk.scratch.candidates, 1);
      expect(kernels.searchLayer(rows, query, table, walk)).toBeNull();
      resetPairs(walk.scratch.candidates, 2);
      expect(kernels.searchLayer(rows, query, table, walk)).toEqual({ compared: 5, hops: 5 });
    });
  });

  it('end a list at a row that is not there', () => {
    onBench(kernels, (bench) => {
      const { rows, table } = line(bench);
      uint32View(table.links, 10)[3] = 5;
      const query = { query: bench.put(Float32Array.of(4)), factor: 0, base: 0 };
      const walk = walkOf(bench, drawn, 3, 0);
      kernels.searchLayer(rows, query, table, walk);
      expect([...readPairs(walk.found).ids]).toEqual([1, 0]);
    });
  });

  it('give copies of one vector half of the links', () => {
    onBench(kernels, (bench) => {
      const vectors = bench.put(Float32Array.of(0, 0, 0, 0, 0, 0, 5, -6));
      const rows = { metric: 'l2sq', d: 1, count: 8, vectors, sq8: null } as const;
      const links = bench.put(new Uint32Array(8 * 4).fill(NO_LINK));
      const table = { links, starts: null, slots: 4 };
      const list = bench.put(Uint32Array.of(7, 6, 5, 4, 3, 2, 1));
      kernels.relink(rows, table, 0, 0, list, 7, bench.room(8 * 7));
      expect([...uint32View(links, 4)]).toEqual([1, 2, 6, 7]);
    });
  });

  it('refuse what leaves their blocks', () => {
    onBench(kernels, (bench) => {
      const { rows, table } = line(bench);
      const query = { query: bench.put(Float32Array.of(4)), factor: 0, base: 0 };
      const walk = walkOf(bench, drawn, 3, 0);
      const internal = expect.objectContaining({ code: 'internal' });
      const search = (change: Partial<LayerWalk>, other: Partial<GraphRows> = {}) =>
        expect(() =>
          kernels.searchLayer({ ...rows, ...other }, query, table, { ...walk, ...change }),
        );
      search({ entry: 5 }).toThrowError(internal);
      search({}, { count: 17 }).toThrowError(internal);
      search({ found: bench.room(4) }).toThrowError(internal);
      const { scratch } = walk;
      search({ scratch: { ...scratch, list: bench.room(4) } }).toThrowError(internal);
      search({ scratch: { ...scratch, visited: bench.room(0) } }).toThrowError(internal);
      search({ layer: 1 }).toThrowError(expect.objectContaining({ code: 'invalid-argument' }));
      const connect = () => kernels.connect(rows, table, 0, 5, walk.found, 1, bench.room(36));
      expect(connect).toThrowError(internal);
    });
  });
});
