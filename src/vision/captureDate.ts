import { exifBlock } from './exifBlock.ts';
import { readExifDates } from './exifTags.ts';
import type { PictureType } from './types.ts';

/** The oldest photograph that is left is of 1826 or 1827. */
const EARLIEST = Date.UTC(1826, 0, 1);
/** The end of tomorrow, and a camera may be set to a time zone a day ahead of this device's. */
const AHEAD_MS = 2 * 24 * 3600 * 1000;

const DATE_TIME = /^(\d{4})[:/.-](\d\d)[:/.-](\d\d)[ T](\d\d):(\d\d)(?::(\d\d))?(?:\D|$)/;

/** Whether a photo can be from then. @param wallMs wall clock, in milliseconds as though UTC */
export function isPlausible(wallMs: number, now: number): boolean {
  return wallMs >= EARLIEST && wallMs <= now + AHEAD_MS;
}

/**
 * When a picture was taken, as its EXIF data says: what the camera's clock showed, in milliseconds
 * since 1970 as though that clock were UTC. `undefined` where it says nothing that can be; a picture
 * is never refused for its date.
 *
 * @param bytes the whole file
 */
export async function captureDate(
  type: PictureType,
  bytes: Uint8Array,
  now: number = Date.now(),
): Promise<number | undefined> {
  const tiff = exifBlock(type, bytes);
  if (!tiff) return undefined;
  const { original, digitized } = await readExifDates(tiff);
  return readDateTime(original, now) ?? readDateTime(digitized, now);
}

/** `2019:05:03 14:05:09`, as EXIF writes it, or with the separators that some programs write. */
function readDateTime(value: unknown, now: number): number | undefined {
  const parts = typeof value === 'string' ? DATE_TIME.exec(value) : null;
  if (!parts) return undefined;
  const [year, month, day, hour, minute, second] = parts.slice(1).map((part) => Number(part ?? 0));
  const ms = Date.UTC(year!, month! - 1, day, hour, minute, second);
  // The 31st of February would become a day of March, and the year 26 that of 1926.
  const date = new Date(ms);
  const isDate =
    date.getUTCFullYear() === year &&
    date.getUTCMonth() === month! - 1 &&
    date.getUTCDate() === day &&
    date.getUTCHours() === hour &&
    date.getUTCMinutes() === minute &&
    date.getUTCSeconds() === second;
  return isDate && isPlausible(ms, now) ? ms : undefined;
}
