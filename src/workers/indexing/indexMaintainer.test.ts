import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import type { IndexWork } from '../../protocol/index.ts';
import {
  heldInTraining,
  hitsOf,
  IVFPQ,
  libraryOf,
  lockOf,
  openTab,
  recallOf,
  SPACE,
  shapeOf,
  trainedTab,
  trainerOf,
  upTo,
  vectorOf,
  writePhotos,
} from '../testing/indexedLibrary.ts';
import { searchFor } from '../testing/searchFor.ts';

describe('background training', () => {
  it('keeps search available and applies additions and deletions made meanwhile', async () => {
    const { name, store } = await libraryOf(900);
    const { tab, finish } = await heldInTraining(store, 900);
    expect(shapeOf(tab)).toEqual([['delta', 900]]);
    expect(tab.maintainer.work).toMatchObject({ state: 'building', kind: 'ivfpq', vectors: 900 });
    expect(await recallOf(tab, upTo(900))).toBe(1);
    await writePhotos(name, 901, 910);
    await tab.index.addFromStore([901, 902]);
    tab.index.add({ id: 903, spaceId: SPACE.id, vector: vectorOf(903) });
    await store.trash.add([5, 6, 902]);
    tab.index.hide([5, 6, 902]);
    await store.trash.restore([6]);
    await tab.index.show([6]);
    await finish();
    expect(tab.maintainer.work).toEqual({ state: 'idle' });
    expect(shapeOf(tab)[0]).toEqual(['ivfpq', 899]);
    const live = upTo(910).filter((id) => id !== 5 && id !== 902);
    const here = live.filter((id) => tab.index.liveIds().includes(id));
    expect(live.filter((id) => !here.includes(id)).length).toBeLessThan(8);
    expect([5, 902].filter((id) => tab.index.liveIds().includes(id))).toEqual([]);
    expect([6, 901, 903].every((id) => tab.index.liveIds().includes(id))).toBe(true);

    await tab.index.catchUp();
    expect([...tab.index.liveIds()]).toEqual(live);
    expect(await recallOf(tab, live)).toBeGreaterThan(0.9);
    expect(await searchFor(tab.index, 5, 3)).toBeNull();
    const reloaded = await openTab(store);
    expect(reloaded.index.rebuilt).toBeNull();
    expect([...reloaded.index.liveIds()]).toEqual(live);
    expect(await recallOf(reloaded, live)).toBeGreaterThan(0.9);
    expect((await hitsOf(reloaded, 7, 1_000))?.length).toBe(live.length - 1);
  });

  it('reports progress: reading, training, adding, saving, then idle', async () => {
    const { store } = await libraryOf(700);
    const tab = await trainedTab(store, 700);
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

  it('keeps exact query vectors for photos stored only as codes', async () => {
    const { store } = await libraryOf(400);
    const tab = await openTab(store);
    await tab.settings.choose({ kind: 'pq', M: 4 }, 400);
    await tab.maintainer.maintain({ quiet: true });
    expect(shapeOf(tab)).toEqual([
      ['pq', 400],
      ['delta', 0],
    ]);
    expect(await tab.index.vectorOf(9)).toEqual(vectorOf(9));
    expect(await tab.index.vectorOf(401)).toBeUndefined();
  });

  it('trains nothing when canceled and does not restart until requested', async () => {
    const { name, store } = await libraryOf(600);
    const { tab, finish } = await heldInTraining(store, 600);
    tab.maintainer.cancel();
    await finish();
    // Segments that need no training are sealed.
    expect(shapeOf(tab)).toEqual([
      ['flat', 600],
      ['delta', 0],
    ]);
    await tab.index.addFromStore(await writePhotos(name, 601, 650));
    await tab.maintainer.maintain({ quiet: true });
    expect(shapeOf(tab)).not.toContainEqual(['ivfpq', expect.anything()]);
    tab.maintainer.rebuild();
    await tab.maintainer.maintain();
    expect(shapeOf(tab)).toEqual([
      ['ivfpq', 650],
      ['delta', 0],
    ]);
  });

  it('restarts by itself once the library has grown by a quarter since a cancel', async () => {
    const { name, store } = await libraryOf(600);
    const { tab, finish } = await heldInTraining(store, 600);
    tab.maintainer.cancel();
    await finish();
    await tab.index.addFromStore(await writePhotos(name, 601, 749));
    await tab.maintainer.maintain({ quiet: true });
    expect(shapeOf(tab)).not.toContainEqual(['ivfpq', expect.anything()]);
    await tab.index.addFromStore(await writePhotos(name, 750, 750));
    await tab.maintainer.maintain({ quiet: true });
    expect(shapeOf(tab)).toEqual([
      ['ivfpq', 750],
      ['delta', 0],
    ]);
  });

  it('reports a failure and keeps the last good index', async () => {
    const { store } = await libraryOf(600);
    const trainer = {
      ...trainerOf(store),
      build: () => Promise.reject(new Error('the worker is gone')),
    };
    const tab = await openTab(store, { trainer });
    await tab.settings.choose(IVFPQ, 600);
    await tab.maintainer.maintain({ quiet: true });
    expect(tab.maintainer.work).toMatchObject({ state: 'failed', message: 'the worker is gone' });
    expect(await recallOf(tab, upTo(600))).toBe(1);
    expect(await recallOf(await openTab(store), upTo(600))).toBe(1);
    tab.maintainer.cancel();
    expect(tab.maintainer.work).toEqual({ state: 'idle' });
  });

  it('starts over if another index type is chosen meanwhile', async () => {
    const { store } = await libraryOf(600);
    const { tab, finish } = await heldInTraining(store, 600);
    await tab.settings.choose({ kind: 'ivf', nlist: 8 }, 600);
    tab.maintainer.chosen();
    await finish();
    await tab.maintainer.maintain();
    expect(shapeOf(tab)[0]).toEqual(['ivf', 600]);
    await tab.settings.choose({ kind: 'automatic' }, 600);
    await tab.maintainer.maintain();
    expect(shapeOf(tab)[0]).toEqual(['flat', 600]);
    expect(tab.index.segments()[0]?.spec).toEqual({ kind: 'flat', store: 'float32' });
  });

  it('saves nothing if the library was cleared meanwhile', async () => {
    const { store } = await libraryOf(600);
    const { tab, finish } = await heldInTraining(store, 600);
    await store.clear();
    tab.index.clear();
    tab.maintainer.cleared();
    await finish();
    expect(await searchFor(tab.index, 1, 5)).toBeNull();
    expect((await store.indexes.load(SPACE)).segments).toEqual([]);
    expect(shapeOf(tab)).toEqual([['delta', 0]]);
  });
});

describe('two tabs', () => {
  it('train once, and the other loads the saved index', async () => {
    const { store } = await libraryOf(600);
    const withIndexLock = lockOf();
    let builds = 0;
    const trainer = trainerOf(store, async () => {
      builds++;
    });
    const one = await openTab(store, { withIndexLock, trainer });
    const two = await openTab(store, { withIndexLock, trainer });
    await one.settings.choose(IVFPQ, 600);
    await Promise.all([
      one.maintainer.maintain({ quiet: true }),
      two.maintainer.maintain({ quiet: true }),
    ]);
    expect(builds).toBe(1);
    expect(shapeOf(two)).toEqual(shapeOf(one));
    expect(shapeOf(two)[0]).toEqual(['ivfpq', 600]);
    expect(await two.index.refresh()).toBe(false);
  });
});

it('reports no work for an empty library', async () => {
  const { store } = await libraryOf(0);
  const tab = await openTab(store);
  await tab.maintainer.maintain({ quiet: true });
  tab.maintainer.rebuild();
  await tab.maintainer.maintain({ quiet: true });
  expect(tab.told).toEqual<IndexWork[]>([]);
  expect(await searchFor(tab.index, 1, 1)).toBeNull();
});
