import { describe, expect, it } from 'vitest';
import { nodeSimdKernels } from '../../../../bench/nodeKernels.ts';
import { createPrng } from '../../../base/prng.ts';
import { clusteredUnitVectors } from '../../eval/synthetic.ts';
import { bitmapBytes, setBit } from '../../kernels/bitmap.ts';
import { SegmentedIndex } from '../segmented/segmentedIndex.ts';
import type { IndexSpec } from '../spec.ts';
import { trainIndex } from '../train.ts';
import type { SearchOptions, SearchResult, VectorIndex } from '../vectorIndex.ts';
import type { TraceStep } from './trace.ts';

const D = 32;
const N = 3_000;
const vectors = clusteredUnitVectors({ d: D, centres: 30 }, createPrng(3))(N);
const ids = Uint32Array.from({ length: N }, (_, row) => 2 * row + 1);
const query = vectors.slice(5 * D, 6 * D);

const SPECS: IndexSpec[] = [
  { kind: 'flat' },
  { kind: 'flat', store: 'sq8' },
  { kind: 'ivf', nlist: 32 },
  { kind: 'pq' },
  { kind: 'pq', nbits: 4, rerank: 'none' },
  { kind: 'opq', M: 4, nbits: 8, rerank: 'none' },
  { kind: 'ivfpq', nlist: 32 },
  { kind: 'ivfpq', nlist: 32, rerank: 'none' },
  { kind: 'lopq', nlist: 8 },
  { kind: 'lopq', coarse: 'multi', nlist: 4, M: 4, rerank: 'none' },
  { kind: 'kdtree' },
  { kind: 'kdtree', store: 'sq8' },
  { kind: 'forest', trees: 3 },
  { kind: 'forest', trees: 2, store: 'sq8' },
  { kind: 'hnsw', M: 4 },
  { kind: 'hnsw', store: 'sq8' },
  { kind: 'lsh', tables: 3, bits: 4 },
  { kind: 'lsh', tables: 2, bits: 20, store: 'sq8' },
  { kind: 'itq' },
  { kind: 'itq', rerank: 'none' },
];

async function indexOf(spec: IndexSpec, metric: 'ip' | 'l2sq'): Promise<VectorIndex> {
  const space = { spaceId: 'trace/32', metric, d: D };
  const builder = await trainIndex(nodeSimdKernels(), space, spec, vectors);
  builder.add(ids, vectors);
  await builder.prepare?.();
  return builder.seal();
}

function stepsOf<S extends TraceStep['step']>({ trace = [] }: SearchResult, step: S) {
  return trace.filter((each): each is Extract<TraceStep, { step: S }> => each.step === step);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

/** Checks that a traced search finds and costs the same, and that its steps account for it. */
function expectAccount(index: Pick<VectorIndex, 'search'>, options: SearchOptions): SearchResult {
  const plain = index.search(query, options);
  expect(plain.trace).toBeUndefined();
  const traced = index.search(query, { ...options, trace: true });
  const { trace: _, ...rest } = traced;
  expect(rest).toEqual(plain);

  const { codesScanned, cellsVisited, nodesVisited, reranked } = plain.stats;
  const scans = stepsOf(traced, 'scan');
  expect(sum(scans.map(({ scanned }) => scanned))).toBe(codesScanned);
  const hops = stepsOf(traced, 'hop');
  expect(stepsOf(traced, 'node').length + hops.length).toBe(nodesVisited);
  const opened = [
    ...stepsOf(traced, 'cell'),
    ...stepsOf(traced, 'leaf'),
    ...stepsOf(traced, 'bucket'),
  ];
  if (stepsOf(traced, 'few').length === 0) expect(opened.length).toBe(cellsVisited);
  const reranks = stepsOf(traced, 'rerank').filter(({ from }) => from !== 'codes');
  expect(sum(reranks.map(({ candidates }) => candidates))).toBe(reranked);
  return traced;
}

describe.each(['ip', 'l2sq'] as const)('a trace (%s)', (metric) => {
  it.each(SPECS)('accounts for the statistics of $kind ($rerank)', async (spec) => {
    const index = await indexOf(spec, metric);
    for (const options of [{ k: 7 }, { k: 7, nprobe: 3, rerank: 20 }, { k: 5, exclude: 11 }]) {
      const traced = expectAccount(index, options);
      const last = traced.trace!.at(-1)!;
      expect('ids' in last && [...last.ids].slice(0, traced.ids.length)).toEqual([...traced.ids]);
      // The reader may keep a trace whose results were transferred.
      structuredClone(traced.ids, { transfer: [traced.ids.buffer, traced.scores.buffer] });
      expect('keys' in last && last.keys.length).toBeGreaterThan(0);
    }
    index.dispose();
  });

  it.each(SPECS)('accounts for a search of $kind ($rerank) that few rows pass', async (spec) => {
    const index = await indexOf(spec, metric);
    const allowed = new Uint8Array(bitmapBytes(2 * N));
    for (const row of [1, 17, 400, 2_999]) setBit(allowed, ids[row]!, true);
    const traced = expectAccount(index, { k: 3, allowed });
    if (spec.kind !== 'flat' || spec.store === 'sq8') {
      expect(stepsOf(traced, 'few').map((each) => [...each.ids].sort((a, b) => a - b))).toEqual([
        [3, 35, 801, 5_999],
      ]);
    }
    index.dispose();
  });
});

it('names the cells it ranked, and the rows of those it opened', async () => {
  const index = await indexOf({ kind: 'ivf', nlist: 32 }, 'l2sq');
  const traced = index.search(query, { k: 3, nprobe: 4, trace: true });
  const [ranked] = stepsOf(traced, 'cells');
  const cells = stepsOf(traced, 'cell');
  expect([...ranked!.cells]).toEqual(cells.map(({ cell }) => cell));
  expect([...ranked!.keys].toSorted((a, b) => a - b)).toEqual([...ranked!.keys]);
  const every = new Set(cells.flatMap((cell) => [...cell.ids]));
  expect([...traced.ids].every((id) => every.has(id))).toBe(true);
  expect(sum(cells.map(({ scanned }) => scanned))).toBe(every.size);
  index.dispose();
});

it('tells the segments of an index apart', async () => {
  const space = { spaceId: 'trace/32', metric: 'ip', d: D } as const;
  const index = new SegmentedIndex(nodeSimdKernels(), space);
  const sealed = await indexOf({ kind: 'ivfpq', nlist: 32, rerank: 'none' }, 'ip');
  const key = index.load(sealed.serialize());
  sealed.dispose();
  index.attach(key, {
    bytes: 4 * N * D,
    read: (id, target) => {
      const row = (id - 1) / 2;
      target.set(vectors.subarray(row * D, (row + 1) * D));
      return true;
    },
    dispose: () => {},
  });
  index.addAll([10_000], vectors.slice(0, D));
  const traced = expectAccount(index, { k: 5 });
  const segments = stepsOf(traced, 'segment');
  expect(segments.map(({ kind, live }) => [kind, live])).toEqual([
    ['flat', 1],
    ['ivfpq', N],
  ]);
  expect(stepsOf(traced, 'rerank').at(-1)).toMatchObject({ from: 'file' });
  index.dispose();
});
