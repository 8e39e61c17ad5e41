import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import type { AkinEvent, IndexQuality, PhotoId } from '../../protocol/index.ts';
import { CHOSEN_MODEL, openStore, type Store } from '../../store/index.ts';
import { keysIn } from '../../store/testing/faces.ts';
import { IndexService } from '../indexing/indexService.ts';
import { mergeHits } from '../shared/mergeHits.ts';
import { lockOf, SPACE, upTo, vectorOf, writePhotos } from '../testing/indexedLibrary.ts';
import {
  exactAnswer,
  type MovingTab,
  moveOne,
  movingTab,
  NEW,
  NEW_TABLE,
  newVectorOf,
  OLD_TABLE,
  oldLibrary,
} from '../testing/movingLibrary.ts';
import { MoveFinish } from './moveFinish.ts';

const N = 60;
const IDS = upTo(N);

const hitsOf = async ({ library }: MovingTab, id: PhotoId, k = 10) =>
  (await library.search({ photoId: id, k })).hits;
/** Ten hits by their odds, before the library's neighborhood reranks them. */
const nearestOf = async (tab: MovingTab, id: PhotoId) =>
  (await hitsOf(tab, id, N))
    .toSorted((a, b) => a.pValue - b.pValue || b.cosine - a.cosine)
    .slice(0, 10);
const idsOf = (hits: readonly { id: PhotoId }[]) => hits.map(({ id }) => id);

async function moveSome(store: Store, tab: MovingTab, ids: readonly PhotoId[]) {
  for (const id of ids) await moveOne(store, id);
  await tab.library.hear({ type: 'moved', ids });
}

function finishOf(store: Store, tab: MovingTab, change: Partial<{ recall10: number }> = {}) {
  const told: AkinEvent[] = [];
  const service = new IndexService({
    ...tab,
    tab: 'a',
    broadcast: () => {},
    withIndexLock: lockOf(),
  });
  const finish = new MoveFinish({
    ...tab,
    store,
    check: async (): Promise<IndexQuality> => ({
      ...(await service.check(new AbortController().signal)),
      ...change,
    }),
    broadcast: (event) => {
      told.push(event);
      if (event.type === 'space-dropped') tab.former.drop(event.spaceId);
    },
    yieldToEventLoop: async () => {},
    alone: (work) => work(),
  });
  return { finish, told, service };
}

