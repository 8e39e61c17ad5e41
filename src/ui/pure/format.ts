import type { DateSource } from '../../protocol/index.ts';

const NUMBER = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const ONE_DIGIT = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

/** `12,345` */
export function count(n: number): string {
  return NUMBER.format(n);
}

/** `1 photo`, `12,345 photos`. */
export function plural(n: number, one: string, many = `${one}s`): string {
  return `${count(n)} ${n === 1 ? one : many}`;
}

/** `0 bytes`, `820 kB`, `2.4 MB`, `31 GB`: powers of 1,000, as files are labelled by most systems. */
export function bytes(n: number): string {
  if (!(n >= 0)) return 'unknown';
  if (n < 1000) return plural(Math.round(n), 'byte');
  const units = ['kB', 'MB', 'GB', 'TB'];
  let value = n / 1000;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${value < 9.95 ? ONE_DIGIT.format(value) : count(value)} ${units[unit]}`;
}

/** `4.1 photos/s`, or `20 photos/min` where that reads better. */
export function rate(photosPerSecond: number): string {
  if (photosPerSecond >= 10) return `${count(photosPerSecond)} photos/s`;
  if (photosPerSecond >= 1) return `${ONE_DIGIT.format(photosPerSecond)} photos/s`;
  return `${count(Math.max(1, photosPerSecond * 60))} photos/min`;
}

/** `a few seconds left`, `about 3 minutes left`: no finer than anybody can know. */
export function timeLeft(seconds: number): string {
  if (!(seconds >= 0) || seconds > 30 * 86_400) return 'a long time left';
  if (seconds < 8) return 'a few seconds left';
  if (seconds < 55) return `about ${Math.round(seconds / 5) * 5} seconds left`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 2) return 'about a minute left';
  if (minutes < 60) return `about ${minutes} minutes left`;
  const hours = Math.floor(minutes / 60);
  const rest = Math.round((minutes % 60) / 10) * 10;
  if (rest === 60) return `about ${plural(hours + 1, 'hour')} left`;
  return `about ${plural(hours, 'hour')}${rest > 0 && hours < 10 ? ` ${rest} minutes` : ''} left`;
}

/** `22 November 2026`, in the person's own way where `locale` is not given. */
export function day(ms: number, locale?: string): string {
  const date = new Date(ms);
  if (Number.isNaN(date.getTime())) return '';
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long' }).format(date);
}

/**
 * `22 Nov 2026, 14:05`, in the person's own way where `locale` is not given, and by the clock of this
 * device where `timeZone` is not.
 */
export function moment(ms: number, locale?: string, timeZone?: string): string {
  const date = new Date(ms);
  if (Number.isNaN(date.getTime())) return '';
  const style = { dateStyle: 'medium', timeStyle: 'short', timeZone } as const;
  return new Intl.DateTimeFormat(locale, style).format(date);
}

const DAY_MS = 24 * 3600 * 1000;

/**
 * `Taken 22 Nov 2026, 14:05`, and where the date is from if not from the camera. By the clock there,
 * wherever it is looked at.
 */
export function dateWords(takenAt: number, source?: DateSource, locale?: string): string {
  // XMP and IPTC often tell the day alone; it then begins at midnight.
  const dayAlone = (source === 'xmp' || source === 'iptc') && takenAt % DAY_MS === 0;
  const when = dayAlone
    ? new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(takenAt)
    : moment(takenAt, locale, 'UTC');
  switch (source) {
    case 'xmp':
      return `Taken ${when} (XMP)`;
    case 'iptc':
      return `Taken ${when} (IPTC)`;
    case 'modified':
      return `Last edited ${when}`;
    case 'file':
      return `File dated ${when}`;
    default:
      return `Taken ${when}`;
  }
}

/** `November 2026`, otherwise as `moment`. */
export function month(ms: number, locale?: string, timeZone?: string): string {
  const date = new Date(ms);
  if (Number.isNaN(date.getTime())) return '';
  const style = { month: 'long', year: 'numeric', timeZone } as const;
  return new Intl.DateTimeFormat(locale, style).format(date);
}

/** `JPEG` from `image/jpeg`. */
export function typeName(mime: string): string {
  const subtype = (mime.split('/')[1] ?? mime).split('+')[0] ?? '';
  if (subtype === 'x-icon') return 'ICO';
  return subtype === 'webp' ? 'WebP' : subtype.replace(/^x-/, '').toUpperCase();
}

/** What may not be shown as it is: line breaks, other controls, and marks that turn text around. */
const UNSAFE = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/** A file's name as text that cannot break a line or turn the text around it. */
export function cleanName(name: string): string {
  const clean = name.replace(UNSAFE, '\ufffd').trim();
  return clean === '' ? 'Unnamed' : clean;
}

const PICTURE_ENDING = /(?<=.)\.(?:jpe?g|jfif|png|gif|webp|avif|bmp|svg|heic|heif|tiff?|ico)$/iu;

/** A file's name as a title: `Taxi` of `Taxi.webp`. What is no picture's ending is kept. */
export function titleOf(name: string): string {
  return cleanName(name).replace(PICTURE_ENDING, '');
}

/** A name for a sentence: its middle left out past `max` letters, its ending kept. */
export function shortName(name: string, max = 40): string {
  const letters = Array.from(new Intl.Segmenter().segment(cleanName(name)), (s) => s.segment);
  if (letters.length <= max) return letters.join('');
  const tail = Math.min(12, Math.floor(max / 3));
  return `${letters.slice(0, max - tail - 1).join('')}…${letters.slice(-tail).join('')}`;
}
