import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { AkinError, notConfigured } from '../../base/errors.ts';
import type { PhotoId } from '../../protocol/index.ts';
import type { Store } from '../../store/index.ts';
import { importPhoto } from '../../store/testing/library.ts';
import { PhotoTries } from '../shared/photoTries.ts';
import { BLANK, library, type Nets, SPACE, visit } from '../testing/faceVisits.ts';

const well: Nets = () => {};
const breaksOn =
  (...bad: readonly PhotoId[]): Nets =>
  (photo) => {
    if (bad.includes(photo)) throw new AkinError('internal', `Photo ${photo} is too much.`);
  };
const counts = (store: Store, version = SPACE.version) => store.faces.scanCounts(version);
const facesOf = async (store: Store) => [...(await store.faces.list()).photoIds];

/** Scans until a picture crashes the tab. */
async function dieOn(store: Store, bad: PhotoId) {
  let died = () => {};
  const death = new Promise<void>((resolve) => {
    died = resolve;
  });
  const open = visit(store, (photo) => {
    if (photo !== bad) return;
    died();
    return new Promise<void>(() => {});
  });
  await open.looker.wake();
  await death;
  return open;
}

describe('FaceBackfill', () => {
  it('scans each photo once and reports when none are left', async () => {
    const store = await library(40);
    const open = visit(store, well);
    await open.look();
    expect(open.asked).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
    expect(await facesOf(store)).toHaveLength(40);
    expect(await counts(store)).toEqual({ scanned: 40, failed: 0, photos: 40 });
    expect(open.works().at(0)).toMatchObject({ state: 'scanning', total: 40 });
    expect(open.works().at(-1)).toEqual({ state: 'idle' });
    expect(await store.meta.get('faces.tries')).toBeUndefined();
    await open.look();
    expect(open.asked).toHaveLength(40);
  });

  it('saves photos in flight in batches, not one by one', async () => {
    const store = await library(40);
    let written = 0;
    const { meta } = store;
    const update = meta.update.bind(meta);
    meta.update = (name, change) => {
      if (name === 'faces.tries') written++;
      return update(name, change);
    };
    await visit(store, well).look();
    expect(written).toBe(2);
  });

  it('counts a photo that can’t be decoded as failed', async () => {
    const store = await library(2);
    const id = await importPhoto(store, 3);
    const { photos } = store;
    const original = photos.original.bind(photos);
    photos.original = async (of) => (of === id ? new Blob(['no picture']) : original(of));
    await visit(store, well).look();
    expect(await counts(store)).toEqual({ scanned: 3, failed: 1, photos: 3 });
    expect(await facesOf(store)).toEqual([1, 2]);
  });
});

describe('a library cleared during a scan', () => {
  it('stays empty, whatever the scan was about to record', async () => {
    const store = await library(40);
    const open = visit(store, async (photo) => {
      if (photo === 3) await store.clear();
      if (photo > 3) throw new AkinError('internal', 'Too much.');
    });
    await open.look();
    expect(open.asked).toContain(3);
    expect(await store.isEmpty()).toBe(true);
  });

  it('stays empty if the scan is just starting', async () => {
    const store = await library(2);
    const open = visit(store, well);
    open.settings.goesOn = async () => {
      await store.clear();
      return true;
    };
    await open.look();
    expect(await store.isEmpty()).toBe(true);
  });
});

describe('a photo that breaks the face models', () => {
  it('is tried three times, after all others, and then counts as scanned', async () => {
    const store = await library(5);
    const open = visit(store, breaksOn(2));
    await open.look();
    expect(open.asked.filter((photo) => photo !== BLANK)).toEqual([1, 2, 3, 4, 5, 2, 2]);
    expect(await counts(store)).toEqual({ scanned: 5, failed: 1, photos: 5 });
    expect(open.works().at(-1)).toEqual({ state: 'idle' });
    const next = visit(store, breaksOn(2));
    await next.look();
    expect(next.asked).toEqual([]);
  });

  it('has its face saved if a retry succeeds', async () => {
    const store = await library(3);
    let tries = 0;
    const open = visit(store, (photo) => {
      if (photo === 2 && ++tries < 3) throw new AkinError('worker-died', 'Out of memory.');
    });
    await open.look();
    expect(await counts(store)).toEqual({ scanned: 3, failed: 0, photos: 3 });
    expect(await facesOf(store)).toHaveLength(3);
    expect(await store.meta.get('faces.tries')).toBeUndefined();
  });

  it('is scanned again on request and by other models', async () => {
    const store = await library(3);
    await visit(store, breaksOn(2)).look();
    const other = visit(store, well, 'nets 2');
    await other.look();
    expect(other.asked).toEqual([1, 2, 3]);
    expect(await counts(store, 'nets 2')).toEqual({ scanned: 3, failed: 0, photos: 3 });

    const again = await library(3);
    await visit(again, breaksOn(2)).look();
    await Promise.all([again.faces.forgetFailures(), PhotoTries.forget(again.meta)]);
    const open = visit(again, well);
    await open.look();
    expect(open.asked).toEqual([2]);
    expect(await counts(again)).toEqual({ scanned: 3, failed: 0, photos: 3 });
  });

  it('keeps the faces that other models found in it', async () => {
    const store = await library(2);
    await visit(store, well).look();
    const before = await store.faces.ofPhoto(2);
    await visit(store, breaksOn(2), 'nets 2').look();
    expect(await counts(store, 'nets 2')).toMatchObject({ failed: 1 });
    expect(await store.faces.ofPhoto(2)).toEqual(before);
  });

  it.each([
    ['don’t work at all', new AkinError('internal', 'No graphics.')],
    ['were never configured', notConfigured()],
  ])('is not blamed if the models %s', async (_how, error) => {
    const store = await library(2);
    for (let visits = 1; visits <= 4; visits++) {
      const open = visit(store, () => {
        throw error;
      });
      await open.look();
      expect(open.works().at(-1)).toMatchObject({ state: 'failed', message: error.message });
      expect(open.asked).not.toHaveLength(0);
    }
    expect(await counts(store)).toEqual({ scanned: 0, failed: 0, photos: 2 });
    await visit(store, well).look();
    expect(await counts(store)).toEqual({ scanned: 2, failed: 0, photos: 2 });
  });

  it('is one of several in a row that end a scan; the next scan starts with the others', async () => {
    const store = await library(6);
    const bad = breaksOn(1, 2, 3);
    const first = visit(store, bad);
    await first.look();
    expect(first.works().at(-1)).toMatchObject({ state: 'failed', code: 'internal' });
    const second = visit(store, bad);
    await second.look();
    expect(second.asked.slice(0, 3)).toEqual([4, 5, 6]);
    expect(second.works().at(-1)).toEqual({ state: 'idle' });
    expect(await counts(store)).toEqual({ scanned: 6, failed: 3, photos: 6 });
  });

  it('may have a face that can’t be saved, and the others are still scanned', async () => {
    const store = await library(3);
    const { faces } = store;
    const keep = faces.keep.bind(faces);
    faces.keep = (found) =>
      keep(found.photoId === 2 ? { ...found, faces: [{ ...found.faces[0]!, score: 7 }] } : found);
    await visit(store, well).look();
    expect(await counts(store)).toEqual({ scanned: 3, failed: 1, photos: 3 });
  });
});

