import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { describe, expect, it } from 'vitest';
import { nodeSimdKernels } from '../../../bench/nodeKernels.ts';
import { groundTruth } from '../../ann/index.ts';
import type { AkinEvent, IndexChoice } from '../../protocol/index.ts';
import { openStore } from '../../store/index.ts';
import { median } from '../shared/median.ts';
import {
  libraryOf,
  lockOf,
  openTab,
  SPACE,
  trainerOf,
  upTo,
  vectorOf,
  writePhotos,
} from '../testing/indexedLibrary.ts';
import { trueNeighbours } from '../training/trueNeighbours.ts';
import { IndexService } from './indexService.ts';
import { IndexSettings } from './indexSettings.ts';

const never = new AbortController().signal;

async function serviceOf(photos: number) {
  const { name, store } = await libraryOf(photos);
  const opened = await openTab(store);
  const events: AkinEvent[] = [];
  const withIndexLock = lockOf();
  const service = new IndexService({
    ...opened,
    withIndexLock,
    tab: 'this',
    broadcast: (event) => events.push(event),
  });
  return { name, store, events, withIndexLock, service, ...opened };
}

describe('trueNeighbours', () => {
  it('matches a plain sort in double precision, wherever vectors are stored', async () => {
    const { store } = await libraryOf(2_500);
    const ids = Uint32Array.from(upTo(2_500).filter((id) => id % 7 !== 0));
    const job = { space: SPACE, ids, queries: 20, k: 10 };
    const truth = await trueNeighbours(store.indexes, nodeSimdKernels(), job, never);
    expect(truth.queryIds).toHaveLength(20);
    const vectors = Float32Array.from([...ids].flatMap((id) => [...vectorOf(id)]));
    truth.queryIds.forEach((id, i) => {
      expect(truth.queries.slice(i * SPACE.d, (i + 1) * SPACE.d)).toEqual(vectorOf(id));
      const expected = groundTruth('ip', { d: SPACE.d, ids, vectors }, vectorOf(id), 11)
        .map((each) => each.id)
        .filter((each) => each !== id);
      expect([...truth.neighbours.subarray(i * 10, i * 10 + 10)]).toEqual(expected.slice(0, 10));
    });
  });

  it('returns two neighbors each for a library of three', async () => {
    const { store } = await libraryOf(3);
    const job = { space: SPACE, ids: Uint32Array.of(1, 2, 3), queries: 100, k: 4 };
    const { neighbours } = await trueNeighbours(store.indexes, nodeSimdKernels(), job, never);
    expect(neighbours).toHaveLength(12);
    expect([...neighbours.subarray(0, 4)].toSorted()).toEqual([0, 0, 2, 3]);
  });
});

describe('a quality check', () => {
  it('finds full recall for an exact index and is kept until the index changes', async () => {
    const { name, index, maintainer, service, store } = await serviceOf(500);
    await maintainer.maintain({ quiet: true });
    expect((await service.report()).quality).toBeNull();
    const quality = await service.check(never);
    expect(quality).toMatchObject({ recall10: 1, queries: 100, vectors: 500 });
    expect(quality.msMedian).toBeGreaterThan(0);
    expect((await service.report()).quality).toEqual(quality);
    expect(await new IndexSettings(store.meta, SPACE).quality(index.generation)).toEqual(quality);
    await index.addFromStore(await writePhotos(name, 501, 600));
    await maintainer.maintain({ quiet: true });
    expect((await service.report()).quality).toBeNull();
  });

  it('detects what a coarse index misses', async () => {
    const { maintainer, service, settings } = await serviceOf(800);
    await settings.choose({ kind: 'pq', M: 1, nbits: 4, rerank: 'none' }, 800);
    await maintainer.maintain({ quiet: true });
    const { recall10 } = await service.check(never);
    expect(recall10).toBeGreaterThan(0);
    expect(recall10).toBeLessThan(0.9);
  });

  it('can be aborted and is refused for a library of one', async () => {
    const { service } = await serviceOf(300);
    await expect(service.check(AbortSignal.abort())).rejects.toMatchObject({ code: 'aborted' });
    const { service: alone } = await serviceOf(1);
    await expect(alone.check(never)).rejects.toMatchObject({ code: 'not-found' });
    await expect(alone.measure(never)).rejects.toMatchObject({ code: 'not-found' });
  });
});

it('measures every index type, reports each row as it comes and changes nothing', async () => {
  const { events, index, maintainer, service } = await serviceOf(700);
  // Seal first, or a slow device would seal the index during the measurement.
  await maintainer.maintain({ quiet: true });
  const before = index.segments();
  const rows = await service.measure(never);
  expect(index.segments()).toEqual(before);
  const kinds = [...new Set(rows.map((row) => row.spec.kind))];
  expect(kinds).toEqual([
    'flat',
    'ivf',
    'ivfpq',
    'pq',
    'opq',
    'lopq',
    'kdtree',
    'forest',
    'hnsw',
    'lsh',
  ]);
  const told = events.flatMap((event) => (event.type === 'measure' ? [event] : []));
  expect(told.every((event) => event.tab === 'this')).toBe(true);
  expect(told.flatMap(({ row }) => row ?? [])).toEqual(rows);
  const done = told.map(({ progress }) => progress.done / progress.total);
  expect(done).toEqual(done.toSorted((a, b) => a - b));
  expect(done.at(-1)).toBe(1);
  expect(rows[0]).toMatchObject({ spec: { kind: 'flat', store: 'float32' }, recall10: 1 });
  for (const row of rows) {
    expect(row.recall10).toBeGreaterThan(0.1);
    expect(row.bytesPerVector).toBeGreaterThan(0);
    expect(row.msMedian).toBeGreaterThan(0);
  }
  const controller = new AbortController();
  const ended = service.measure(controller.signal);
  controller.abort();
  await expect(ended).rejects.toMatchObject({ code: 'aborted' });
}, 60_000);

