import sharp from 'sharp';
import { afterEach, expect, it } from 'vitest';
import { toFloatingTime } from './floatingTime.ts';
import { photoDate } from './photoDate.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const MONTH = 30 * 24 * 3600 * 1000;

const zone = process.env.TZ;
afterEach(() => {
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
});

async function photo(exif?: Record<string, string>): Promise<Uint8Array> {
  const picture = sharp({ create: { width: 8, height: 8, channels: 3, background: '#468' } });
  return (exif ? picture.withExif({ IFD2: exif }) : picture).jpeg().toBuffer();
}

it('uses the camera’s date, regardless of the file date and the time zone', async () => {
  const bytes = await photo({ DateTimeOriginal: '2019:05:03 23:05:09' });
  for (const there of ['UTC', 'America/Los_Angeles', 'Pacific/Auckland']) {
    process.env.TZ = there;
    expect(await photoDate('jpeg', bytes, NOW - MONTH, NOW)).toEqual({
      takenAt: Date.UTC(2019, 4, 3, 23, 5, 9),
      dateSource: 'exif',
    });
  }
});

it('falls back to the file date, in the local time of that date', async () => {
  const bytes = await photo();
  const written = Date.UTC(2020, 6, 1, 23, 30);
  process.env.TZ = 'Europe/Berlin';
  expect(await photoDate('jpeg', bytes, written, NOW)).toEqual({
    takenAt: Date.UTC(2020, 6, 2, 1, 30),
    dateSource: 'file',
  });
  // Winter time has another offset.
  expect(toFloatingTime(Date.UTC(2020, 0, 1, 12))).toBe(Date.UTC(2020, 0, 1, 13));
});

it('uses the file date if the camera’s date is invalid', async () => {
  const bytes = await photo({ DateTimeOriginal: '0000:00:00 00:00:00' });
  expect(await photoDate('jpeg', bytes, NOW - MONTH, NOW)).toMatchObject({ dateSource: 'file' });
});

it.each([
  ['that was never set', 0],
  ['of the first day that FAT knows', Date.UTC(1980, 0, 1)],
  ['of just now', NOW - 10_000],
  ['that is to come', NOW + MONTH],
  ['that is none', Number.NaN],
  ['beyond all time', Number.POSITIVE_INFINITY],
])('ignores a file date %s', async (_words, lastModified) => {
  expect(await photoDate('jpeg', await photo(), lastModified, NOW)).toEqual({});
});
