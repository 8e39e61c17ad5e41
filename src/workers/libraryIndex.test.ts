import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { describe, expect, it } from 'vitest';
import type { IndexWork } from '../protocol/index.ts';
import {
  libraryOf,
  lockOf,
  openTab,
  recallOf,
  SPACE,
  shapeOf,
  trainerOf,
  vectorOf,
  writePhotos,
} from './testing/indexedLibrary.ts';

const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1);
const IVFPQ = { kind: 'ivfpq', nlist: 16, M: 8 } as const;

/** A gate that holds a training until it is opened, and says when it is reached. */
function gate() {
  let reach = () => {};
  let open = () => {};
  const reached = new Promise<void>((resolve) => {
    reach = resolve;
  });
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const pass = () => {
    reach();
    return opened;
  };
  return { reached, open, pass };
}

const hitsOf = async (tab: Awaited<ReturnType<typeof openTab>>, id: number, k = 10) =>
  (await tab.index.search(id, k))?.hits.map((hit) => hit.id);

describe('a library that is trained in the background', () => {
  it('answers meanwhile, and keeps what came and went', async () => {
    const { name, store } = await libraryOf(900);
    const { reached, open, pass } = gate();
    const tab = await openTab(store, { trainer: trainerOf(store, pass) });
    await tab.settings.choose(IVFPQ, 900);
    const done = tab.keeper.tend({ quiet: true });
    await reached;
    expect(shapeOf(tab)).toEqual([['delta', 900]]);
    expect(tab.keeper.work).toMatchObject({ state: 'building', kind: 'ivfpq', vectors: 900 });
    expect(await recallOf(tab, upTo(900))).toBe(1);
    await writePhotos(name, 901, 910);
    await tab.index.addFromStore([901, 902]);
    tab.index.add({ id: 903, spaceId: SPACE.id, vector: vectorOf(903) });
    await store.bin.add([5, 6, 902]);
    tab.index.hide([5, 6, 902]);
    await store.bin.restore([6]);
    await tab.index.show([6]);
    open();
    await done;
    expect(tab.keeper.work).toEqual({ state: 'idle' });
    expect(shapeOf(tab)[0]).toEqual(['ivfpq', 899]);
    const live = upTo(910).filter((id) => id !== 5 && id !== 902);
    const here = live.filter((id) => tab.index.liveIds().includes(id));
    expect(live.filter((id) => !here.includes(id)).length).toBeLessThan(8);
    expect([5, 902].filter((id) => tab.index.liveIds().includes(id))).toEqual([]);
    expect([6, 901, 903].every((id) => tab.index.liveIds().includes(id))).toBe(true);

    await tab.index.catchUp();
    expect([...tab.index.liveIds()]).toEqual(live);
    expect(await recallOf(tab, live)).toBeGreaterThan(0.9);
    expect(await tab.index.search(5, 3)).toBeNull();
    const reloaded = await openTab(store);
    expect(reloaded.index.rebuilt).toBeNull();
    expect([...reloaded.index.liveIds()]).toEqual(live);
    expect(await recallOf(reloaded, live)).toBeGreaterThan(0.9);
    expect((await hitsOf(reloaded, 7, 1_000))?.length).toBe(live.length - 1);
  });

  it('tells how far it is: reading, training, adding, saving, and then nothing', async () => {
    const { store } = await libraryOf(700);
    const tab = await openTab(store);
    await tab.settings.choose(IVFPQ, 700);
    await tab.keeper.tend({ quiet: true });
    const building = tab.told.filter((work) => work.state === 'building');
    expect([...new Set(building.map((work) => work.stage))]).toEqual([
      'reading',
      'training',
      'adding',
      'saving',
    ]);
    const shares = building.map((work) => work.share);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(tab.told.at(-1)).toEqual({ state: 'idle' });
  });

  it('gives exact queries to the search by a photo whose vector it keeps but codes of', async () => {
    const { store } = await libraryOf(400);
    const tab = await openTab(store);
    await tab.settings.choose({ kind: 'pq', M: 4 }, 400);
    await tab.keeper.tend({ quiet: true });
    expect(shapeOf(tab)).toEqual([
      ['pq', 400],
      ['delta', 0],
    ]);
    expect(await tab.index.vectorOf(9)).toEqual(vectorOf(9));
    expect(await tab.index.vectorOf(401)).toBeUndefined();
  });

  it('leaves all as it is when it is cancelled, and begins no other until it is asked', async () => {
    const { name, store } = await libraryOf(600);
    const { reached, open, pass } = gate();
    const tab = await openTab(store, { trainer: trainerOf(store, pass) });
    await tab.settings.choose(IVFPQ, 600);
    const done = tab.keeper.tend({ quiet: true });
    await reached;
    tab.keeper.cancel();
    open();
    await done;
    // What can be sealed without training is.
    expect(shapeOf(tab)).toEqual([
      ['flat', 600],
      ['delta', 0],
    ]);
    await tab.index.addFromStore(await writePhotos(name, 601, 650));
    await tab.keeper.tend({ quiet: true });
    expect(shapeOf(tab)).not.toContainEqual(['ivfpq', expect.anything()]);
    tab.keeper.rebuild();
    await tab.keeper.tend();
    expect(shapeOf(tab)).toEqual([
      ['ivfpq', 650],
      ['delta', 0],
    ]);
  });

  it('says what failed, and stays the last good index', async () => {
    const { store } = await libraryOf(600);
    const trainer = {
      ...trainerOf(store),
      build: () => Promise.reject(new Error('the worker is gone')),
    };
    const tab = await openTab(store, { trainer });
    await tab.settings.choose(IVFPQ, 600);
    await tab.keeper.tend({ quiet: true });
    expect(tab.keeper.work).toMatchObject({ state: 'failed', message: 'the worker is gone' });
    expect(await recallOf(tab, upTo(600))).toBe(1);
    expect(await recallOf(await openTab(store), upTo(600))).toBe(1);
    tab.keeper.cancel();
    expect(tab.keeper.work).toEqual({ state: 'idle' });
  });

  it('starts over when another kind is chosen while it trains', async () => {
    const { store } = await libraryOf(600);
    const { reached, open, pass } = gate();
    const tab = await openTab(store, { trainer: trainerOf(store, pass) });
    await tab.settings.choose(IVFPQ, 600);
    const done = tab.keeper.tend({ quiet: true });
    await reached;
    await tab.settings.choose({ kind: 'ivf', nlist: 8 }, 600);
    tab.keeper.chosen();
    open();
    await done;
    await tab.keeper.tend();
    expect(shapeOf(tab)[0]).toEqual(['ivf', 600]);
    await tab.settings.choose({ kind: 'automatic' }, 600);
    await tab.keeper.tend();
    expect(shapeOf(tab)[0]).toEqual(['flat', 600]);
    expect(tab.index.segments()[0]?.spec).toEqual({ kind: 'flat', store: 'float32' });
  });

  it('saves nothing of a library that was cleared meanwhile', async () => {
    const { store } = await libraryOf(600);
    const { reached, open, pass } = gate();
    const tab = await openTab(store, { trainer: trainerOf(store, pass) });
    await tab.settings.choose(IVFPQ, 600);
    const done = tab.keeper.tend({ quiet: true });
    await reached;
    await store.clear();
    tab.index.clear();
    tab.keeper.cleared();
    open();
    await done;
    expect(await tab.index.search(1, 5)).toBeNull();
    expect((await store.indexes.load(SPACE)).segments).toEqual([]);
    expect(shapeOf(tab)).toEqual([['delta', 0]]);
  });
});

