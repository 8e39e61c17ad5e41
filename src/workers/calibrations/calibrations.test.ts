import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { describe, expect, it } from 'vitest';
import type { PhotoId } from '../../protocol/index.ts';
import { isCalibratedSpace, type Store } from '../../store/index.ts';
import { oneIn } from '../../vision/calibration.ts';
import { isCalibration } from '../../vision/nets/fit.ts';
import type { CalibrationTable } from '../../vision/types.ts';
import { lockOf, SPACE, upTo, vectorOf } from '../testing/indexedLibrary.ts';
import {
  BASE,
  Channel,
  extended,
  importTaught,
  learned,
  openTaughtStore,
  type TaughtTab,
  taughtLibrary,
  taughtTab,
} from '../testing/taughtLibrary.ts';

const N = 60;

/** The ids with a vector in a space, ascending, and those in its delta. */
async function idsIn(name: string, spaceId: string) {
  const database = await openDB(name);
  const range = IDBKeyRange.bound([spaceId], [spaceId, []]);
  const of = async (store: string) =>
    ((await database.getAllKeys(store, range)) as [string, number][]).map(([, id]) => id);
  const all = { vectors: await of('vectors'), delta: await of('delta') };
  const tombstones = (await database.getAllKeys('tombstones')) as number[];
  const manifest = await database.get('manifest', spaceId);
  const segments = await database.count('segments');
  database.close();
  return { ...all, tombstones, manifest, segments };
}

/** A tab that has adopted and filled what was learned with each seed. */
async function adopting(store: Store, seeds: readonly number[]) {
  const tab = await taughtTab(store);
  const infos = [];
  for (const seed of seeds) {
    infos.push(await tab.adopt(learned(seed), `Seed ${seed}`));
    await tab.keeper.settled();
  }
  return { tab, infos };
}

const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, x, i) => sum + x * b[i]!, 0);

/** The photos' order by exact comparison of their extended vectors. */
function exactly(bytes: ArrayBuffer, query: PhotoId, ids: readonly PhotoId[], k: number) {
  const of = extended(bytes, query);
  return ids
    .filter((id) => id !== query)
    .map((id) => ({ id, cosine: dot(of, extended(bytes, id)) }))
    .sort((a, b) => b.cosine - a.cosine || a.id - b.id)
    .slice(0, k);
}

/** Hits by similarity, before the library's neighborhood reranks them. */
const nearestOf = async (tab: TaughtTab, id: PhotoId, k = 10) =>
  (await tab.hits(id, N)).toSorted((a, b) => b.cosine - a.cosine || a.id - b.id).slice(0, k);

