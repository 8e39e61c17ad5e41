import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import type { BuiltIndex } from '../../protocol/index.ts';
import { openStore } from '../../store/index.ts';
import { PrivateFiles } from '../../store/testing/privateFiles.ts';
import {
  heldInTraining,
  libraryOf,
  lockOf,
  openTab,
  recallOf,
  SPACE,
  type Tab,
  trainedTab,
  trainerOf,
  upTo,
  vectorOf,
} from '../testing/indexedLibrary.ts';
import { searchFor } from '../testing/searchFor.ts';

const N = 800;
const IDS = upTo(N);
const CODES = { kind: 'ivfpq', nlist: 8, M: 4, nbits: 4, rerank: 'none' } as const;
const COMPACT = { ...CODES, rerank: 'sq8' } as const;

const cosineOf = (a: Float32Array, b: Float32Array) => a.reduce((sum, x, i) => sum + x * b[i]!, 0);

/** Maximum error of the reported cosines. */
async function worstCosine({ index }: Tab): Promise<number> {
  const errors: number[] = [];
  for (const id of [1, 50, 333, 799]) {
    for (const hit of (await searchFor(index, id, 10))!.hits) {
      errors.push(Math.abs(hit.score - cosineOf(vectorOf(id), vectorOf(hit.id))));
    }
  }
  return Math.max(...errors);
}

const exactBytes = ({ index }: Tab) => index.segments()[0]!.sourceBytes;

describe('the exact vectors of a trained index', () => {
  it.each([[COMPACT], [CODES]])(
    'are stored in a file and used for the final ranking: %o',
    async (choice) => {
      const disk = new PrivateFiles();
      const { store } = await libraryOf(N, { folder: disk.folder });
      const tab = await trainedTab(store, N, choice);
      expect(disk.files.size).toBe(1);
      expect(exactBytes(tab)).toBe(64 + N * 4 * (SPACE.d + 1));
      const again = await openTab(store);
      for (const each of [tab, again]) {
        expect(exactBytes(each)).toBeGreaterThan(0);
        expect(await worstCosine(each)).toBeLessThan(1e-6);
        expect(await recallOf(each, IDS)).toBeGreaterThan(0.95);
      }
    },
  );

  it('also supply the query, so that no database request is made', async () => {
    const disk = new PrivateFiles();
    const { store } = await libraryOf(N, { folder: disk.folder });
    const { index } = await trainedTab(store, N, CODES);
    const wide = store.indexes.vector;
    let requests = 0;
    store.indexes.vector = (...args) => {
      requests++;
      return wide.apply(store.indexes, args);
    };
    expect((await searchFor(index, 9, 5))!.hits).toHaveLength(5);
    expect(requests).toBe(0);
  });

  it('may be missing or damaged, in which case data in memory does the ranking', async () => {
    const disk = new PrivateFiles();
    const { store } = await libraryOf(N, { folder: disk.folder });
    await trainedTab(store, N, COMPACT);
    const [name] = [...disk.files.keys()];
    const good = disk.files.get(name!)!;
    for (const spoil of [
      () => disk.files.delete(name!),
      () => disk.files.set(name!, good.slice(0, 100)),
      () => disk.files.set(name!, new Uint8Array(good.length)),
    ]) {
      spoil();
      const tab = await openTab(store);
      expect(exactBytes(tab)).toBe(0);
      expect(tab.index.rebuilt).toBeNull();
      expect(await worstCosine(tab)).toBeLessThan(0.02);
      expect(await recallOf(tab, IDS)).toBeGreaterThan(0.9);
      disk.files.set(name!, good);
    }
  });

  it('are not written if the disk is full, and the index is still built', async () => {
    const disk = new PrivateFiles();
    disk.quota = 10_000;
    const { store } = await libraryOf(N, { folder: disk.folder });
    const built: BuiltIndex[] = [];
    const trainer = trainerOf(store);
    const tab = await openTab(store, {
      trainer: {
        ...trainer,
        build: async (...args) => {
          const made = await trainer.build(...args);
          built.push(made);
          return made;
        },
      },
    });
    await tab.settings.choose(COMPACT, N);
    await tab.maintainer.maintain({ quiet: true });
    expect(built[0]?.vectorFile).toBeNull();
    expect(built[0]?.warnings.join()).toMatch(/rounded vectors: There is no room left/);
    expect(tab.index.segments()[0]?.spec.kind).toBe('ivfpq');
    expect(exactBytes(tab)).toBe(0);
    // The partially written file is gone.
    expect([disk.files.size, disk.opened.length]).toEqual([0, 0]);
  });
});

describe('files of exact vectors', () => {
  it('are deleted with their index on retraining and on clearing', async () => {
    const disk = new PrivateFiles();
    const { store } = await libraryOf(N, { folder: disk.folder });
    const tab = await trainedTab(store, N, COMPACT);
    const [before] = [...disk.files.keys()];
    tab.maintainer.rebuild();
    await tab.maintainer.maintain();
    expect(disk.files.size).toBe(1);
    expect(disk.files.has(before!)).toBe(false);
    await store.clear();
    tab.index.clear();
    await expect.poll(() => disk.files.size).toBe(0);
  });

  it('left by a crashed tab are deleted when the library next opens', async () => {
    const disk = new PrivateFiles();
    const { store } = await libraryOf(N, { folder: disk.folder });
    await trainedTab(store, N, COMPACT);
    const orphan = (await store.vectorFiles.create(SPACE))!;
    orphan.append(Uint32Array.of(1), vectorOf(1));
    orphan.close();
    expect(disk.files.size).toBe(2);
    await openTab(store);
    await expect.poll(() => disk.files.has(orphan.name)).toBe(false);
    expect(disk.files.size).toBe(1);
  });

  it('being written are left alone by a tab that opens', async () => {
    const disk = new PrivateFiles();
    const { store } = await libraryOf(N, { folder: disk.folder });
    const withIndexLock = lockOf();
    const { tab, finish } = await heldInTraining(store, N, COMPACT, withIndexLock);
    // The file is complete, and nothing refers to it yet.
    const other = await openTab(store, { withIndexLock });
    expect(disk.files.size).toBe(1);
    await finish();
    expect(exactBytes(tab)).toBeGreaterThan(0);
    await withIndexLock(() => other.index.refresh());
    expect(exactBytes(other)).toBeGreaterThan(0);
  });

  it('still open in another tab are deleted once it closes them', async () => {
    const disk = new PrivateFiles();
    const { name, store } = await libraryOf(N, { folder: disk.folder });
    const withIndexLock = lockOf();
    const tab = await trainedTab(store, N, COMPACT);
    const other = await openTab(await openStore({ name, folder: disk.folder }), { withIndexLock });
    expect(exactBytes(other)).toBeGreaterThan(0);
    tab.maintainer.rebuild();
    await tab.maintainer.maintain();
    expect(disk.files.size).toBe(2);
    expect(await other.index.refresh()).toBe(true);
    expect(disk.files.size).toBe(1);
    expect(await worstCosine(other)).toBeLessThan(1e-6);
  });
});
