import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { describe, expect, it } from 'vitest';
import type { IndexChoice } from '../../protocol/index.ts';
import { openStore, type Store } from '../../store/index.ts';
import { PrivateFiles } from '../../store/testing/privateFiles.ts';
import {
  heldInTraining,
  hitsOf,
  IVFPQ,
  libraryOf,
  lockOf,
  openTab,
  recallOf,
  shapeOf,
  type Tab,
  trainedTab,
  trainerOf,
  upTo,
  vectorOf,
  writePhotos,
} from '../testing/indexedLibrary.ts';
import { searchFor } from '../testing/searchFor.ts';

const N = 600;
const KINDS: readonly IndexChoice[] = [
  { kind: 'flat' },
  { kind: 'flat', store: 'sq8' },
  { kind: 'ivf', nlist: 8 },
  { kind: 'pq', M: 4, rerank: 'float32' },
  { kind: 'opq', M: 4, rerank: 'none' },
  { ...IVFPQ, rerank: 'sq8' },
  { kind: 'lopq', nlist: 4, M: 4, rerank: 'float32' },
];

/** Everything stored of and beside the index, as one byte string. */
async function savedBytes(name: string, disk: PrivateFiles): Promise<Buffer> {
  const database = await openDB(name);
  const parts: Uint8Array[] = [...disk.files.values()];
  for (const store of ['segments', 'vectors']) {
    for (const value of (await database.getAll(store)) as ArrayBuffer[]) {
      parts.push(new Uint8Array(value));
    }
  }
  database.close();
  return Buffer.concat(parts);
}

const bytesOf = (id: number) => Buffer.from(vectorOf(id).buffer);

/** Permanently deletes photos as the library does, without maintaining the index yet. */
async function purge(store: Store, { index }: Tab, ids: readonly number[]): Promise<void> {
  await store.trash.add(ids);
  index.hide(ids);
  await store.trash.purge(ids);
  await index.purge();
}

async function tombstones(name: string): Promise<unknown[]> {
  const database = await openDB(name);
  const keys = await database.getAllKeys('tombstones');
  database.close();
  return keys;
}

