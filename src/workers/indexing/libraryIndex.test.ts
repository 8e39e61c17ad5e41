import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import {
  hitsOf,
  libraryOf,
  openTab,
  recallOf,
  shapeOf,
  trainedTab,
  upTo,
  writePhotos,
} from '../testing/indexedLibrary.ts';

describe('a trained library', () => {
  it('seals small additions in tiers beside the trained segment until it retrains', async () => {
    const { name, store } = await libraryOf(1_000);
    const tab = await trainedTab(store, 1_000);
    const add = async (from: number, to: number) => {
      await tab.index.addFromStore(await writePhotos(name, from, to));
      await tab.maintainer.maintain({ quiet: true });
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

  it('keeps photos hidden that an unchanged segment still holds', async () => {
    const { name, store } = await libraryOf(1_000);
    const tab = await trainedTab(store, 1_000);
    await store.trash.add([3, 4]);
    tab.index.hide([3, 4]);
    await store.trash.purge([3]);
    await tab.index.addFromStore(await writePhotos(name, 1_001, 1_010));
    await tab.maintainer.maintain({ quiet: true });
    for (const each of [tab, await openTab(store)]) {
      expect(each.index.rebuilt).toBeNull();
      expect(each.index.liveIds()).toHaveLength(1_008);
      expect(await hitsOf(each, 8, 1_010)).not.toContain(3);
      await each.index.show([]);
    }
    await store.trash.restore([4]);
    await tab.index.show([4]);
    expect(await hitsOf(tab, 8, 1_010)).toContain(4);
    expect(await hitsOf(await openTab(store), 8, 1_010)).toContain(4);
  });

  it('is retrained after a fifth of it is deleted', async () => {
    const { store } = await libraryOf(1_000);
    const tab = await trainedTab(store, 1_000);
    const gone = upTo(220);
    await store.trash.add(gone);
    tab.index.hide(gone);
    await store.trash.purge(null);
    await tab.maintainer.maintain();
    expect(tab.index.segments()).toMatchObject([{ live: 780, dead: 0 }, { live: 0 }]);
    const reloaded = await openTab(store);
    expect(reloaded.index.rebuilt).toBeNull();
    expect(reloaded.index.liveIds()[0]).toBe(221);
  });
});

describe('warming up', () => {
  it('changes nothing, even in an empty library', async () => {
    const { store } = await libraryOf(50);
    const tab = await openTab(store);
    const before = [shapeOf(tab), await hitsOf(tab, 8, 10)];
    tab.index.warmUp();
    expect([shapeOf(tab), await hitsOf(tab, 8, 10)]).toEqual(before);
    const empty = await openTab((await libraryOf(0)).store);
    expect(() => empty.index.warmUp()).not.toThrow();
  });
});