describe('a photo that crashes the tab', () => {
  it('is skipped after three tries, unlike its neighbors', async () => {
    const store = await library(40);
    await dieOn(store, 5);
    expect(await counts(store)).toMatchObject({ scanned: 4 });
    const second = await dieOn(store, 5);
    // Photos never under suspicion come first, then the suspects one by one.
    const rest = Array.from({ length: 40 - 32 }, (_, i) => i + 33);
    expect(second.asked).toEqual([...rest, BLANK, 5]);
    await dieOn(store, 5);
    const last = visit(store, well);
    await last.look();
    expect(last.asked).not.toContain(5);
    expect(last.works().at(-1)).toEqual({ state: 'idle' });
    expect(await counts(store)).toEqual({ scanned: 40, failed: 1, photos: 40 });
    expect(await facesOf(store)).toHaveLength(39);
    expect(await store.meta.get('faces.tries')).toBeUndefined();
  });

  it('is not suspected if the tab closed while the models were loading', async () => {
    const store = await library(3);
    for (let visits = 1; visits <= 6; visits++) {
      const open = visit(store, () => new Promise<void>(() => {}));
      await open.looker.wake();
      await expect.poll(() => open.asked.length).toBe(1);
    }
    const open = visit(store, well);
    await open.look();
    expect(await counts(store)).toEqual({ scanned: 3, failed: 0, photos: 3 });
  });

  it.each([
    ['no marks', 'x'],
    ['null', null],
    ['marks of other nets', { version: 'nets 0', hand: [1], tries: [[1, 9]] }],
    ['damaged marks', { version: 'nets 1', hand: ['1', -2, 0.5], tries: [1, ['1', 9], [1, 'x']] }],
  ])('is not inferred from invalid scan attempts: %s', async (_what, kept) => {
    const store = await library(2);
    await store.meta.set('faces.tries', kept);
    const open = visit(store, well);
    await open.look();
    expect(open.asked).toEqual([1, 2]);
  });
});

describe('stopping and waking a scan', () => {
  it('reports how many photos are left and blames none of them', async () => {
    const store = await library(40);
    const open = visit(store, async (photo) => {
      if (photo !== 5) return;
      await open.settings.setStopped(true);
      void open.looker.halt();
    });
    await open.look();
    expect(open.works().at(-1)).toEqual({ state: 'stopped', left: 35 });
    const next = visit(store, well);
    await next.look();
    expect(next.asked).toEqual([]);
    await next.settings.setStopped(false);
    await next.look();
    expect(next.asked).toEqual(Array.from({ length: 35 }, (_, i) => i + 6));
    expect(next.works().at(-1)).toEqual({ state: 'idle' });
  });

  it('reports nothing left if faces are turned off', async () => {
    const store = await library(3);
    const open = visit(store, async (photo) => {
      if (photo !== 2) return;
      await open.settings.turnOff();
      void open.looker.halt();
    });
    await open.look();
    expect(open.works().at(-1)).toEqual({ state: 'idle' });
  });

  it('scans again if woken during a scan', async () => {
    const store = await library(3);
    const open = visit(store, async (photo) => {
      if (photo !== 3) return;
      await store.faces.fail(1, SPACE.version, 'internal');
      await store.faces.forgetFailures();
      await open.looker.wake();
    });
    await open.look();
    await expect.poll(() => open.asked).toEqual([1, 2, 3, 1]);
    await expect.poll(() => counts(store)).toEqual({ scanned: 3, failed: 0, photos: 3 });
  });
});