describe('two tabs', () => {
  it('train once, and the other loads what was saved', async () => {
    const { store } = await libraryOf(600);
    const exclusively = lockOf();
    let builds = 0;
    const trainer = trainerOf(store, async () => {
      builds++;
    });
    const one = await openTab(store, { exclusively, trainer });
    const two = await openTab(store, { exclusively, trainer });
    await one.settings.choose(IVFPQ, 600);
    await Promise.all([one.keeper.tend({ quiet: true }), two.keeper.tend({ quiet: true })]);
    expect(builds).toBe(1);
    expect(shapeOf(two)).toEqual(shapeOf(one));
    expect(shapeOf(two)[0]).toEqual(['ivfpq', 600]);
    expect(await two.index.refresh()).toBe(false);
  });
});

describe('small additions', () => {
  it('are sealed in tiers beside what is trained, until they weigh', async () => {
    const { name, store } = await libraryOf(1_000);
    const tab = await openTab(store);
    await tab.settings.choose(IVFPQ, 1_000);
    await tab.keeper.tend({ quiet: true });
    const add = async (from: number, to: number) => {
      await tab.index.addFromStore(await writePhotos(name, from, to));
      await tab.keeper.tend({ quiet: true });
    };
    await add(1_001, 1_100);
    await add(1_101, 1_110);
    await add(1_111, 1_112);
    expect(shapeOf(tab)).toEqual([
      ['ivfpq', 1_000],
      ['flat', 100],
      ['flat', 10],
      ['flat', 2],
      ['delta', 0],
    ]);
    await add(1_113, 1_120);
    expect(shapeOf(tab)).toEqual([
      ['ivfpq', 1_000],
      ['flat', 100],
      ['flat', 20],
      ['delta', 0],
    ]);
    expect(await recallOf(tab, upTo(1_120))).toBeGreaterThan(0.9);
    const reloaded = await openTab(store);
    expect(shapeOf(reloaded)).toEqual(shapeOf(tab));
    expect(reloaded.index.rebuilt).toBeNull();
    await add(1_121, 1_400);
    expect(shapeOf(tab)).toEqual([
      ['ivfpq', 1_400],
      ['delta', 0],
    ]);
  });

  it('leave hidden what a segment that stays still holds', async () => {
    const { name, store } = await libraryOf(1_000);
    const tab = await openTab(store);
    await tab.settings.choose(IVFPQ, 1_000);
    await tab.keeper.tend({ quiet: true });
    await store.bin.add([3, 4]);
    tab.index.hide([3, 4]);
    await store.bin.purge([3]);
    await tab.index.addFromStore(await writePhotos(name, 1_001, 1_010));
    await tab.keeper.tend({ quiet: true });
    for (const each of [tab, await openTab(store)]) {
      expect(each.index.rebuilt).toBeNull();
      expect(each.index.liveIds()).toHaveLength(1_008);
      expect(await hitsOf(each, 8, 1_010)).not.toContain(3);
      await each.index.show([]);
    }
    await store.bin.restore([4]);
    await tab.index.show([4]);
    expect(await hitsOf(tab, 8, 1_010)).toContain(4);
    expect(await hitsOf(await openTab(store), 8, 1_010)).toContain(4);
  });

  it('are trained in when a fifth of what was trained is deleted', async () => {
    const { store } = await libraryOf(1_000);
    const tab = await openTab(store);
    await tab.settings.choose(IVFPQ, 1_000);
    await tab.keeper.tend({ quiet: true });
    const gone = upTo(220);
    await store.bin.add(gone);
    tab.index.hide(gone);
    await store.bin.purge(null);
    await tab.keeper.tend();
    expect(tab.index.segments()).toMatchObject([{ live: 780, dead: 0 }, { live: 0 }]);
    const reloaded = await openTab(store);
    expect(reloaded.index.rebuilt).toBeNull();
    expect(reloaded.index.liveIds()[0]).toBe(221);
  });
});