describe('searching a library during a move', () => {
  it('says where the list ends, within what is asked for', async () => {
    const { store } = await oldLibrary(N);
    const tab = await movingTab(store);
    const search = (k: number) => tab.library.search({ photoId: 1, k });
    const [all, some] = [await search(N), await search(2)];
    expect(all.end).toBeGreaterThan(0);
    expect(all.end).toBeLessThanOrEqual(all.hits.length);
    expect(some.end).toBe(Math.min(2, all.end));
  });

  it('matches the combined exact answers of both spaces at every step', async () => {
    const { store } = await oldLibrary(N);
    const tab = await movingTab(store);
    const moved = new Set<PhotoId>();
    for (let from = 0; from <= N; from += 12) {
      for (const id of [1, 20, 41, 60]) {
        const truth = exactAnswer(id, IDS, moved, 10);
        const hits = await nearestOf(tab, id);
        expect(idsOf(hits)).toEqual(idsOf(truth));
        hits.forEach((hit, i) => {
          expect(hit.pValue).toBeCloseTo(truth[i]!.pValue, 6);
        });
      }
      // Newest first, the order in which they move.
      const next = IDS.toReversed().slice(from, from + 12);
      await moveSome(store, tab, next);
      for (const id of next) moved.add(id);
    }
    expect((await tab.library.stats()).vectors).toBe(N);
  });

  it('searches new photos that the old space never had, and broadcasts views', async () => {
    const { store, name } = await oldLibrary(20);
    const tab = await movingTab(store);
    await moveSome(store, tab, [3, 4]);
    await writePhotos(name, 21, 21);
    await moveOne(store, 21);
    await store.indexes.load(NEW);
    tab.library.take({ id: 21, spaceId: NEW.id, vector: newVectorOf(21) });
    expect(idsOf(await hitsOf(tab, 21)).sort()).toContain(3);
    expect(tab.told).toContainEqual({ type: 'viewed', id: 21 });
  });

  it('searches only the allowed photos in either space', async () => {
    const { store } = await oldLibrary(20);
    const tab = await movingTab(store);
    await moveSome(store, tab, [2, 4, 6]);
    const people = { all: ['4', '5', '7'] };
    const moved = await tab.library.search({ photoId: 2, k: 10, people });
    expect(idsOf(moved.hits).sort()).toEqual([4, 5, 7]);
    const unmoved = await tab.library.search({ photoId: 9, k: 10, people });
    expect(idsOf(unmoved.hits).sort()).toEqual([4, 5, 7]);
  });

  it('finds photos that a tab running the previous version adds to the old space only', async () => {
    const { store, name } = await oldLibrary(10);
    const tab = await movingTab(store);
    await moveSome(store, tab, upTo(10));
    await finishOf(store, tab).finish.run();
    expect(tab.former.all).toHaveLength(0);
    await writePhotos(name, 11, 12);
    await tab.library.hear({ type: 'imported', ids: [11, 12], aspects: [1, 1] });
    expect(idsOf(await hitsOf(tab, 11))).toContain(12);
  });

  it('hides trashed photos in both spaces and shows restored ones again', async () => {
    const { store } = await oldLibrary(20);
    const tab = await movingTab(store);
    await moveSome(store, tab, [1, 2, 3]);
    await tab.library.remove([3, 4]);
    for (const id of [1, 9]) {
      const found = idsOf(await hitsOf(tab, id, 20));
      expect(found).not.toContain(3);
      expect(found).not.toContain(4);
    }
    // It also moves while in the trash, and stays hidden.
    await moveSome(store, tab, [4]);
    expect(idsOf(await hitsOf(tab, 1, 20))).not.toContain(4);
    await tab.library.restore([3, 4]);
    const found = idsOf(await hitsOf(tab, 1, 20));
    expect(found).toContain(3);
    expect(found).toContain(4);
  });

  it('leaves nothing of a permanently deleted photo in either space’s segments', async () => {
    const { store, name } = await oldLibrary(10);
    const tab = await movingTab(store);
    await moveSome(store, tab, upTo(5));
    await tab.maintainer.maintain({ quiet: true });
    const [old] = tab.former.all;
    await (old!.maintainer as typeof tab.maintainer).maintain({ quiet: true });
    expect(await keysIn(name, 'segments')).toHaveLength(2);
    await tab.library.remove([2]);
    await tab.library.purge([2]);
    await tab.maintainer.maintain({ quiet: true });
    await (old!.maintainer as typeof tab.maintainer).maintain({ quiet: true });
    for (const [space, vector] of [
      [SPACE, vectorOf],
      [NEW, newVectorOf],
    ] as const) {
      const { segments, delta } = await store.indexes.load(space);
      expect(delta.ids).toHaveLength(0);
      const bytes = new Uint8Array(segments[0]!.blob).join();
      const held = (id: PhotoId) =>
        bytes.includes(new Uint8Array(vector(id).slice(0, 4).buffer).join());
      expect([held(2), held(3)]).toEqual([false, true]);
    }
    expect((await keysIn(name, 'vectors')).filter((key) => key.endsWith(',2]'))).toEqual([]);
    // Its tombstone goes with the last space that may have contained it.
    await moveSome(store, tab, upTo(10));
    await finishOf(store, tab).finish.run();
    expect(await store.spaces.photoSpaces()).toEqual([NEW.id]);
    expect(await keysIn(name, 'tombstones')).toEqual([]);
  });

  it('finds nothing once everything is deleted', async () => {
    const { store } = await oldLibrary(10);
    const tab = await movingTab(store);
    await moveSome(store, tab, upTo(5));
    await tab.library.clear();
    await expect(hitsOf(tab, 1)).rejects.toMatchObject({ code: 'not-found' });
    await expect(hitsOf(tab, 9)).rejects.toMatchObject({ code: 'not-found' });
    expect((await tab.library.stats()).vectors).toBe(0);
  });
});

