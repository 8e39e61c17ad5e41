import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { nodeSimdKernels } from '../../../bench/nodeKernels.ts';
import type { AkinEvent, MapWork } from '../../protocol/index.ts';
import { NO_CLUSTER } from '../../protocol/index.ts';
import type { Store } from '../../store/index.ts';
import { trustworthiness } from '../../umap/index.ts';
import { libraryOf, openTab, SPACE, vectorOf, writePhotos } from '../testing/indexedLibrary.ts';
import { layOutJob } from './layOutJob.ts';
import { mapHandlers } from './mapHandlers.ts';
import { photoMap } from './photoMap.ts';
import { previewAlike } from './previewAlike.ts';

// Layouts of real vectors in a real store.

const MANY = 400;

function layOut(
  store: Store,
  options: { signal?: AbortSignal; onProgress?: (w: MapWork) => void } = {},
) {
  return layOutJob({
    store,
    kernels: nodeSimdKernels(),
    spaceId: SPACE.id,
    seed: 1,
    signal: options.signal ?? new AbortController().signal,
    onProgress: options.onProgress ?? (() => {}),
    now: () => performance.now(),
    date: () => 1_000,
  });
}

/** A library with a saved map of all its photos. */
async function mapped(photos: number) {
  const { name, store } = await libraryOf(photos);
  await store.maps.save(SPACE.id, await layOut(store));
  return { name, store };
}

/** A tab's calls. */
async function tabOf(store: Store) {
  const { index } = await openTab(store);
  const events: AkinEvent[] = [];
  const handlers = mapHandlers({
    store: async () => store,
    index: async () => ({ spaceId: index.space.id, index }),
    broadcast: (event) => events.push(event),
  });
  const map = () => handlers.map(new AbortController().signal);
  return { index, events, map };
}

