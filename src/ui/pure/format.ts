import type { DateSource, PhotoInfo } from '../../protocol/index.ts';
import { locale, t } from '../text/t.ts';

const numberFormats = new Map<string, Intl.NumberFormat>();

function number(n: number, digits: 0 | 1): string {
  const key = `${locale} ${digits}`;
  let format = numberFormats.get(key);
  if (format === undefined) {
    format = new Intl.NumberFormat(locale, { maximumFractionDigits: digits });
    numberFormats.set(key, format);
  }
  return format.format(n);
}

/** `12,345` */
export function count(n: number): string {
  return number(n, 0);
}

/** `Ana`, `Ana and Eva`, `Ana, Eva, or Bo`. */
export function list(names: readonly string[], word: 'and' | 'or'): string {
  const type = word === 'and' ? 'conjunction' : 'disjunction';
  return new Intl.ListFormat(locale, { type }).format(names);
}

/** `0 bytes`, `820 kB`, `2.4 MB`, `31 GB`: powers of 1,000, as most systems label files. */
export function bytes(n: number): string {
  if (!(n >= 0)) return t('format.unknownSize');
  if (n < 1000) return t('format.bytes', { count: Math.round(n) });
  const units = ['kB', 'MB', 'GB', 'TB'];
  let value = n / 1000;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${number(value, value < 9.95 ? 1 : 0)} ${units[unit]}`;
}

/** `4.1 photos/s`, or `20 photos/min` for slow rates. */
export function rate(photosPerSecond: number): string {
  if (photosPerSecond < 1) {
    return t('format.photosPerMinute', { rate: count(Math.max(1, photosPerSecond * 60)) });
  }
  return t('format.photosPerSecond', {
    rate: number(photosPerSecond, photosPerSecond < 10 ? 1 : 0),
  });
}

/** `A few seconds left`, `About 3 minutes left`: no more precise than the estimate. */
export function timeLeft(seconds: number): string {
  if (!(seconds >= 0) || seconds > 30 * 86_400) return t('format.longLeft');
  if (seconds < 8) return t('format.secondsLeft');
  if (seconds < 55) {
    return t('format.aboutSecondsLeft', { seconds: Math.round(seconds / 5) * 5 });
  }
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return t('format.minutesLeft', { minutes });
  const hours = Math.floor(minutes / 60);
  const rest = Math.round((minutes % 60) / 10) * 10;
  if (rest === 60) return t('format.hoursLeft', { hours: hours + 1 });
  if (rest === 0 || hours >= 10) return t('format.hoursLeft', { hours });
  return t('format.hoursMinutesLeft', { hours, minutes: rest });
}

/** `November 22, 2026` */
export function day(ms: number): string {
  return dated(ms, { dateStyle: 'long' });
}

/** `Nov 22, 2026, 2:05 PM`, in the device's time zone by default. */
export function moment(ms: number, timeZone?: string): string {
  return dated(ms, { dateStyle: 'medium', timeStyle: 'short', timeZone });
}

/** `November 2026`; time zone as in `moment`. */
export function month(ms: number, timeZone?: string): string {
  return dated(ms, { month: 'long', year: 'numeric', timeZone });
}

/** `March 2024` or `March – May 2024`; months are 0-based. */
export function monthRange(year: number, from: number, to: number): string {
  return dateRange(Date.UTC(year, from), Date.UTC(year, to), { month: 'long', year: 'numeric' });
}

/** `2024` or `2021 – 2024` */
export function yearRange(from: number, to: number): string {
  return dateRange(Date.UTC(from, 0), Date.UTC(to, 0), { year: 'numeric' });
}

function dateRange(from: number, to: number, style: Intl.DateTimeFormatOptions): string {
  return dateFormat({ ...style, timeZone: 'UTC' }).formatRange(from, to);
}

/** Formats a date in the page's language; `''` for an invalid date. */
function dated(ms: number, style: Intl.DateTimeFormatOptions): string {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? '' : dateFormat(style).format(date);
}

const dateFormats = new Map<string, Intl.DateTimeFormat>();

/**
 * Caches formatters: creating one is far slower than using it, and a library has hundreds of
 * months.
 */
function dateFormat(style: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(style)}`;
  let format = dateFormats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(locale, style);
    dateFormats.set(key, format);
  }
  return format;
}

const DAY_MS = 24 * 3600 * 1000;

/**
 * `Taken Nov 22, 2026, 2:05 PM`, plus the source of the date unless it is the camera. In the local
 * time of the photo, wherever it is viewed.
 */
export function dateWords(takenAt: number, source?: DateSource): string {
  // XMP and IPTC often have a date without a time, which reads as midnight.
  const dayAlone = (source === 'xmp' || source === 'iptc') && takenAt % DAY_MS === 0;
  const date = dayAlone
    ? dated(takenAt, { dateStyle: 'medium', timeZone: 'UTC' })
    : moment(takenAt, 'UTC');
  switch (source) {
    case 'xmp':
      return t('format.takenXmp', { date });
    case 'iptc':
      return t('format.takenIptc', { date });
    case 'modified':
      return t('format.edited', { date });
    case 'file':
      return t('format.fileDated', { date });
    default:
      return t('format.taken', { date });
  }
}

/** `Imported Nov 22, 2026`, as short as the other dates of a photo. */
export function importedWords(addedAt: number): string {
  return t('viewer.imported', { date: dated(addedAt, { dateStyle: 'medium' }) });
}

/**
 * Heading of a photo: `November 22, 2026`, the day it was taken, or else another date and what it is.
 */
export function photoTitle({
  takenAt,
  dateSource,
  addedAt,
}: Pick<PhotoInfo, 'takenAt' | 'dateSource' | 'addedAt'>): string {
  // Words plus a long date don’t fit on a phone.
  if (takenAt === undefined) return importedWords(addedAt);
  if (dateSource === 'file' || dateSource === 'modified') {
    const date = dated(takenAt, { dateStyle: 'medium', timeZone: 'UTC' });
    return t(dateSource === 'file' ? 'format.fileDated' : 'format.editedShort', { date });
  }
  return dated(takenAt, { dateStyle: 'long', timeZone: 'UTC' });
}

/** `JPEG` from `image/jpeg`. */
export function typeName(mime: string): string {
  const subtype = (mime.split('/')[1] ?? mime).split('+')[0] ?? '';
  if (subtype === 'x-icon') return 'ICO';
  return subtype === 'webp' ? 'WebP' : subtype.replace(/^x-/, '').toUpperCase();
}

/** Line breaks, other control characters and bidirectional overrides, unsafe to display. */
const UNSAFE = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/** A file name without characters that break lines or reorder text. */
export function cleanName(name: string): string {
  const clean = name.replace(UNSAFE, '\ufffd').trim();
  return clean === '' ? t('common.unnamed') : clean;
}

/**
 * Shortens a name to `max` letters for use in a sentence by eliding the middle; keeps the
 * extension.
 */
export function shortName(name: string, max = 40): string {
  const letters = Array.from(new Intl.Segmenter().segment(cleanName(name)), (s) => s.segment);
  if (letters.length <= max) return letters.join('');
  const tail = Math.min(12, Math.floor(max / 3));
  return `${letters.slice(0, max - tail - 1).join('')}…${letters.slice(-tail).join('')}`;
}

/** `Mar 2024 – May 2025`, or `Mar 3 – 9, 2024` with `days`; in UTC. */
export function shortRange(from: number, to: number, days: boolean): string {
  const month = { month: 'short', year: 'numeric' } as const;
  return dateRange(from, to, days ? { ...month, day: 'numeric' } : month);
}