describe('the end of a move', () => {
  it('seals and measures the new index, then drops the old one and all its data', async () => {
    const { store, name } = await oldLibrary(N);
    const tab = await movingTab(store);
    const { finish, told, service } = finishOf(store, tab);
    await moveSome(store, tab, IDS.slice(1));
    await finish.run();
    // One is left: nothing is dropped, and nothing is broadcast.
    expect([told, await store.indexes.count(SPACE.id)]).toEqual([[], N]);
    await moveSome(store, tab, [1]);
    await finish.run();
    expect(told).toEqual([{ type: 'space-dropped', spaceId: SPACE.id }]);
    expect(await store.spaces.photoSpaces()).toEqual([NEW.id]);
    expect((await service.report()).quality).toMatchObject({ recall10: 1, vectors: N });
    expect((await store.indexes.load(NEW)).segments).toHaveLength(1);
    expect(await keysIn(name, 'manifest')).toEqual([`"${NEW.id}"`]);
    expect(await keysIn(name, 'segments')).toHaveLength(1);
    const moved = new Set(IDS);
    expect(idsOf(await nearestOf(tab, 7))).toEqual(idsOf(exactAnswer(7, IDS, moved, 10)));
    await finish.run();
    expect(told.slice(1)).toEqual([{ type: 'move-work', work: { state: 'idle' } }]);
  });

  it('drops and broadcasts nothing once photos are sent back to the old space', async () => {
    const { store } = await oldLibrary(N);
    const tab = await movingTab(store);
    const { finish, told } = finishOf(store, tab);
    await moveSome(store, tab, IDS);
    const running = finish.run();
    await store.meta.set(CHOSEN_MODEL, { id: 'old', spaceId: SPACE.id });
    finish.end();
    await running;
    expect(told).toEqual([]);
    expect(await store.indexes.count(SPACE.id)).toBe(N);
  });

  it('keeps the old vectors if the recall of the new index is too low', async () => {
    const { store } = await oldLibrary(12);
    const tab = await movingTab(store);
    await moveSome(store, tab, upTo(12));
    const { finish, told } = finishOf(store, tab, { recall10: 0.5 });
    await finish.run();
    expect(told).toEqual([{ type: 'move-work', work: { state: 'idle' } }]);
    expect(await store.indexes.count(SPACE.id)).toBe(12);
  });

  it('completes an interrupted move without reporting damage', async () => {
    const { store, name } = await oldLibrary(12);
    const tab = await movingTab(store);
    await moveSome(store, tab, upTo(12));
    await store.spaces.drop(SPACE.id, NEW.id);
    await writePhotos(name, 13, 13);
    // A tab of the previous version adds one in between: it is found before it has moved.
    const next = await movingTab(await openStore({ name }));
    expect(next.former.all).toHaveLength(1);
    expect(next.former.all[0]!.index.rebuilt).toBe(null);
    expect([...next.former.all[0]!.index.liveIds()]).toEqual([13]);
    const { finish, told } = finishOf(store, next);
    await finish.run();
    expect(told).toEqual([]);
    await moveSome(store, next, [13]);
    await finish.run();
    expect(await store.spaces.photoSpaces()).toEqual([NEW.id]);
  });
});

describe('merging by odds', () => {
  it('ranks hits from all spaces by rarity, each photo once, by its newest space', () => {
    const hits = mergeHits(
      [
        { hits: [hit(1, 0.9), hit(2, 0.5)], oneIn: (score) => 1000 * score },
        { hits: [hit(2, 0.99), hit(3, 0.8), hit(4, 0.1)], oneIn: (score) => 900 * score },
      ],
      3,
    );
    expect(hits.map(({ id, cosine }) => [id, cosine])).toEqual([
      [1, 0.9],
      [3, 0.8],
      [2, 0.5],
    ]);
    expect(hits[0]!.pValue).toBeCloseTo(1 / 900);
  });

  it('breaks ties by newer space, then by cosine, then by id', () => {
    const always = () => 7;
    const hits = mergeHits(
      [
        { hits: [hit(9, 0.1)], oneIn: always },
        { hits: [hit(2, 0.3), hit(1, 0.3), hit(3, 0.9)], oneIn: always },
      ],
      9,
    );
    expect(idsOf(hits)).toEqual([9, 3, 1, 2]);
    expect(NEW_TABLE.cosine).toHaveLength(OLD_TABLE.cosine.length);
  });

  const hit = (id: PhotoId, score: number) => ({ id, score });
});