describe('an adopted calibration', () => {
  it('is a space whose vectors are the extended ones of its base', async () => {
    const { name, store } = await taughtLibrary(N);
    await store.trash.add([5]);
    const { tab, infos } = await adopting(store, [1]);
    const [info] = await tab.calibrations();
    expect(infos[0]).toMatchObject({ title: 'Seed 1', method: 'ridge', weight: 2, isReady: false });
    expect(info).toMatchObject({
      ...{ id: infos[0]!.id, baseSpaceId: SPACE.id, d: 19, photos: N },
      ...{ isReady: true, isChosen: false },
    });
    expect(info!.spaceId).toBe(`test+${info!.id}/19`);
    expect(info!.bytes).toBeGreaterThan(N * 19 * 4);
    const space = { id: info!.spaceId, d: info!.d };
    const { vectors } = await store.indexes.vectors(space, upTo(N));
    for (const id of upTo(N)) {
      expect(vectors.subarray((id - 1) * 19, id * 19)).toEqual(extended(learned(1), id));
    }
    // Sealed, so opening it reads one segment; the trashed photo waits in the delta, hidden.
    const { delta, manifest, vectors: ids } = await idsIn(name, info!.spaceId);
    expect(delta).toEqual([5]);
    expect(manifest.segments).toHaveLength(1);
    expect(ids).toEqual(upTo(N));
    const row = await store.calibrations.get(info!.id);
    expect(isCalibration(row!.odds)).toBe(true);
    const works = tab.told.flatMap((event) =>
      event.type === 'calibration-work' ? event.work : [],
    );
    expect(works.map(({ state }) => state)).toEqual(['filling', 'indexing', 'idle']);
    expect(works[1]).toMatchObject({ done: N, total: N });
  });

  it('has the odds of its base at each rank', async () => {
    const { store } = await taughtLibrary(N);
    const { infos } = await adopting(store, [1]);
    const odds = (await store.calibrations.get(infos[0]!.id))!.odds as CalibrationTable;
    const rates = (of: (id: number) => Float32Array, table: CalibrationTable) => {
      const pairs = upTo(N).flatMap((a) => upTo(a - 1).map((b) => oneIn(table, dot(of(a), of(b)))));
      return pairs.filter((chance) => chance >= 20).length;
    };
    const before = rates(vectorOf, BASE.calibration);
    const after = rates((id) => extended(learned(1), id), odds);
    expect(before).toBeGreaterThan(20);
    expect(Math.abs(after - before)).toBeLessThan(0.1 * before);
  });

  it('grows with every import and every photo that moves, like the others', async () => {
    const { name, store } = await taughtLibrary(10);
    const { infos } = await adopting(store, [1, 2, 3]);
    await importTaught(store, 11);
    // A photo that came without a vector, as one from another model.
    const database = await openDB(name);
    await database.delete('vectors', [SPACE.id, 4]);
    for (const { spaceId } of infos) await database.delete('vectors', [spaceId, 4]);
    database.close();
    await store.ledger.keep({ id: 4, spaceId: 'other/16', vector: vectorOf(4) });
    for (const { spaceId } of infos) expect((await idsIn(name, spaceId)).vectors).not.toContain(4);
    await store.ledger.keep({ id: 4, spaceId: SPACE.id, vector: vectorOf(4) });
    for (const [i, { spaceId, d }] of infos.entries()) {
      const { delta, vectors } = await idsIn(name, spaceId);
      expect(vectors).toEqual(upTo(11));
      expect(delta).toEqual([4, 11]);
      for (const id of [4, 11]) {
        const stored = await store.indexes.vector({ id: spaceId, d }, id);
        expect(stored).toEqual(extended(learned(i + 1), id));
      }
    }
  });

  it('is completed by the next visit if the first one ends half-way', async () => {
    const { name, store } = await taughtLibrary(N);
    const never = () => new Promise<never>(() => {});
    // The first visit is killed before its turn, in the second slice, and before it is ready.
    const tab = await taughtTab(store, { inTurn: never });
    const { id, spaceId } = await tab.adopt(learned(1));
    tab.close();
    const first = await store.calibrations.fill(id, 0, 25);
    expect(first).toMatchObject({ more: true, ids: upTo(25) });
    expect((await idsIn(name, spaceId)).vectors).toEqual(upTo(25));
    await expect(tab.choose(id)).rejects.toMatchObject({
      code: 'invalid-argument',
      details: { reason: 'calibration-filling' },
    });
    // A photo imported in between has its vector already.
    await importTaught(store, N + 1);
    store.close();

    const again = await openTaughtStore(name);
    const next = await taughtTab(again);
    next.keeper.wake();
    await next.keeper.settled();
    expect((await idsIn(name, spaceId)).vectors).toEqual(upTo(N + 1));
    expect((await next.calibrations())[0]).toMatchObject({ id, isReady: true, photos: N + 1 });
    await next.choose(id);
    expect(next.taught.space!.index.liveIds()).toEqual(Uint32Array.from(upTo(N + 1)));
    expect(next.taught.space!.index.rebuilt).toBeNull();
  });

  it('has every photo, including those imported and deleted while it is filled', async () => {
    const { name, store } = await taughtLibrary(N);
    const tab = await taughtTab(store);
    const adopting = tab.adopt(learned(1));
    for (let n = N + 1; n <= N + 12; n++) await importTaught(store, n);
    await tab.library.remove([2, N + 3]);
    await tab.library.purge([2, N + 3]);
    const { id, spaceId } = await adopting;
    await tab.keeper.settled();
    const left = upTo(N + 12).filter((photo) => photo !== 2 && photo !== N + 3);
    expect((await idsIn(name, spaceId)).vectors).toEqual(left);
    await tab.choose(id);
    expect([...tab.taught.space!.index.liveIds()]).toEqual(left);
  });

  it('that is removed while it is filled leaves nothing', async () => {
    const { name, store } = await taughtLibrary(N);
    for (const wait of [0, 1, 5]) {
      const tab = await taughtTab(store);
      const { id, spaceId } = await tab.adopt(learned(1));
      for (let i = 0; i < wait; i++) await store.photos.counts();
      await tab.remove(id);
      await tab.keeper.settled();
      expect(await idsIn(name, spaceId)).toMatchObject({ vectors: [], delta: [], segments: 0 });
      expect((await idsIn(name, spaceId)).manifest).toBeUndefined();
      expect(await tab.calibrations()).toEqual([]);
      tab.close();
    }
  });

  it('is one of at most three, even if four tabs adopt at once', async () => {
    const { store } = await taughtLibrary(2);
    const tab = await taughtTab(store);
    const answers = await Promise.allSettled([1, 2, 3, 4].map((seed) => tab.adopt(learned(seed))));
    const refused = answers.filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(1);
    expect(refused[0]).toMatchObject({
      reason: { code: 'invalid-argument', details: { reason: 'calibrations-full', most: 3 } },
    });
    // The same one again is not another.
    const [kept] = await tab.calibrations();
    const seed = [1, 2, 3, 4].find((_, i) => {
      const answer = answers[i]!;
      return answer.status === 'fulfilled' && answer.value.id === kept!.id;
    })!;
    expect(await tab.adopt(learned(seed), 'again')).toMatchObject({ id: kept!.id, title: 'Mine' });
    await tab.keeper.settled();
    await tab.remove(kept!.id);
    await tab.adopt(learned(9));
    expect(await tab.calibrations()).toHaveLength(3);
  });

  it('is refused if it is damaged, of another space, or without a title', async () => {
    const { store } = await taughtLibrary(2);
    const tab = await taughtTab(store);
    const bytes = learned(1);
    const damaged = bytes.slice(0);
    new Uint8Array(damaged)[60]! ^= 1;
    await expect(tab.adopt(damaged)).rejects.toMatchObject({ code: 'corrupt' });
    await expect(tab.adopt(bytes.slice(0, 100))).rejects.toMatchObject({ code: 'truncated' });
    await expect(tab.adopt(bytes, '  ')).rejects.toMatchObject({ code: 'invalid-argument' });
    await expect(tab.adopt(bytes, 'x'.repeat(81))).rejects.toMatchObject({
      code: 'invalid-argument',
    });
    for (const other of [learned(1, 'other/16'), learned(1, SPACE.id, 8)]) {
      await expect(tab.adopt(other)).rejects.toMatchObject({
        details: { reason: 'calibration-other-space' },
      });
    }
    expect(await tab.calibrations()).toEqual([]);
  });
});

