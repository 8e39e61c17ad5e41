import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { AkinError } from '../../base/errors.ts';
import type { Store } from '../../store/index.ts';
import { keysIn } from '../../store/testing/faces.ts';
import {
  fileOf,
  freshName,
  importPhoto,
  keepOf,
  openLibrary,
  SPACE,
} from '../../store/testing/library.ts';
import { lockOf } from '../testing/indexedLibrary.ts';
import { NEXT, type Nets, nextVector, photo, photos, visit } from '../testing/moves.ts';
import { moveReport } from './moveReport.ts';

const WANTED = { date: 2, space: NEXT.id, colors: 1 };
const breaksOn =
  (code: 'internal' | 'worker-died', ...bad: readonly string[]): Nets =>
  (picture) => {
    if (bad.includes(picture)) throw new AkinError(code, 'The nets gave up.');
  };

async function library(count: number) {
  const name = freshName();
  const store = await openLibrary({ name });
  return { name, store, ids: await photos(store, count) };
}

const left = async (store: Store) => (await store.ledger.missing(WANTED)).map(({ id }) => id);

/**
 * Moves until a certain picture reaches the models, which then hang, as if the tab had crashed.
 */
async function dieOn(store: Store, bad: string) {
  let died = () => {};
  const death = new Promise<void>((resolve) => {
    died = resolve;
  });
  const open = visit(store, (picture) => {
    if (picture !== bad) return;
    died();
    return new Promise<void>(() => {});
  });
  void open.mover.wake();
  await death;
}

