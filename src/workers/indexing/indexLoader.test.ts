import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { describe, expect, it } from 'vitest';
import {
  IVFPQ,
  libraryOf,
  openTab,
  recallOf,
  SPACE,
  shapeOf,
  trainedTab,
  upTo,
  writePhotos,
} from '../testing/indexedLibrary.ts';
import { searchFor } from '../testing/searchFor.ts';

describe('damage', () => {
  it('to a trained segment is repaired from the stored vectors and reported', async () => {
    const { name, store } = await libraryOf(800);
    await trainedTab(store, 800);
    const database = await openDB(name);
    const [key] = await database.getAllKeys('segments');
    const blob = (await database.get('segments', key!)) as ArrayBuffer;
    new Uint8Array(blob)[blob.byteLength >> 1]! ^= 1;
    await database.put('segments', blob, key);
    database.close();
    const mended = await openTab(store);
    expect(mended.index.rebuilt).toMatch(/rebuilt; no photo is lost/);
    expect(await recallOf(mended, upTo(800))).toBe(1);
    await mended.maintainer.maintain({ quiet: true });
    expect(shapeOf(mended)[0]).toEqual(['ivfpq', 800]);
    expect((await openTab(store)).index.rebuilt).toBeNull();
  });

  it('to a manifest that lacks photos is found after opening and repaired', async () => {
    const { name, store } = await libraryOf(500);
    const tab = await openTab(store);
    await tab.maintainer.maintain({ quiet: true });
    expect(await tab.index.verify()).toBe(false);
    const database = await openDB(name);
    await database.clear('manifest');
    const opened = await openTab(store);
    expect(opened.index.rebuilt).toBeNull();
    expect(await searchFor(opened.index, 1, 3)).toBeNull();
    expect(await opened.index.verify()).toBe(true);
    expect(opened.index.rebuilt).toMatch(/does not hold/);
    expect(await recallOf(opened, upTo(500))).toBe(1);
    await opened.maintainer.maintain({ quiet: true });
    expect(await opened.index.verify()).toBe(false);
    // A photo just imported, with its event still pending, is no damage.
    await writePhotos(name, 501, 502);
    expect(await opened.index.verify()).toBe(false);
    expect(opened.index.liveIds()).toHaveLength(502);
    database.close();
  });

  it('to single vectors affects no others and does not recur at each start', async () => {
    const { name, store } = await libraryOf(600);
    const database = await openDB(name);
    await database.put('vectors', new ArrayBuffer(3), [SPACE.id, 40]);
    database.close();
    const tab = await openTab(store);
    await tab.settings.choose(IVFPQ, 600);
    await tab.maintainer.maintain({ quiet: true });
    expect(shapeOf(tab)[0]).toEqual(['ivfpq', 599]);
    const again = await openTab(store);
    expect(await again.index.verify()).toBe(false);
    expect(again.index.rebuilt).toBeNull();
    expect(again.index.liveIds()).toHaveLength(599);
  });
});
