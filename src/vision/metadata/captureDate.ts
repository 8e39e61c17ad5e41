import type { PictureType } from '../types.ts';
import { metadataBlocks } from './blocks.ts';
import { readExifDates } from './exifTags.ts';
import { iptcDates } from './iptc.ts';
import { xmpDates } from './xmp.ts';

/** The oldest surviving photograph is from 1826 or 1827. */
const EARLIEST = Date.UTC(1826, 0, 1);
/** Up to the end of tomorrow: a camera's time zone may be a day ahead of this device's. */
const AHEAD_MS = 2 * 24 * 3600 * 1000;

/** Possible sources of a picture's date, best first. */
export type CaptureSource = 'exif' | 'xmp' | 'iptc' | 'modified';

export interface CaptureDate {
  /** Local wall-clock time, in milliseconds since 1970 as though it were UTC. */
  readonly takenAt: number;
  readonly dateSource: CaptureSource;
}

const DATE_TIME = /^(\d{4})[:/.-](\d\d)[:/.-](\d\d)[ T](\d\d):(\d\d)(?::(\d\d))?(?:\D|$)/;
/** XMP and IPTC may give only the day. */
const DATE = /^(\d{4})-(\d\d)-(\d\d)$/;

/** Whether a photo can have this date. @param wallMs wall clock, in milliseconds as though UTC */
export function isPlausible(wallMs: number, now: number): boolean {
  return wallMs >= EARLIEST && wallMs <= now + AHEAD_MS;
}

/**
 * When a picture was taken, from its metadata: EXIF's own dates, else XMP, IPTC, or EXIF's date of
 * the last change. `undefined` if none is plausible; a picture is never rejected for its date. A
 * date without a time counts as the start of that day.
 *
 * @param bytes the whole file, or as much of its beginning as should be searched
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

/** `2019:05:03 14:05:09`, as in EXIF, or with the separators some programs write. */
function readDateTime(value: unknown, dayAlone: boolean, now: number): number | undefined {
  if (typeof value !== 'string') return undefined;
  const parts = DATE_TIME.exec(value) ?? (dayAlone ? DATE.exec(value) : null);
  if (!parts) return undefined;
  const [year, month, day, hour = 0, minute = 0, second = 0] = parts
    .slice(1)
    .map((part) => Number(part ?? 0));
  const ms = Date.UTC(year!, month! - 1, day, hour, minute, second);
  // `Date` would turn 31 February into a day of March, and the year 26 into 1926.
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