describe('moving a library', () => {
  it('moves each photo once, newest first, and reports when all are done', async () => {
    const { store, ids } = await library(10);
    const open = visit(store);
    await open.move();
    expect(open.asked).toEqual(ids.toReversed().map((id) => `original ${id}`));
    expect(await left(store)).toEqual([]);
    expect(open.works().at(0)).toMatchObject({ state: 'moving', done: 0, total: 10 });
    expect(open.works().at(-1)).toEqual({ state: 'finishing', total: 10 });
    expect(open.told.at(-1)).toEqual({ type: 'moved-all' });
    const told = open.told.flatMap((event) => (event.type === 'moved' ? event.ids : []));
    expect(told.toSorted((a, b) => a - b)).toEqual(ids);
    const { vectors } = await store.indexes.vectors(NEXT, [ids[3]!]);
    expect(vectors).toEqual(nextVector(ids[3]!));
    // The old space stays untouched until the index of the new one is sealed.
    expect(await store.indexes.count(SPACE.id)).toBe(10);
    expect(open.asked).toHaveLength(10);
    await open.move();
    expect(open.asked).toHaveLength(10);
  });

  it('fills in the regions of photos that have their vector, once', async () => {
    const { store, ids } = await library(3);
    await visit(store).move();
    expect(await store.regions.ids(NEXT.id)).toEqual([]);
    const open = visit(store, undefined, NEXT.id, undefined, true);
    await open.move();
    expect(open.asked).toHaveLength(3);
    expect(await store.regions.ids(NEXT.id)).toEqual(ids);
    // The vectors, which an index may hold, are as they were.
    const { vectors } = await store.indexes.vectors(NEXT, [ids[1]!]);
    expect(vectors).toEqual(nextVector(ids[1]!));
    await open.move();
    expect(open.asked).toHaveLength(3);
  });

  it('moves recently viewed photos first, and one opened meanwhile next', async () => {
    const { store, ids } = await library(30);
    await store.ledger.viewed(ids[4]!);
    const open = visit(store, async (picture) => {
      if (picture === `original ${ids[29]}`) {
        await open.mover.hear({ type: 'viewed', id: ids[0]! });
      }
    });
    await open.move();
    expect(open.asked[0]).toBe(`original ${ids[4]}`);
    // After those that are already decoded.
    expect(open.asked.indexOf(`original ${ids[0]}`)).toBeLessThan(12);
    expect(new Set(open.asked).size).toBe(30);
  });

  it('resumes where a killed tab stopped and loses nothing', async () => {
    const { store, name, ids } = await library(12);
    await dieOn(store, `original ${ids[3]}`);
    const before = await left(store);
    expect(before.length).toBeGreaterThan(0);
    expect(before.length).toBeLessThan(12);
    const open = visit(store);
    await open.move();
    expect(open.asked).toHaveLength(before.length);
    expect(await left(store)).toEqual([]);
    expect(await keysIn(name, 'meta')).not.toContain('"moving.tries"');
  });

  it('uses the thumbnail of a photo that crashes the tab three times', async () => {
    const { store, ids } = await library(2);
    for (let visits = 0; visits < 3; visits++) await dieOn(store, `original ${ids[0]}`);
    const open = visit(store);
    await open.move();
    expect(open.asked).toContain(`thumbnail ${ids[0]}`);
    expect(open.asked).not.toContain(`original ${ids[0]}`);
    expect((await moveReport(store, NEXT.id)).notes).toMatchObject([
      { id: ids[0], code: 'worker-died' },
    ]);
  });

  it('uses the thumbnail if the original is missing or damaged, and notes it', async () => {
    const { store, ids } = await library(2);
    const damaged = await photo(store, 3, new Blob(['noise']));
    const original = store.photos.original.bind(store.photos);
    store.photos.original = async (id) => {
      if (id === ids[0]) throw new AkinError('not-found', 'It is not here.');
      return original(id);
    };
    const open = visit(store);
    await open.move();
    expect(open.asked).toEqual([
      `thumbnail ${damaged}`,
      `original ${ids[1]}`,
      `thumbnail ${ids[0]}`,
    ]);
    expect(await moveReport(store, NEXT.id)).toMatchObject({
      failed: 0,
      reduced: 2,
      notes: [
        { id: ids[0], code: 'not-found', failed: false },
        { id: damaged, code: 'damaged-picture', failed: false },
      ],
    });
  });

  it('lists a photo that can’t be moved, continues, and retries it on request', async () => {
    const { store, ids } = await library(5);
    let works = false;
    const open = visit(store, (picture) => {
      if (!works) return breaksOn('internal', `original ${ids[2]}`)(picture);
    });
    await open.move();
    expect(open.works().at(-1)).toEqual({ state: 'finishing', total: 5 });
    expect(await moveReport(store, NEXT.id)).toMatchObject({
      failed: 1,
      from: [SPACE.id],
      notes: [{ id: ids[2], code: 'internal', message: 'The nets gave up.', failed: true }],
    });
    works = true;
    await open.mover.retry();
    await open.mover.settled();
    expect(await moveReport(store, NEXT.id)).toMatchObject({ failed: 0, notes: [] });
    expect(await left(store)).toEqual([]);
  });

  it('stops if the models don’t work at all or the disk is full, and can be resumed', async () => {
    const { store } = await library(8);
    let broken = true;
    const open = visit(store, () => {
      if (broken) throw new AkinError('internal', 'No device.');
    });
    await open.move();
    expect(open.works().at(-1)).toMatchObject({ state: 'stopped', message: 'No device.' });
    broken = false;
    const keep = store.ledger.keep.bind(store.ledger);
    let room = 3;
    store.ledger.keep = async (request) => {
      if (room-- <= 0) throw new AkinError('quota-exceeded', 'There is no room left.');
      return keep(request);
    };
    await open.mover.retry();
    await open.mover.settled();
    expect(open.works().at(-1)).toMatchObject({ state: 'stopped', code: 'quota-exceeded' });
    expect((await left(store)).length).toBeGreaterThan(0);
    store.ledger.keep = keep;
    await open.mover.resume();
    await open.mover.settled();
    expect(await left(store)).toEqual([]);
  });

  it('stays paused when the library reopens, and can be resumed', async () => {
    const { store } = await library(6);
    const first = visit(store, async () => {
      await first.mover.hear({ type: 'viewed', id: 1 });
    });
    await first.mover.wake();
    await first.mover.pause();
    await first.mover.settled();
    const open = visit(store);
    await open.move();
    expect(open.asked).toEqual([]);
    expect(open.works().at(-1)).toMatchObject({ state: 'paused', total: 6 });
    await open.mover.resume();
    await open.mover.settled();
    expect(await left(store)).toEqual([]);
  });

  it('runs in one of several tabs and can be paused by any', async () => {
    const { store, ids } = await library(24);
    const inTurn = lockOf();
    let paused: Promise<void> | null = null;
    const one = visit(
      store,
      (picture) => {
        if (picture === `original ${ids[12]}`) paused ??= two.mover.pause();
      },
      NEXT.id,
      inTurn,
    );
    const two = visit(store, () => {}, NEXT.id, inTurn);
    const ends = [one, two].map(({ told }, i) => ({ told, other: [two, one][i]!.mover, heard: 0 }));
    /** Each receives the other's events. */
    const deliver = setInterval(() => {
      for (const end of ends) {
        for (const event of end.told.slice(end.heard)) void end.other.hear(event);
        end.heard = end.told.length;
      }
    }, 1);
    await one.mover.wake();
    await two.mover.wake();
    await expect.poll(() => paused).not.toBe(null);
    await paused;
    await Promise.all([one.mover.settled(), two.mover.settled()]);
    const before = (await left(store)).length;
    expect(before).toBeGreaterThan(0);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(await left(store)).toHaveLength(before);
    await one.mover.resume();
    await expect.poll(() => left(store)).toEqual([]);
    clearInterval(deliver);
    expect([...one.asked, ...two.asked]).toHaveLength(new Set([...one.asked, ...two.asked]).size);
  });

  it('waits while photos are imported', async () => {
    const { store } = await library(3);
    const open = visit(store);
    const counts = { importId: 'a', total: 1, done: 0, imported: 0, duplicates: 0, failed: 0 };
    const running = { ...counts, skipped: 0, rate: null, secondsLeft: null } as const;
    await open.mover.hear({
      type: 'progress',
      progress: { state: 'running', step: 'photos', ...running },
    });
    await open.mover.wake();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(open.asked).toEqual([]);
    await open.mover.hear({
      type: 'progress',
      progress: { state: 'done', cancelled: false, ...running },
    });
    await open.mover.settled();
    expect(open.asked).toHaveLength(3);
  });

  it('stores nothing for a photo permanently deleted while the models analyze it', async () => {
    const { store, name, ids } = await library(3);
    const open = visit(store, async (picture) => {
      if (picture !== `original ${ids[1]}`) return;
      await store.trash.add([ids[1]!]);
      await store.trash.purge(null);
    });
    await open.move();
    for (const of of ['vectors', 'delta', 'classes', 'ledger']) {
      expect((await keysIn(name, of)).filter((key) => key.endsWith(`${ids[1]}]`))).toEqual([]);
    }
    expect(await keysIn(name, 'ledger')).toEqual([String(ids[0]), String(ids[2])]);
  });

  it('leaves the library empty if everything is deleted meanwhile', async () => {
    const { store, name, ids } = await library(9);
    const open = visit(store, async (picture) => {
      if (picture === `original ${ids[8]}`) await store.clear();
    });
    await open.move();
    for (const of of ['vectors', 'delta', 'classes', 'ledger', 'photos']) {
      expect(await keysIn(name, of)).toEqual([]);
    }
    expect(await store.isEmpty()).toBe(true);
  });

  it('can move back, analyzing only the photos that the old space lacks', async () => {
    const { store, ids } = await library(3);
    const [staged] = await store.jobs.stage([fileOf(4)]);
    await store.photos.keep({ ...keepOf(staged!.id), spaceId: NEXT.id, vector: nextVector(4) });
    await store.ledger.keep({ id: ids[0]!, spaceId: NEXT.id, vector: nextVector(1) });
    const back = visit(store, () => {}, SPACE.id);
    await back.move();
    expect(back.asked).toEqual([`original ${staged!.id}`]);
    expect(back.works().at(-1)).toMatchObject({ state: 'finishing' });
    expect(await store.spaces.drop(NEXT.id, SPACE.id)).toBe('dropped');
  });

  it('moves photos added later by a tab running an earlier version', async () => {
    const { store } = await library(2);
    const open = visit(store);
    await open.move();
    while ((await store.spaces.drop(SPACE.id, NEXT.id)) === 'more');
    await open.mover.hear({ type: 'space-dropped', spaceId: SPACE.id });
    await open.mover.settled();
    expect(open.works().at(-1)).toEqual({ state: 'idle' });
    const late = await importPhoto(store, 3);
    await open.mover.hear({ type: 'imported', ids: [late], aspects: [1] });
    await open.mover.settled();
    expect(open.asked.at(-1)).toBe(`original ${late}`);
    // The next visit notices by itself.
    const later = await importPhoto(store, 4);
    const next = visit(store);
    await next.move();
    expect(next.asked).toEqual([`original ${later}`]);
  });

  it('ends silently when the target changes, and another mover moves photos back', async () => {
    const { store, ids } = await library(8);
    const open = visit(store, (picture) => {
      if (picture === `original ${ids[2]}`) open.mover.end();
    });
    await open.move();
    const told = open.told.length;
    expect(open.works().at(-1)).toEqual({ state: 'idle' });
    await open.mover.wake();
    await open.mover.hear({ type: 'space-dropped', spaceId: 'any' });
    await open.mover.settled();
    expect(open.told).toHaveLength(told);
    // Back to the space all of them have vectors in: nothing to recompute.
    const back = visit(store, () => {}, SPACE.id);
    await back.move();
    expect(back.asked).toEqual([]);
    expect(back.works().at(-1)).toEqual({ state: 'finishing', total: 8 });
    expect(back.told.at(-1)).toEqual({ type: 'moved-all' });
  });
});
