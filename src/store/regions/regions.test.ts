import { COLORS_VERSION } from '../../base/colors/descriptor.ts';
import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { freshName, importPhoto, keepOf, openLibrary, SPACE, stage } from '../testing/library.ts';
import { decodeRegions, encodeRegions, windowBox } from './regionRows.ts';

const unit = (...values: number[]) => {
  const length = Math.hypot(...values);
  return values.map((value) => value / length);
};
const parts = [unit(1, 2, 3, -4), unit(0, 0, 0.01, 0), unit(-1, 0, 1, 0), unit(5, 4, 3, 2)];
const vectors = Float32Array.from(parts.flat());
const view = { x: 0, y: 0.2, width: 1, height: 0.6 };
const windows = Uint8Array.of(0, 2, 5, 8);
const WANTED = { colors: COLORS_VERSION, date: 1, space: SPACE.id, regions: true };

describe('stored regions', () => {
  it('come back nearly as they were, at unit length', () => {
    const back = decodeRegions(encodeRegions({ view, windows, vectors }), 4)!;
    for (const [i, value] of vectors.entries()) expect(back.vectors[i]).toBeCloseTo(value, 2);
    expect(back.windows).toEqual(windows);
    for (const side of ['x', 'y', 'width', 'height'] as const) {
      expect(Math.abs(back.view[side] - view[side])).toBeLessThan(1 / 255);
    }
    for (let r = 0; r < 4; r++) {
      expect(Math.hypot(...back.vectors.subarray(4 * r, 4 * r + 4))).toBeCloseTo(1, 6);
    }
  });

  it.each([
    ['of another length', new ArrayBuffer(23)],
    ['without a direction', new ArrayBuffer(24)],
    ['of another window', Uint8Array.from({ length: 24 }, () => 9).buffer],
    ['no buffer', 'text'],
  ])('are malformed: %s', (_, value) => {
    expect(decodeRegions(value, 4)).toBeNull();
  });

  it('are windows of the view, half as long and overlapping by half', () => {
    const box = windowBox({ x: 0, y: 0.2, width: 1, height: 0.6 }, 5);
    expect(box).toEqual({ x: 0.5, y: 0.2 + 0.6 / 4, width: 0.5, height: 0.3 });
    expect(windowBox({ x: 0, y: 0, width: 1, height: 1 }, 0)).toMatchObject({ x: 0, y: 0 });
  });
});

describe('regions in the library', () => {
  const regions = encodeRegions({ view, windows, vectors });

  it('come with a new photo, and go with it', async () => {
    const store = await openLibrary({ name: freshName() });
    const id = await stage(store, 1);
    await store.photos.keep({ ...keepOf(id), regions });
    const other = await importPhoto(store, 2);
    expect(await store.regions.ids(SPACE.id)).toEqual([id]);
    const [found] = await store.regions.of(SPACE, [id, other, 99]);
    expect(found).toMatchObject({ id });
    await store.trash.add([id]);
    expect(await store.regions.ids(SPACE.id)).toEqual([id]);
    await store.trash.purge(null);
    expect(await store.regions.ids(SPACE.id)).toEqual([]);
  });

  it('are missing from older photos until they are filled in', async () => {
    const store = await openLibrary({ name: freshName() });
    const id = await importPhoto(store, 1);
    await store.ledger.dated(id, 1, undefined);
    await store.ledger.keepColors(id, null);
    expect(await store.ledger.missing({ ...WANTED, regions: false })).toEqual([]);
    expect(await store.ledger.missing(WANTED)).toMatchObject([{ id, vector: true, date: false }]);
    // A library completed before there were regions isn't complete any more.
    await store.ledger.completed({ ...WANTED, regions: false });
    expect(await store.ledger.isComplete(WANTED)).toBe(false);
    const vector = Float32Array.of(1, 0, 0, 0);
    const keep = () => store.ledger.keep({ id, spaceId: SPACE.id, vector, regions });
    expect(await keep()).toBe(true);
    expect(await keep()).toBe(false);
    expect(await store.ledger.missing(WANTED)).toEqual([]);
    await store.ledger.completed(WANTED);
    expect(await store.ledger.isComplete(WANTED)).toBe(true);
    // Its own vector stays.
    expect([...(await store.indexes.vector(SPACE, id))!]).not.toEqual([1, 0, 0, 0]);
  });

  it('have saved codes until one of the photos is deleted', async () => {
    const store = await openLibrary({ name: freshName() });
    const [a, b] = [await stage(store, 1), await stage(store, 2)];
    for (const id of [a, b]) await store.photos.keep({ ...keepOf(id), regions });
    const codes = {
      photos: Uint32Array.of(a, b),
      places: new Uint8Array(16),
      codes: new ArrayBuffer(3),
    };
    expect(await store.regions.saved(SPACE.id)).toBeNull();
    expect(await store.regions.save(SPACE.id, codes)).toBe(true);
    expect(await store.regions.saved(SPACE.id)).toEqual(codes);
    await store.trash.add([a]);
    await store.trash.purge(null);
    expect(await store.regions.saved(SPACE.id)).toBeNull();
    // Another tab was still making them.
    expect(await store.regions.save(SPACE.id, codes)).toBe(false);
    expect(await store.regions.saved(SPACE.id)).toBeNull();
    await store.regions.save(SPACE.id, { ...codes, photos: Uint32Array.of(b) });
    expect(await store.regions.saved(SPACE.id)).toBeNull();
  });

  it('are read without malformed rows', async () => {
    const store = await openLibrary({ name: freshName() });
    const ids: number[] = [];
    for (let n = 1; n <= 3; n++) {
      const id = await stage(store, n);
      ids.push(id);
      await store.photos.keep({ ...keepOf(id), regions: n === 2 ? new ArrayBuffer(7) : regions });
    }
    const read = await store.regions.of(SPACE, await store.regions.ids(SPACE.id));
    expect(read.map(({ id }) => id)).toEqual([ids[0], ids[2]]);
  });
});
