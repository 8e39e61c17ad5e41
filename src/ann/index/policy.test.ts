import { describe, expect, it } from 'vitest';
import {
  automaticSpec,
  BREAK_EVEN,
  defaultSpecs,
  type IndexState,
  type JudgedSegment,
  mayTrainAgain,
  planIndex,
  targetSpec,
} from './policy.ts';
import { resolveSpec } from './spec.ts';

const D = 128;
const EXACT = { kind: 'flat', store: 'float32' } as const;
const trained = resolveSpec({ kind: 'ivfpq' }, 50_000, D);
const flat = (live: number, dead = 0, purged = 0): JudgedSegment => ({
  spec: EXACT,
  live,
  dead,
  purged,
});
const ivfpq = (live: number, dead = 0, purged = 0): JudgedSegment => ({
  ...flat(live, dead, purged),
  spec: trained,
});

function plan(state: Partial<IndexState>) {
  return planIndex({
    choice: { kind: 'automatic' },
    segments: [],
    delta: 0,
    settled: 0,
    d: D,
    quiet: false,
    mayTrain: true,
    ...state,
  });
}

describe('below the break-even size', () => {
  it('does nothing for an empty library or a small delta that is still growing', () => {
    expect(plan({ quiet: true })).toEqual({ action: 'none' });
    expect(plan({ delta: 1_023 })).toEqual({ action: 'none' });
  });

  it('seals a large delta at once, and any delta when quiet', () => {
    expect(plan({ delta: 1_024 })).toEqual({ action: 'seal', merge: [] });
    expect(plan({ delta: 1, quiet: true })).toEqual({ action: 'seal', merge: [] });
  });

  it('merges segments less than four times as large as what they would join', () => {
    const segments = [flat(15_000), flat(2_000), flat(300), flat(90)];
    expect(plan({ segments, delta: 100, quiet: true })).toEqual({ action: 'seal', merge: [2, 3] });
    expect(plan({ segments, delta: 1_100 })).toEqual({ action: 'seal', merge: [1, 2, 3] });
    expect(plan({ segments, delta: 10, quiet: true })).toEqual({ action: 'seal', merge: [] });
  });

  it('keeps the writes per vector and the number of segments logarithmic', () => {
    let segments: JudgedSegment[] = [];
    let written = 0;
    let most = 0;
    for (let i = 0; i < 5_000; i++) {
      const next = plan({ segments, delta: 3, quiet: true });
      if (next.action !== 'seal') throw new Error(next.action);
      const merged = next.merge.reduce((sum, at) => sum + segments[at]!.live, 3);
      segments = [...segments.filter((_, at) => !next.merge.includes(at)), flat(merged)];
      written += merged;
      most = Math.max(most, segments.length);
    }
    expect(most).toBeLessThanOrEqual(7);
    expect(written / 15_000).toBeLessThan(16);
  });

  it('rewrites a segment when quiet once more than a fifth of it is removed', () => {
    const segments = [flat(7_999, 2_001), flat(900, 100)];
    expect(plan({ segments })).toEqual({ action: 'none' });
    expect(plan({ segments, quiet: true })).toEqual({ action: 'seal', merge: [0] });
    expect(plan({ segments, delta: 5, quiet: true })).toEqual({ action: 'seal', merge: [0] });
  });
});

describe('above the break-even size', () => {
  const spec = resolveSpec({ kind: 'ivfpq' }, 21_000, D);

  it('trains one index to replace everything', () => {
    expect(plan({ segments: [flat(15_000)], delta: 6_000 })).toEqual({ action: 'train', spec });
    expect(spec).toMatchObject({ nlist: 512, M: 32, nbits: 4, rerank: 'sq8' });
  });

  it('seals as usual when it may not train', () => {
    const segments = [flat(20_000)];
    expect(plan({ segments, delta: 2_000, mayTrain: false })).toEqual({
      action: 'seal',
      merge: [],
    });
  });

  it('keeps a trained segment until a quarter of all vectors are outside it', () => {
    expect(plan({ segments: [ivfpq(75_000), flat(20_000)], delta: 1_000 })).toEqual({
      action: 'none',
    });
    expect(plan({ segments: [ivfpq(75_000), flat(20_000)], delta: 2_000 })).toEqual({
      action: 'seal',
      merge: [],
    });
    expect(plan({ segments: [ivfpq(75_000), flat(25_000)], delta: 1 }).action).toBe('train');
  });

  it('never merges a trained segment into an exact one', () => {
    const segments = [ivfpq(30_000), flat(2_000)];
    expect(plan({ segments, delta: 1_500 })).toEqual({ action: 'seal', merge: [1] });
  });

  it('retrains when more than a fifth of the trained segment is removed', () => {
    expect(plan({ segments: [ivfpq(80_000, 20_000)] }).action).toBe('none');
    expect(plan({ segments: [ivfpq(79_999, 20_001)] }).action).toBe('train');
  });

  it('returns to exact search only below half the break-even size', () => {
    expect(plan({ segments: [ivfpq(BREAK_EVEN / 2)] }).action).toBe('none');
    expect(plan({ segments: [ivfpq(BREAK_EVEN / 2 - 1)] })).toEqual({
      action: 'train',
      spec: EXACT,
    });
  });
});