describe('permanently deleted photos', () => {
  it.each(KINDS)('leave no vector in a segment or file: %o', async (choice) => {
    const disk = new PrivateFiles();
    const { name, store } = await libraryOf(N, { folder: disk.folder });
    const tab = await trainedTab(store, N, choice);
    const [before] = shapeOf(tab);
    await store.trash.add([9]);
    tab.index.hide([9]);
    await purge(store, tab, [3, 4, 500]);
    const trained = tab.told.length;
    await tab.maintainer.maintain({ quiet: true });
    const kept = await savedBytes(name, disk);
    for (const id of [3, 4, 500]) expect(kept.includes(bytesOf(id))).toBe(false);
    expect(kept.includes(bytesOf(5))).toBe(true);
    expect(disk.files.size).toBeLessThanOrEqual(1);
    expect(await tombstones(name)).toEqual([9]);
    // Nothing was retrained.
    const stages = tab.told.slice(trained).flatMap((work) => ('stage' in work ? work.stage : []));
    expect(stages).not.toContain('training');
    for (const each of [tab, await openTab(store)]) {
      expect(each.index.rebuilt).toBeNull();
      expect(shapeOf(each)[0]).toEqual([before![0], N - 4]);
      expect(each.index.segments().reduce((sum, { dead }) => sum + dead, 0)).toBeLessThan(2);
      const here = upTo(N).filter((id) => ![3, 4, 9, 500].includes(id));
      expect(await recallOf(each, here)).toBeGreaterThan(0.6);
    }
    await store.trash.restore([9]);
    await tab.index.show([9]);
    expect(await tab.index.vectorOf(9)).toEqual(vectorOf(9));
    expect(await hitsOf(tab, 9)).toHaveLength(10);
  });

  it.each([[{ kind: 'automatic' }], [IVFPQ]] as const)(
    'leave nothing if they were the whole library: %o',
    async (choice) => {
      const disk = new PrivateFiles();
      const { name, store } = await libraryOf(N, { folder: disk.folder });
      const tab = await trainedTab(store, N, choice);
      await purge(store, tab, upTo(N));
      await tab.maintainer.maintain({ quiet: true });
      expect((await savedBytes(name, disk)).length).toBe(0);
      expect(await tombstones(name)).toEqual([]);
      expect(shapeOf(tab)).toEqual([['delta', 0]]);
      await tab.index.addFromStore(await writePhotos(name, N + 1, N + 20));
      await tab.maintainer.maintain({ quiet: true });
      const again = await openTab(store);
      expect([...again.index.liveIds()]).toEqual(upTo(N + 20).slice(N));
      expect(again.index.rebuilt).toBeNull();
    },
  );

  it('leave no tombstone if no segment held them yet', async () => {
    const { name, store } = await libraryOf(10);
    const tab = await openTab(store);
    await purge(store, tab, [2]);
    await tab.maintainer.maintain({ quiet: true });
    expect(await tombstones(name)).toEqual([]);
    expect(shapeOf(tab)).toEqual([
      ['flat', 9],
      ['delta', 0],
    ]);
    await purge(store, tab, upTo(10));
    await tab.maintainer.maintain({ quiet: true });
    await purge(store, tab, await writePhotos(name, 11, 12));
    await tab.maintainer.maintain({ quiet: true });
    expect(await tombstones(name)).toEqual([]);
  });

  it('are purged the next time the library opens if the tab closes first', async () => {
    const disk = new PrivateFiles();
    const { name, store } = await libraryOf(N, { folder: disk.folder });
    const tab = await trainedTab(store, N, { ...IVFPQ, rerank: 'sq8' });
    await purge(store, tab, [3, 4]);
    expect((await savedBytes(name, disk)).includes(bytesOf(3))).toBe(true);
    tab.maintainer.cleared();
    // The disk after the tab has closed: no file is open.
    const left = new PrivateFiles();
    for (const [file, bytes] of disk.files) left.files.set(file, bytes);
    const next = await openTab(await openStore({ name, folder: left.folder }));
    await next.maintainer.maintain({ quiet: true });
    expect(next.told.some((work) => 'stage' in work && work.stage === 'purging')).toBe(true);
    expect((await savedBytes(name, left)).includes(bytesOf(3))).toBe(false);
    expect(shapeOf(next)[0]).toEqual(['ivfpq', N - 2]);
  });

  it('leave no file behind that another tab had open', async () => {
    const disk = new PrivateFiles();
    const { name, store } = await libraryOf(N, { folder: disk.folder });
    const withIndexLock = lockOf();
    const one = await trainedTab(store, N, { ...IVFPQ, rerank: 'sq8' });
    const two = await openTab(store, { withIndexLock });
    await purge(store, one, [3]);
    await two.index.purge();
    await one.maintainer.maintain({ quiet: true });
    expect((await savedBytes(name, disk)).includes(bytesOf(3))).toBe(true);
    await two.maintainer.maintain({ quiet: true });
    expect((await savedBytes(name, disk)).includes(bytesOf(3))).toBe(false);
    expect(disk.files.size).toBe(1);
    expect(two.told).toEqual([]);
    expect(shapeOf(two)).toEqual(shapeOf(one));
  });

  it('leave the previous segment in place if purging fails, and are retried', async () => {
    const { name, store } = await libraryOf(N);
    const made = await trainedTab(store, N, { ...IVFPQ, rerank: 'sq8' });
    made.maintainer.cleared();
    let works = false;
    const trainer = trainerOf(store, async () => {
      if (!works) throw new Error('no room');
    });
    const tab = await openTab(store, { trainer });
    await purge(store, tab, [3]);
    await tab.maintainer.maintain({ quiet: true });
    expect(tab.maintainer.work).toMatchObject({ state: 'failed', message: 'no room' });
    expect(shapeOf(tab)[0]).toEqual(['ivfpq', N - 1]);
    expect(await tombstones(name)).toEqual([3]);
    works = true;
    await tab.maintainer.maintain({ quiet: true });
    expect(tab.maintainer.work).toEqual({ state: 'idle' });
    expect(await tombstones(name)).toEqual([]);
  });

  it('do not come back with a training that started earlier', async () => {
    const { name, store } = await libraryOf(N);
    const { tab, finish } = await heldInTraining(store, N);
    await purge(store, tab, [7]);
    await finish();
    await tab.maintainer.maintain({ quiet: true });
    expect(await tombstones(name)).toEqual([]);
    expect(tab.index.segments()[0]).toMatchObject({ live: N - 1, dead: 0 });
    expect(await searchFor(tab.index, 7, 3)).toBeNull();
  });
});