describe('choosing a calibration', () => {
  it('ranks by its vectors and odds, and going back gives the same results as before', async () => {
    const { store } = await taughtLibrary(N);
    const { tab, infos } = await adopting(store, [1, 2]);
    const before = await tab.hits(7);
    for (const [i, { id }] of infos.entries()) {
      await tab.choose(id);
      expect((await tab.calibrations())[0]).toMatchObject({ id, isChosen: true });
      const { odds } = tab.taught.space!;
      for (const query of [7, 30]) {
        const found = await nearestOf(tab, query);
        const expected = exactly(learned(i + 1), query, upTo(N), 10);
        expect(found.map((hit) => hit.id)).toEqual(expected.map((hit) => hit.id));
        for (const [at, hit] of found.entries()) {
          expect(hit.cosine).toBeCloseTo(expected[at]!.cosine, 5);
          expect(hit.pValue).toBeCloseTo(1 / oneIn(odds, hit.cosine), 8);
        }
      }
      expect(await tab.hits(7)).not.toEqual(before);
    }
    await tab.choose(null);
    expect(await tab.hits(7)).toEqual(before);
    expect((await tab.calibrations()).some(({ isChosen }) => isChosen)).toBe(false);
    await expect(tab.choose('0123456789ab')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('is followed by other tabs, which see each other’s photos come and go', async () => {
    const { name, store } = await taughtLibrary(N);
    const other = await openTaughtStore(name);
    const shared = { channel: new Channel(), inTurn: lockOf(), withIndexLock: lockOf() };
    const [one, two] = [await taughtTab(store, shared), await taughtTab(other, shared)];
    const { id } = await one.adopt(learned(1));
    await one.keeper.settled();
    await two.keeper.settled();
    await one.choose(id);
    await one.channel.settled();
    expect(two.taught.space?.id).toBe(id);
    expect((await two.calibrations())[0]).toMatchObject({ id, isChosen: true });
    expect(await two.hits(3)).toEqual(await one.hits(3));
    const bytes = learned(1);
    // The importing tab gets the vector; the other one reads the extended one.
    const photo = await importTaught(store, N + 1);
    one.library.take({ id: photo, spaceId: SPACE.id, vector: vectorOf(photo) });
    await two.library.hear({ type: 'imported', ids: [photo], aspects: [1] });
    const [nearest] = exactly(bytes, photo, upTo(N), 1);
    for (const tab of [one, two]) expect((await nearestOf(tab, photo))[0]!.id).toBe(nearest!.id);
    await one.library.remove([nearest!.id]);
    await one.channel.settled();
    for (const tab of [one, two]) {
      const ids = (await nearestOf(tab, photo)).map((hit) => hit.id);
      const left = upTo(N).filter((each) => each !== nearest!.id);
      expect(ids).toEqual(exactly(bytes, photo, left, 10).map((hit) => hit.id));
    }
    await two.choose(null);
    await one.channel.settled();
    expect(one.taught.space).toBeNull();
    // A tab that opens later starts with what is chosen.
    await one.choose(id);
    const three = await taughtTab(await openTaughtStore(name), shared);
    expect(three.taught.space?.id).toBe(id);
  });

  it('keeps the model’s own space if the calibration can’t be opened', async () => {
    const { name, store } = await taughtLibrary(10);
    const { tab, infos } = await adopting(store, [1]);
    const database = await openDB(name);
    const row = await database.get('calibrations', infos[0]!.id);
    new Uint8Array(row.bytes)[60]! ^= 1;
    await database.put('calibrations', row);
    database.close();
    const before = await tab.hits(1);
    await expect(tab.choose(infos[0]!.id)).rejects.toMatchObject({ code: 'corrupt' });
    expect(await store.calibrations.chosen(SPACE.id)).toBeNull();
    expect(await tab.hits(1)).toEqual(before);
    // A photo is imported all the same, and the damaged one can be removed.
    const again = await openTaughtStore(name);
    await importTaught(again, 11);
    // What can't be read can't be filled either, but adopting it again repairs it.
    const next = await taughtTab(again);
    expect(await again.calibrations.fill(infos[0]!.id, 0, 5)).toBeNull();
    await next.adopt(learned(1));
    await next.keeper.settled();
    await next.choose(infos[0]!.id);
    expect(next.taught.space!.index.stats().live).toBe(11);
    await next.choose(null);
    await tab.remove(infos[0]!.id);
    expect(await tab.calibrations()).toEqual([]);
  });
});

describe('removing', () => {
  it('a calibration drops its space, but not the one in use', async () => {
    const { name, store } = await taughtLibrary(N);
    const { tab, infos } = await adopting(store, [1, 2]);
    const [one, two] = [infos[0]!, infos[1]!];
    await tab.choose(one.id);
    await expect(tab.remove(one.id)).rejects.toMatchObject({
      code: 'invalid-argument',
      details: { reason: 'calibration-in-use' },
    });
    await tab.remove(two.id);
    await tab.keeper.settled();
    expect(await idsIn(name, two.spaceId)).toMatchObject({ vectors: [], delta: [], segments: 1 });
    expect((await idsIn(name, two.spaceId)).manifest).toBeUndefined();
    expect(tab.collected()).toBe(1);
    await expect(tab.remove(two.id)).rejects.toMatchObject({ code: 'not-found' });
    // Adopted again at once, it is whole again.
    await tab.choose(null);
    await tab.remove(one.id);
    await tab.adopt(learned(1));
    await tab.keeper.settled();
    expect((await idsIn(name, one.spaceId)).vectors).toEqual(upTo(N));
    await tab.choose(one.id);
    expect(tab.taught.space!.index.stats().live).toBe(N);
  });

  it('a photo permanently removes it from every space, whether or not it is in use', async () => {
    const { name, store } = await taughtLibrary(N);
    const { tab, infos } = await adopting(store, [1, 2, 3]);
    await tab.maintainer.maintain({ quiet: true });
    await tab.choose(infos[0]!.id);
    await tab.library.remove([3, 4, 5]);
    await tab.library.purge([3, 4]);
    await tab.keeper.settled();
    await tab.maintainer.maintain({ quiet: true });
    await tab.taught.space!.maintainer.maintain({ quiet: true });
    const database = await openDB(name);
    const segments = Buffer.concat(
      ((await database.getAll('segments')) as ArrayBuffer[]).map((each) => new Uint8Array(each)),
    );
    database.close();
    for (const [i, { spaceId }] of infos.entries()) {
      const { tombstones, vectors } = await idsIn(name, spaceId);
      expect(vectors).toEqual(upTo(N).filter((id) => id !== 3 && id !== 4));
      const bytes = (id: PhotoId) => Buffer.from(extended(learned(i + 1), id).buffer);
      for (const id of [3, 4]) expect(segments.includes(bytes(id))).toBe(false);
      expect(segments.includes(bytes(6))).toBe(true);
      // Once every space is rid of them, nothing is left of them at all.
      expect(tombstones).toEqual([5]);
    }
    await tab.library.restore([5]);
    const found = await nearestOf(tab, 5);
    const left = upTo(N).filter((id) => id !== 3 && id !== 4);
    expect(found.map(({ id }) => id)).toEqual(exactly(learned(1), 5, left, 10).map(({ id }) => id));
  });

  it('a space that photos have left removes what was learned in it', async () => {
    const { name, store } = await taughtLibrary(12);
    const { tab, infos } = await adopting(store, [1]);
    await tab.choose(infos[0]!.id);
    // The library moves: what was learned isn't a space to move from.
    for (const id of upTo(12)) {
      await store.ledger.keep({ id, spaceId: 'next/16', vector: vectorOf(id) });
    }
    expect([...(await store.spaces.photoSpaces())].sort()).toEqual(['next/16', SPACE.id]);
    expect(await store.calibrations.chosen('next/16')).toBeNull();
    expect(await tab.calibrations()).toHaveLength(1);
    expect(await store.spaces.drop(SPACE.id, 'next/16')).toBe('dropped');
    expect(await tab.calibrations()).toEqual([]);
    await tab.keeper.hear({ type: 'space-dropped', spaceId: SPACE.id });
    await tab.keeper.settled();
    expect(await idsIn(name, infos[0]!.spaceId)).toMatchObject({ vectors: [], delta: [] });
    const database = await openDB(name);
    const spaces = (await database.getAllKeys('vectors')) as [string, number][];
    expect(spaces.some(([space]) => isCalibratedSpace(space))).toBe(false);
    expect(await database.get('meta', 'calibration')).toBeUndefined();
    database.close();
  });

  it('everything removes calibrations, too', async () => {
    const { store } = await taughtLibrary(12);
    const { tab, infos } = await adopting(store, [1]);
    await tab.choose(infos[0]!.id);
    await tab.library.clear();
    expect(await tab.calibrations()).toEqual([]);
    expect(tab.taught.space).toBeNull();
    expect(await store.isEmpty()).toBe(true);
  });
});