describe('a layout', () => {
  it('keeps neighbours of the library together, and reports growing progress', async () => {
    const { store } = await libraryOf(MANY);
    const works: MapWork[] = [];
    const map = await layOut(store, { onProgress: (work) => works.push(work) });
    expect(map.ids).toHaveLength(MANY);
    const vectors = Float32Array.from([...map.ids].flatMap((id) => [...vectorOf(id)]));
    expect(trustworthiness(vectors, SPACE.d, map.positions, 10)).toBeGreaterThan(0.85);
    for (const { central } of map.clusterList) expect(map.ids).toContain(central);
    const shares = works.map((work) => (work.state === 'working' ? work.share : -1));
    expect(shares[0]).toBe(0);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    store.close();
  });

  it('leaves photos in the trash out', async () => {
    const { store } = await libraryOf(30);
    await store.trash.add([3, 7]);
    expect([...(await layOut(store)).ids]).not.toEqual(expect.arrayContaining([3]));
    store.close();
  });

  it('can be cancelled, and needs photos', async () => {
    const { store } = await libraryOf(MANY);
    const controller = new AbortController();
    const layout = layOut(store, {
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(layout).rejects.toMatchObject({ code: 'aborted' });
    store.close();
    const { store: empty } = await libraryOf(0);
    await expect(layOut(empty)).rejects.toMatchObject({ code: 'not-found' });
    empty.close();
  });
});

describe('the map', () => {
  it('is null before the first layout', async () => {
    const { store } = await libraryOf(5);
    expect(await (await tabOf(store)).map()).toBeNull();
    store.close();
  });

  it('shows the gallery, not the trash, and the trash again when restored', async () => {
    const { store } = await mapped(60);
    const tab = await tabOf(store);
    const before = (await tab.map())!;
    expect([...before.ids]).toEqual(Array.from({ length: 60 }, (_, i) => i + 1));
    const { central } = before.clusterList[0]!;
    await store.trash.add([central]);
    tab.index.hide([central]);
    const without = (await tab.map())!;
    expect(without.ids).toHaveLength(59);
    // Another of its photos stands for the cluster.
    const [largest] = without.clusterList;
    expect(without.ids).toContain(largest!.central);
    expect(without.clusters[without.ids.indexOf(largest!.central)]).toBe(0);
    await store.trash.restore([central]);
    await tab.index.show([central]);
    expect(await tab.map()).toEqual(before);
    store.close();
  });

  it('places new photos near their neighbors, keeps that, and tells other tabs once', async () => {
    const { name, store } = await mapped(300);
    const tab = await tabOf(store);
    const before = (await tab.map())!;
    await writePhotos(name, 301, 320);
    await tab.index.addFromStore(Array.from({ length: 20 }, (_, i) => 301 + i));
    const after = (await tab.map())!;
    expect(after).toMatchObject({ placed: 20, missing: 0 });
    expect(after.positions.subarray(0, 600)).toEqual(before.positions);
    const vectors = Float32Array.from([...after.ids].flatMap((id) => [...vectorOf(id)]));
    const placedRows = Array.from({ length: 20 }, (_, i) => 300 + i);
    expect(trustworthiness(vectors, SPACE.d, after.positions, 10, placedRows)).toBeGreaterThan(0.8);
    expect(await tab.map()).toEqual(after);
    expect(tab.events).toEqual([{ type: 'map' }]);
    expect((await store.maps.get(SPACE.id))!.placed).toHaveLength(20);
    store.close();
  });

  it('doesn’t place thousands one by one, but says how many are missing', async () => {
    const { name, store } = await mapped(50);
    await writePhotos(name, 51, 2_100);
    const map = (await (await tabOf(store)).map())!;
    expect([map.ids.length, map.placed, map.missing]).toEqual([50, 0, 2_050]);
    store.close();
  });
});

describe('a preview', () => {
  const signal = new AbortController().signal;
  const options = (store: Store) => ({
    ...{ store, kernels: nodeSimdKernels(), spaceId: SPACE.id, signal },
  });

  it('brings a pair together, and its neighbors along', async () => {
    const { store } = await mapped(300);
    const map = (await store.maps.get(SPACE.id))!;
    const [first, last] = map.clusterList;
    const [a, b] = [first!.central, map.clusterList.at(-1)!.central];
    expect(last).toBeDefined();
    const { ids, positions } = await previewAlike([[a, b]], options(store));
    const gap = (places: Float32Array, among: Uint32Array) => {
      const [i, j] = [among.indexOf(a), among.indexOf(b)];
      return Math.hypot(places[2 * i]! - places[2 * j]!, places[2 * i + 1]! - places[2 * j + 1]!);
    };
    expect(gap(positions, ids)).toBeLessThan(0.5 * gap(map.positions, map.ids));
    expect(positions.every((at) => at >= 0 && at <= 1)).toBe(true);
    // It changes nothing.
    expect(await store.maps.get(SPACE.id)).toEqual(map);
    store.close();
  });

  it('rejects photos that aren’t on the map, and pairs that are none', async () => {
    const { store } = await mapped(20);
    const preview = (...pairs: [number, number][]) => previewAlike(pairs, options(store));
    await expect(preview([1, 99])).rejects.toMatchObject({ code: 'not-found' });
    await expect(preview([1, 1])).rejects.toMatchObject({ code: 'invalid-argument' });
    await expect(preview()).rejects.toMatchObject({ code: 'invalid-argument' });
    for (const bad of ['x', null, [[1]], [null], [[1, 2, 3]]]) {
      const previewed = previewAlike(bad as never, options(store));
      await expect(previewed).rejects.toMatchObject({ code: 'invalid-argument' });
    }
    store.close();
  });
});

it('clusters without photos leave no gap', () => {
  const saved = {
    ids: Uint32Array.of(1, 2, 3, 4),
    positions: Float32Array.of(0, 0, 0.1, 0, 0.5, 0.5, 1, 1),
    clusters: Uint16Array.of(0, 0, 1, NO_CLUSTER),
    clusterList: [{ central: 1 }, { central: 3 }],
    laidOutAt: 1,
    placed: new Uint32Array(),
  };
  const map = photoMap('s', saved, (id) => id > 2, 0);
  expect(map.clusterList).toEqual([{ central: 3, size: 1, x: 0.5, y: 0.5 }]);
  expect([...map.clusters]).toEqual([0, NO_CLUSTER]);
  // A label beyond the list, as in a damaged map, is none.
  const odd = { ...saved, clusters: Uint16Array.of(0, 7, 1, 1) };
  expect([...photoMap('s', odd, () => true, 0).clusters]).toEqual([1, NO_CLUSTER, 0, 0]);
});