describe('damage', () => {
  it('of a trained segment is mended from the stored vectors, and said', async () => {
    const { name, store } = await libraryOf(800);
    const tab = await openTab(store);
    await tab.settings.choose(IVFPQ, 800);
    await tab.keeper.tend({ quiet: true });
    const database = await openDB(name);
    const [key] = await database.getAllKeys('segments');
    const blob = (await database.get('segments', key!)) as ArrayBuffer;
    new Uint8Array(blob)[blob.byteLength >> 1]! ^= 1;
    await database.put('segments', blob, key);
    database.close();
    const mended = await openTab(store);
    expect(mended.index.rebuilt).toMatch(/rebuilt; no photo is lost/);
    expect(await recallOf(mended, upTo(800))).toBe(1);
    await mended.keeper.tend({ quiet: true });
    expect(shapeOf(mended)[0]).toEqual(['ivfpq', 800]);
    expect((await openTab(store)).index.rebuilt).toBeNull();
  });

  it('of a list that lacks photos is found after opening, and mended', async () => {
    const { name, store } = await libraryOf(500);
    const tab = await openTab(store);
    await tab.keeper.tend({ quiet: true });
    expect(await tab.index.verify()).toBe(false);
    const database = await openDB(name);
    await database.clear('manifest');
    const opened = await openTab(store);
    expect(opened.index.rebuilt).toBeNull();
    expect(await opened.index.search(1, 3)).toBeNull();
    expect(await opened.index.verify()).toBe(true);
    expect(opened.index.rebuilt).toMatch(/does not hold/);
    expect(await recallOf(opened, upTo(500))).toBe(1);
    await opened.keeper.tend({ quiet: true });
    expect(await opened.index.verify()).toBe(false);
    // A photo kept a moment ago and not told of is no damage.
    await writePhotos(name, 501, 502);
    expect(await opened.index.verify()).toBe(false);
    expect(opened.index.liveIds()).toHaveLength(502);
    database.close();
  });

  it('of single vectors costs no other, and is not met anew at each start', async () => {
    const { name, store } = await libraryOf(600);
    const database = await openDB(name);
    await database.put('vectors', new ArrayBuffer(3), [SPACE.id, 40]);
    database.close();
    const tab = await openTab(store);
    await tab.settings.choose(IVFPQ, 600);
    await tab.keeper.tend({ quiet: true });
    expect(shapeOf(tab)[0]).toEqual(['ivfpq', 599]);
    const again = await openTab(store);
    expect(await again.index.verify()).toBe(false);
    expect(again.index.rebuilt).toBeNull();
    expect(again.index.liveIds()).toHaveLength(599);
  });
});

it('works out what is told into a line that ends', async () => {
  const { store } = await libraryOf(0);
  const tab = await openTab(store);
  await tab.keeper.tend({ quiet: true });
  tab.keeper.rebuild();
  await tab.keeper.tend({ quiet: true });
  expect(tab.told).toEqual<IndexWork[]>([]);
  expect(await tab.index.search(1, 1)).toBeNull();
});