describe('an explicitly chosen index type', () => {
  it('is trained at any size with enough vectors, and again when the choice changes', () => {
    const choice = { kind: 'ivf', nlist: 8 } as const;
    const spec = resolveSpec(choice, 400, D);
    expect(plan({ choice, delta: 400 })).toEqual({ action: 'train', spec });
    const segments = [{ ...flat(400), spec }];
    expect(plan({ choice, segments })).toEqual({ action: 'none' });
    expect(plan({ choice: { kind: 'ivf', nlist: 16 }, segments }).action).toBe('train');
    expect(plan({ choice: { kind: 'ivf' }, segments }).action).toBe('none');
    expect(plan({ choice: { kind: 'flat' }, segments })).toEqual({ action: 'train', spec: EXACT });
    expect(plan({ choice: { kind: 'flat', store: 'sq8' }, segments }).action).toBe('train');
  });

  it('stays exact while there are too few vectors', () => {
    const choice = { kind: 'ivf', nlist: 500 } as const;
    expect(targetSpec({ choice, segments: [flat(300)], delta: 0, d: D })).toEqual(EXACT);
    expect(plan({ choice, segments: [flat(300)], delta: 5, quiet: true }).action).toBe('seal');
  });
});

it('offers only the index types a library is large enough for', () => {
  expect(defaultSpecs(3, D).map(({ kind }) => kind)).toEqual([
    'flat',
    'ivf',
    'kdtree',
    'forest',
    'hnsw',
    'lsh',
  ]);
  expect(defaultSpecs(5_000, D).map(({ kind }) => kind)).toEqual([
    'flat',
    'ivf',
    'pq',
    'opq',
    'ivfpq',
    'lopq',
    'kdtree',
    'forest',
    'hnsw',
    'lsh',
    'itq',
  ]);
  expect(automaticSpec(BREAK_EVEN - 1, D)).toEqual(EXACT);
  expect(automaticSpec(BREAK_EVEN, D).kind).toBe('ivfpq');
});

describe('purging permanently deleted vectors', () => {
  it('rewrites every affected segment when quiet, however few vectors it loses', () => {
    const segments = [flat(9_999, 1, 1), flat(1_000), flat(98, 2, 2)];
    expect(plan({ segments })).toEqual({ action: 'none' });
    expect(plan({ segments, quiet: true })).toEqual({ action: 'seal', merge: [0, 2] });
    expect(plan({ segments, delta: 1, quiet: true })).toEqual({ action: 'seal', merge: [0, 2] });
  });

  it('leaves vectors that are only in the trash', () => {
    expect(plan({ segments: [flat(99, 1)], quiet: true })).toEqual({ action: 'none' });
    expect(plan({ segments: [ivfpq(99_999, 1)], quiet: true })).toEqual({ action: 'none' });
  });

  it('drops segments with nothing left, including trained ones', () => {
    expect(plan({ segments: [flat(0, 40, 40)], quiet: true })).toEqual({
      action: 'seal',
      merge: [0],
    });
    expect(plan({ segments: [ivfpq(0, 900, 900), flat(0, 4)], quiet: true })).toEqual({
      action: 'seal',
      merge: [0, 1],
    });
  });

  it('compacts a trained segment without retraining', () => {
    const segments = [ivfpq(99_997, 3, 3), flat(9, 1, 1)];
    expect(plan({ segments })).toEqual({ action: 'none' });
    // Quick steps come first.
    expect(plan({ segments, quiet: true })).toEqual({ action: 'seal', merge: [1] });
    expect(plan({ segments: [ivfpq(99_997, 3, 3), flat(9)], quiet: true })).toEqual({
      action: 'compact',
      place: 0,
    });
  });

  it('clears tombstones of vectors that no segment holds', () => {
    expect(plan({ settled: 2 })).toEqual({ action: 'none' });
    expect(plan({ settled: 2, quiet: true })).toEqual({ action: 'seal', merge: [] });
  });
});

it('retries abandoned training once there are a quarter more vectors', () => {
  expect(mayTrainAgain(null, 1)).toBe(true);
  expect([20_000, 24_999, 25_000].map((n) => mayTrainAgain(20_000, n))).toEqual([
    false,
    false,
    true,
  ]);
});
