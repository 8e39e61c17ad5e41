import type { PictureType } from '../types.ts';
import { metadataBlocks } from './blocks.ts';
import { readExifDates } from './exifTags.ts';
import { iptcDates } from './iptc.ts';
import { xmpDates } from './xmp.ts';

/** The oldest photograph that is left is of 1826 or 1827. */
const EARLIEST = Date.UTC(1826, 0, 1);
/** The end of tomorrow, and a camera may be set to a time zone a day ahead of this device's. */
const AHEAD_MS = 2 * 24 * 3600 * 1000;

/** What a picture can have its date from, best first. */
export type CaptureSource = 'exif' | 'xmp' | 'iptc' | 'modified';

export interface CaptureDate {
  /** What the clock showed there, in milliseconds since 1970 as though that clock were UTC. */
  readonly takenAt: number;
  readonly dateSource: CaptureSource;
}

const DATE_TIME = /^(\d{4})[:/.-](\d\d)[:/.-](\d\d)[ T](\d\d):(\d\d)(?::(\d\d))?(?:\D|$)/;
/** XMP and IPTC may tell the day alone. */
const DATE = /^(\d{4})-(\d\d)-(\d\d)$/;

/** Whether a photo can be from then. @param wallMs wall clock, in milliseconds as though UTC */
export function isPlausible(wallMs: number, now: number): boolean {
  return wallMs >= EARLIEST && wallMs <= now + AHEAD_MS;
}

/**
 * When a picture was taken, as it says itself: by its EXIF data's own dates, else by XMP, by IPTC, or
 * by when EXIF data says that the file was last changed. `undefined` where none says anything that can
 * be; a picture is never refused for its date. A date without a time is the beginning of that day.
 *
 * @param bytes the whole file, or as much of its beginning as is to be looked at
 */
export async function captureDate(
  type: PictureType,
  bytes: Uint8Array,
  now: number = Date.now(),
): Promise<CaptureDate | undefined> {
  const { exif, xmp, iptc } = await metadataBlocks(type, bytes);
  const tags = exif && (await readExifDates(exif));
  const sources: [CaptureSource, () => readonly unknown[]][] = [
    ['exif', () => (tags ? [tags.original, tags.digitized] : [])],
    ['xmp', () => (xmp ? xmpDates(xmp) : [])],
    ['iptc', () => (iptc ? iptcDates(iptc) : [])],
    ['modified', () => (tags ? [tags.modified] : [])],
  ];
  for (const [dateSource, read] of sources) {
    for (const text of read()) {
      const takenAt = readDateTime(text, dateSource === 'xmp' || dateSource === 'iptc', now);
      if (takenAt !== undefined) return { takenAt, dateSource };
    }
  }
  return undefined;
}

/** `2019:05:03 14:05:09`, as EXIF writes it, or with the separators that some programs write. */
function readDateTime(value: unknown, dayAlone: boolean, now: number): number | undefined {
  if (typeof value !== 'string') return undefined;
  const parts = DATE_TIME.exec(value) ?? (dayAlone ? DATE.exec(value) : null);
  if (!parts) return undefined;
  const [year, month, day, hour = 0, minute = 0, second = 0] = parts
    .slice(1)
    .map((part) => Number(part ?? 0));
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
