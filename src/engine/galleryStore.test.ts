import { expect, it } from 'vitest';
import { GalleryStore } from './galleryStore.ts';

const gallery = () => ({
  ids: Uint32Array.of(2, 5),
  aspects: Float32Array.of(1.5, 0.5),
  takenAt: Float64Array.of(1000, Number.NaN),
  addedAt: Float64Array.of(7000, 8000),
});

it('keeps each photo’s columns aligned', async () => {
  const store = new GalleryStore();
  await store.load(async () => gallery());
  store.add({ ids: [9, 3], aspects: [2, 3], takenAt: [null, 4000], addedAt: [9000, 9001] });
  store.date([5, 77], [6000, 1]);
  store.flush();
  expect(store.snapshot.get()).toMatchObject({
    length: 4,
    ids: Uint32Array.of(2, 3, 5, 9),
    aspects: Float32Array.of(1.5, 3, 0.5, 2),
    takenAt: Float64Array.of(1000, 4000, 6000, Number.NaN),
    addedAt: Float64Array.of(7000, 9001, 8000, 9000),
  });
  store.remove([2, 5]);
  expect(store.snapshot.get()).toMatchObject({
    length: 2,
    ids: Uint32Array.of(3, 9),
    takenAt: Float64Array.of(4000, Number.NaN),
    addedAt: Float64Array.of(9001, 9000),
  });
});

it('accepts photos without dates from a tab running an earlier version', async () => {
  const store = new GalleryStore();
  await store.load(async () => gallery());
  const before = Date.now();
  store.add({ ids: [6], aspects: [1] });
  store.flush();
  const { takenAt, addedAt } = store.snapshot.get();
  expect(takenAt[2]).toBeNaN();
  expect(addedAt[2]).toBeGreaterThanOrEqual(before);
});
