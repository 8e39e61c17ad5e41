import 'fake-indexeddb/auto';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import type { AkinEvent, PhotoId } from '../protocol/index.ts';
import type { Store } from '../store/index.ts';
import { fileOf, keepOf, openLibrary } from '../store/testing/library.ts';
import { dateOldPhotos } from './oldDates.ts';

const TAKEN = Date.UTC(2019, 4, 3, 14, 5, 9);

async function photo(format: 'jpeg' | 'webp', date?: string): Promise<Blob> {
  const picture = sharp({ create: { width: 8, height: 8, channels: 3, background: '#468' } });
  const exif = date ? picture.withExif({ IFD2: { DateTimeOriginal: date } }) : picture;
  return new Blob([await exif.toFormat(format).toBuffer()]);
}

/** Brings in a photo as versions did that read no dates. */
async function old(store: Store, n: number, blob: Blob, taken: object = {}): Promise<PhotoId> {
  const [staged] = await store.jobs.stage([{ ...fileOf(n), blob, ...taken }]);
  await store.photos.keep(keepOf(staged!.id));
  return staged!.id;
}

async function look(store: Store): Promise<AkinEvent[]> {
  const told: AkinEvent[] = [];
  const { photos, meta } = store;
  await dateOldPhotos({ photos, meta, tell: (event) => told.push(event) });
  return told;
}

it('finds the dates of the photos of before, once', async () => {
  const store = await openLibrary();
  const jpeg = await old(store, 1, await photo('jpeg', '2019:05:03 14:05:09'));
  const plain = await old(store, 2, await photo('jpeg'));
  const webp = await old(store, 3, await photo('webp', '2019:05:03 14:05:09'));
  const broken = await old(store, 4, new Blob(['no picture at all']));
  const known = await old(store, 5, await photo('jpeg', '2001:01:01 00:00:00'), {
    takenAt: TAKEN + 1,
  });
  const filed = await old(store, 6, await photo('jpeg', '2019:05:03 14:05:09'), {
    takenAt: TAKEN + 2,
    fileDated: true,
  });
  expect(await look(store)).toEqual([{ type: 'dated', ids: [jpeg, webp, filed] }]);
  const dates = await store.photos.dates([jpeg, plain, webp, broken, known, filed]);
  expect(dates.map(({ takenAt }) => takenAt)).toEqual([
    TAKEN,
    undefined,
    TAKEN,
    undefined,
    TAKEN + 1,
    TAKEN,
  ]);
  expect(await store.photos.get(filed)).toMatchObject({ dateSource: 'exif' });

  // It is done: one that comes later without a date is not looked at.
  await old(store, 7, await photo('jpeg', '2019:05:03 14:05:09'));
  expect(await look(store)).toEqual([]);
});

it.each(['all', 3, { reader: 1, after: 'all' }, { reader: 'two' }, null])(
  'looks again where an earlier reader was done or got so far: %j',
  async (mark) => {
    const store = await openLibrary();
    const id = await old(store, 1, await photo('jpeg', '2019:05:03 14:05:09'));
    await store.meta.set('dates.looked', mark);
    expect(await look(store)).toEqual([{ type: 'dated', ids: [id] }]);
    expect(await look(store)).toEqual([]);
  },
);

it('has nothing to do in a library that begins with it', async () => {
  const store = await openLibrary();
  expect(await look(store)).toEqual([]);
  await old(store, 1, await photo('jpeg', '2019:05:03 14:05:09'));
  expect(await look(store)).toEqual([]);
});

it('goes on where it was cut short', async () => {
  const store = await openLibrary();
  const ids: PhotoId[] = [];
  const dated = await photo('jpeg', '2019:05:03 14:05:09');
  for (let n = 1; n <= 120; n++) ids.push(await old(store, n, dated));
  const { meta, photos } = store;
  const asked: PhotoId[] = [];
  const original = async (id: PhotoId) => {
    asked.push(id);
    return photos.original(id);
  };
  const datesWanted = photos.datesWanted.bind(photos);
  const betterDate: typeof photos.betterDate = async (id, taken) => {
    if (id === ids[70]) throw new DOMException('The tab is gone.', 'AbortError');
    return photos.betterDate(id, taken);
  };
  const cut = dateOldPhotos({
    meta,
    photos: { original, datesWanted, betterDate },
    tell: () => {},
  });
  await expect(cut).rejects.toThrow('The tab is gone.');
  asked.length = 0;
  const tell = () => {};
  await dateOldPhotos({
    meta,
    photos: { original, datesWanted, betterDate: photos.betterDate.bind(photos) },
    tell,
  });
  // Those of the part that was cut short have their dates already.
  expect(asked).toEqual(ids.slice(70));
  const dates = await photos.dates(ids);
  expect(dates.every(({ takenAt }) => takenAt === TAKEN)).toBe(true);
}, 30_000);

it('does not bring a photo back that goes meanwhile', async () => {
  const store = await openLibrary();
  const id = await old(store, 1, await photo('jpeg', '2019:05:03 14:05:09'));
  await store.bin.add([id]);
  await store.bin.purge(null);
  expect(await store.photos.betterDate(id, { takenAt: TAKEN, dateSource: 'exif' })).toBe(false);
  await expect(store.photos.get(id)).rejects.toMatchObject({ code: 'not-found' });
});