describe('IndexService', () => {
  it('reports the choice, what automatic means, each segment and the type defaults', async () => {
    const { maintainer, service, settings } = await serviceOf(600);
    await service.choose({ kind: 'ivfpq', M: 8 });
    await maintainer.maintain();
    const report = await service.report();
    expect(report).toMatchObject({
      choice: { kind: 'ivfpq', M: 8 },
      automatic: { kind: 'flat', store: 'float32' },
      work: { state: 'idle' },
      segments: [
        { kind: 'ivfpq', delta: false, vectors: 600, spec: { M: 8, nbits: 4, rerank: 'sq8' } },
        { kind: 'flat', delta: true, vectors: 0, rerankBytes: 0 },
      ],
    });
    const [{ bytes, rerankBytes }] = report.segments as [(typeof report.segments)[0]];
    expect(rerankBytes).toBeGreaterThanOrEqual(600 * SPACE.d);
    expect(bytes).toBeGreaterThan(600 * 8);
    expect(report.defaults.map(({ kind }) => kind)).toContain('opq');
    expect(await settings.choice()).toEqual({ kind: 'ivfpq', M: 8 });
  });

  it.each<[string, unknown]>([
    ['no kind', {}],
    ['nothing', null],
    ['an unknown kind', { kind: 'annoy' }],
    ['a size that does not divide d', { kind: 'pq', M: 5 }],
    ['more cells than photos', { kind: 'ivf', nlist: 4_096 }],
    ['a text for a number', { kind: 'ivf', nlist: '8' }],
  ])('rejects an invalid choice: %s', async (_, choice) => {
    const { service, store } = await serviceOf(100);
    await expect(service.choose(choice as IndexChoice)).rejects.toMatchObject({
      code: 'invalid-argument',
    });
    expect((await service.report()).choice).toEqual({ kind: 'automatic' });
    // A library may shrink below its choice's limits; an impossible choice is ignored.
    await store.meta.set('index-choice', choice);
    const { choice: read } = await service.report();
    expect(read).toEqual(_ === 'more cells than photos' ? choice : { kind: 'automatic' });
  });

  it('ignores a stored check that can’t be read', async () => {
    const { index, service, store } = await serviceOf(10);
    for (const kept of [7, { generation: index.generation, quality: { recall10: 'x' } }]) {
      await store.meta.set('index-quality', kept);
      expect((await service.report()).quality).toBeNull();
    }
  });

  it('reports another tab’s work, and loads its index once it is done or gone', async () => {
    const { withIndexLock, events, index, name, service } = await serviceOf(400);
    const other = await openTab(await openStore({ name }), {
      trainer: trainerOf(await openStore({ name })),
    });
    const work = {
      state: 'building',
      kind: 'ivf',
      vectors: 400,
      stage: 'training',
      share: 0.5,
    } as const;
    let release = () => {};
    const held = withIndexLock(
      () =>
        new Promise<void>((resolve) => {
          release = resolve;
        }),
    );
    service.hear({ type: 'index-work', work });
    service.hear({ type: 'index-work', work: { ...work, share: 0.6 } });
    expect((await service.report()).work).toEqual({ ...work, share: 0.6 });
    await other.settings.choose({ kind: 'ivf' }, 400);
    await other.maintainer.maintain({ quiet: true });
    release();
    await held;
    await expect.poll(() => index.segments()[0]?.spec.kind).toBe('ivf');
    // The other tab never reported an end: it is gone.
    await expect.poll(() => events.at(-1)).toEqual({ type: 'index-work', work: { state: 'idle' } });
    expect((await service.report()).work).toEqual({ state: 'idle' });
  });

  it('drops another tab’s failure once this one has built an index', async () => {
    const { maintainer, service, settings } = await serviceOf(400);
    const failed = { state: 'failed', code: 'internal', message: 'It broke.' } as const;
    service.hear({ type: 'index-work', work: failed });
    expect((await service.report()).work).toEqual(failed);
    await settings.choose({ kind: 'ivf' }, 400);
    await maintainer.maintain({ quiet: true });
    expect((await service.report()).work).toEqual({ state: 'idle' });
  });

  it('cancels in every tab', async () => {
    const { events, maintainer, service } = await serviceOf(10);
    service.cancel();
    expect(events).toEqual([{ type: 'index-cancel' }]);
    expect(maintainer.work).toEqual({ state: 'idle' });
  });
});

it('checks a library with unreadable vectors', async () => {
  const { name, service } = await serviceOf(300);
  const database = await openDB(name);
  await database.put('vectors', 'x', [SPACE.id, 3]);
  database.close();
  const quality = await service.check(never);
  expect(quality.queries).toBeGreaterThan(98);
  expect(quality.recall10).toBeGreaterThan(0.95);
});

it('takes the middle of an odd count and the mean of the middle two of an even one', () => {
  expect([median([]), median([3]), median([1, 9, 2]), median([4, 1, 2, 3])]).toEqual([
    0, 3, 2, 2.5,
  ]);
});
