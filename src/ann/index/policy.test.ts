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

describe('below the break-even', () => {
  it('does nothing about an empty library, or a small delta that grows', () => {
    expect(plan({ quiet: true })).toEqual({ action: 'none' });
    expect(plan({ delta: 1_023 })).toEqual({ action: 'none' });
  });

  it('seals a large delta at once, and any when it is quiet', () => {
    expect(plan({ delta: 1_024 })).toEqual({ action: 'seal', merge: [] });
    expect(plan({ delta: 1, quiet: true })).toEqual({ action: 'seal', merge: [] });
  });

  it('merges segments that are not four times as large as what they meet', () => {
    const segments = [flat(15_000), flat(2_000), flat(300), flat(90)];
    expect(plan({ segments, delta: 100, quiet: true })).toEqual({ action: 'seal', merge: [2, 3] });
    expect(plan({ segments, delta: 1_100 })).toEqual({ action: 'seal', merge: [1, 2, 3] });
    expect(plan({ segments, delta: 10, quiet: true })).toEqual({ action: 'seal', merge: [] });
  });

  it('writes each vector a logarithmic number of times, in a logarithmic number of segments', () => {
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

  it('writes a segment anew, once it is quiet, of which a fifth is removed', () => {
    const segments = [flat(7_999, 2_001), flat(900, 100)];
    expect(plan({ segments })).toEqual({ action: 'none' });
    expect(plan({ segments, quiet: true })).toEqual({ action: 'seal', merge: [0] });
    expect(plan({ segments, delta: 5, quiet: true })).toEqual({ action: 'seal', merge: [0] });
  });
});

describe('above it', () => {
  const spec = resolveSpec({ kind: 'ivfpq' }, 21_000, D);

  it('trains everything, in place of whatever there is', () => {
    expect(plan({ segments: [flat(15_000)], delta: 6_000 })).toEqual({ action: 'train', spec });
    expect(spec).toMatchObject({ nlist: 512, M: 32, nbits: 4, rerank: 'sq8' });
  });

  it('seals as ever where it may not train', () => {
    const segments = [flat(20_000)];
    expect(plan({ segments, delta: 2_000, mayTrain: false })).toEqual({
      action: 'seal',
      merge: [],
    });
  });

  it('leaves what is trained alone until what lies beside it is a quarter of all', () => {
    expect(plan({ segments: [ivfpq(75_000), flat(20_000)], delta: 1_000 })).toEqual({
      action: 'none',
    });
    expect(plan({ segments: [ivfpq(75_000), flat(20_000)], delta: 2_000 })).toEqual({
      action: 'seal',
      merge: [],
    });
    expect(plan({ segments: [ivfpq(75_000), flat(25_000)], delta: 1 }).action).toBe('train');
  });

  it('never merges what is trained into what is exact', () => {
    const segments = [ivfpq(30_000), flat(2_000)];
    expect(plan({ segments, delta: 1_500 })).toEqual({ action: 'seal', merge: [1] });
  });

  it('trains anew when more than a fifth of it is removed', () => {
    expect(plan({ segments: [ivfpq(80_000, 20_000)] }).action).toBe('none');
    expect(plan({ segments: [ivfpq(79_999, 20_001)] }).action).toBe('train');
  });

  it('goes back to exact search only when half of the break-even is left', () => {
    expect(plan({ segments: [ivfpq(BREAK_EVEN / 2)] }).action).toBe('none');
    expect(plan({ segments: [ivfpq(BREAK_EVEN / 2 - 1)] })).toEqual({
      action: 'train',
      spec: EXACT,
    });
  });
});

describe('a choice', () => {
  it('is trained at any size that has enough vectors, and again when it changes', () => {
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

  it('is exact for as long as there are too few', () => {
    const choice = { kind: 'ivf', nlist: 500 } as const;
    expect(targetSpec({ choice, segments: [flat(300)], delta: 0, d: D })).toEqual(EXACT);
    expect(plan({ choice, segments: [flat(300)], delta: 5, quiet: true }).action).toBe('seal');
  });
});

it('knows which kinds a library is large enough for', () => {
  expect(defaultSpecs(3, D).map(({ kind }) => kind)).toEqual(['flat', 'ivf']);
  expect(defaultSpecs(5_000, D).map(({ kind }) => kind)).toEqual([
    'flat',
    'ivf',
    'pq',
    'opq',
    'ivfpq',
    'lopq',
  ]);
  expect(automaticSpec(BREAK_EVEN - 1, D)).toEqual(EXACT);
  expect(automaticSpec(BREAK_EVEN, D).kind).toBe('ivfpq');
});

describe('what was deleted for good', () => {
  it('goes from every segment that holds it once it is quiet, however little it is', () => {
    const segments = [flat(9_999, 1, 1), flat(1_000), flat(98, 2, 2)];
    expect(plan({ segments })).toEqual({ action: 'none' });
    expect(plan({ segments, quiet: true })).toEqual({ action: 'seal', merge: [0, 2] });
    expect(plan({ segments, delta: 1, quiet: true })).toEqual({ action: 'seal', merge: [0, 2] });
  });

  it('leaves alone what is only in the trash', () => {
    expect(plan({ segments: [flat(99, 1)], quiet: true })).toEqual({ action: 'none' });
    expect(plan({ segments: [ivfpq(99_999, 1)], quiet: true })).toEqual({ action: 'none' });
  });

  it('takes segments along in which nothing is left, of codes too', () => {
    expect(plan({ segments: [flat(0, 40, 40)], quiet: true })).toEqual({
      action: 'seal',
      merge: [0],
    });
    expect(plan({ segments: [ivfpq(0, 900, 900), flat(0, 4)], quiet: true })).toEqual({
      action: 'seal',
      merge: [0, 1],
    });
  });

  it('is cut out of a trained segment without training anew', () => {
    const segments = [ivfpq(99_997, 3, 3), flat(9, 1, 1)];
    expect(plan({ segments })).toEqual({ action: 'none' });
    // Quick steps come first.
    expect(plan({ segments, quiet: true })).toEqual({ action: 'seal', merge: [1] });
    expect(plan({ segments: [ivfpq(99_997, 3, 3), flat(9)], quiet: true })).toEqual({
      action: 'compact',
      place: 0,
    });
  });

  it('leaves no tombstone of what no segment holds', () => {
    expect(plan({ settled: 2 })).toEqual({ action: 'none' });
    expect(plan({ settled: 2, quiet: true })).toEqual({ action: 'seal', merge: [] });
  });
});

it('trains again after a training was given up once there is a quarter more', () => {
  expect(mayTrainAgain(null, 1)).toBe(true);
  expect([20_000, 24_999, 25_000].map((n) => mayTrainAgain(20_000, n))).toEqual([
    false,
    false,
    true,
  ]);
});
