import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { expect, it } from 'vitest';
import type { DateSource, PhotoId } from '../../protocol/index.ts';
import type { Store } from '../open.ts';
import { fileOf, freshName, importPhoto, keepOf, openLibrary } from '../testing/library.ts';

const TAKEN = Date.UTC(2019, 4, 3, 14, 5);

/** Writes photos with these dates, as imports of older versions did. */
async function write(name: string, rows: ReadonlyMap<PhotoId, unknown>): Promise<void> {
  const database = await openDB(name);
  const tx = database.transaction('photos', 'readwrite');
  for (const [id, takenAt] of rows) {
    await tx.store.put({
      id,
      hash: `hash ${id}`,
      name: `${id}.jpg`,
      path: '',
      type: 'image/jpeg',
      bytes: 1,
      width: 3,
      height: 2,
      thumbWidth: 3,
      thumbHeight: 2,
      addedAt: id,
      ...(takenAt !== undefined && { takenAt }),
    });
  }
  await tx.done;
  database.close();
}

async function imported(store: Store, n: number, taken: object): Promise<PhotoId> {
  const [staged] = await store.jobs.stage([{ ...fileOf(n), ...taken }], 1000);
  await store.photos.keep(keepOf(staged!.id));
  return staged!.id;
}

it('keeps the date from the queued file to the photo, through a failure and the trash', async () => {
  const store = await openLibrary();
  const [staged] = await store.jobs.stage([{ ...fileOf(1), takenAt: TAKEN, dateSource: 'iptc' }]);
  const id = staged!.id;
  await store.jobs.fail(id, { code: 'internal', message: 'It did not work.' });
  await store.jobs.retry(null);
  await store.photos.keep(keepOf(id));
  await store.trash.add([id]);
  await store.trash.restore([id]);
  expect(await store.photos.get(id)).toMatchObject({ takenAt: TAKEN, dateSource: 'iptc' });
});

it('omits an unknown date', async () => {
  const store = await openLibrary();
  const without = await store.photos.get(await importPhoto(store, 1));
  expect(without).not.toHaveProperty('takenAt');
  expect(without).not.toHaveProperty('dateSource');
});

it('derives the date source of photos imported before it was stored', async () => {
  const store = await openLibrary();
  const camera = await imported(store, 1, { takenAt: TAKEN });
  const file = await imported(store, 2, { takenAt: TAKEN, fileDated: true });
  const damaged = await imported(store, 3, { takenAt: TAKEN, dateSource: 'a guess' });
  expect(await store.photos.get(camera)).toMatchObject({ takenAt: TAKEN, dateSource: 'exif' });
  expect(await store.photos.get(file)).toMatchObject({ takenAt: TAKEN, dateSource: 'file' });
  expect(await store.photos.get(file)).not.toHaveProperty('fileDated');
  expect(await store.photos.get(damaged)).toMatchObject({ dateSource: 'exif' });
});

it('replaces a photo’s date only with one from a better source', async () => {
  const name = freshName();
  const store = await openLibrary({ name });
  await write(name, new Map([[1, TAKEN]]));
  const database = await openDB(name);
  await database.put('photos', { ...(await database.get('photos', 1)), fileDated: true });
  database.close();
  const give = (takenAt: number, dateSource: DateSource) =>
    store.ledger.dated(1, 2, { takenAt, dateSource });
  expect(await give(1, 'file')).toBe(false);
  expect(await give(2, 'modified')).toBe(true);
  expect(await store.photos.get(1)).toMatchObject({ takenAt: 2, dateSource: 'modified' });
  expect(await give(3, 'modified')).toBe(false);
  expect(await give(4, 'xmp')).toBe(true);
  expect(await give(5, 'iptc')).toBe(false);
  expect(await give(6, 'exif')).toBe(true);
  expect(await give(7, 'exif')).toBe(false);
  expect(await store.photos.get(1)).toMatchObject({ takenAt: 6, dateSource: 'exif' });
});

it.each([Number.NaN, Number.POSITIVE_INFINITY, 1e16, 0.5, '2019', null, {}])(
  'returns a photo whose stored date is %s without a date',
  async (damaged) => {
    const name = freshName();
    const store = await openLibrary({ name });
    await write(name, new Map([[1, damaged]]));
    expect(await store.photos.get(1)).not.toHaveProperty('takenAt');
    expect(await store.photos.dates([1])).toEqual([{ id: 1, addedAt: 1 }]);
  },
);

it('returns the dates of exactly the requested photos, whether many or few', async () => {
  const name = freshName();
  const store = await openLibrary({ name });
  const taken = (id: number) => (id % 2 ? TAKEN + id : undefined);
  const everybody = [...Array.from({ length: 2500 }, (_, i) => i + 1), 50_000, 90_000, 90_001];
  await write(name, new Map(everybody.map((id) => [id, taken(id)])));
  const expected = (ids: readonly number[]) =>
    ids.map((id) => ({ id, addedAt: id, ...(id % 2 && { takenAt: taken(id) }) }));

  expect(await store.photos.dates(everybody)).toEqual(expected(everybody));
  const some = everybody.filter((id) => id % 7 === 3);
  expect(await store.photos.dates([...some].reverse())).toEqual(expected(some));
  expect(await store.photos.dates([90_001, 5, 77_777, 5, 90_001])).toEqual(expected([5, 90_001]));
  expect(await store.photos.dates([])).toEqual([]);
});
