import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { de } from '../text/de.ts';
import { en } from '../text/en.ts';
import { setMessages, t } from '../text/t.ts';
import {
  bytes,
  cleanName,
  count,
  dateWords,
  day,
  list,
  moment,
  month,
  photoTitle,
  rate,
  shortName,
  timeLeft,
  typeName,
} from './format.ts';

describe('bytes', () => {
  it.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [999, '999 bytes'],
    [1000, '1 kB'],
    [820_400, '820 kB'],
    [2_444_444, '2.4 MB'],
    [9_960_000, '10 MB'],
    [999_900_000, '1 GB'],
    [31_000_000_000, '31 GB'],
    [5e15, '5,000 TB'],
    [Number.NaN, 'unknown'],
  ])('formats %d as %s', (n, text) => expect(bytes(n)).toBe(text));
});

describe('timeLeft', () => {
  it.each([
    [0, 'A few seconds left'],
    [12, 'About 10 seconds left'],
    [53, 'About 55 seconds left'],
    [58, 'About a minute left'],
    [170, 'About 3 minutes left'],
    [3600, 'About 1 hour left'],
    [4300, 'About 1 hour 10 minutes left'],
    [7199, 'About 2 hours left'],
    [7090, 'About 2 hours left'],
    [90_000, 'About 25 hours left'],
    [Number.POSITIVE_INFINITY, 'A long time left'],
  ])('formats %d s as %s', (seconds, text) => expect(timeLeft(seconds)).toBe(text));
});

describe('rate', () => {
  it.each([
    [0.001, '1 photos/min'],
    [0.33, '20 photos/min'],
    [4.14, '4.1 photos/s'],
    [37.4, '37 photos/s'],
  ])('formats %d as %s', (perSecond, text) => expect(rate(perSecond)).toBe(text));
});

describe('names', () => {
  it('leaves harmless names unchanged', () => {
    expect(cleanName('<img src=x onerror=alert(1)>.jpg')).toBe('<img src=x onerror=alert(1)>.jpg');
    expect(cleanName('Été à Nice 🏖️.jpg')).toBe('Été à Nice 🏖️.jpg');
  });

  it('replaces line breaks and bidirectional control characters', () => {
    expect(cleanName('photo\u202egpj.exe')).toBe('photo\ufffdgpj.exe');
    expect(cleanName('a\nb\u0000c')).toBe('a\ufffdb\ufffdc');
    expect(cleanName('   ')).toBe('Unnamed');
  });

  it('shortens in the middle without splitting characters', () => {
    expect(shortName('short.jpg')).toBe('short.jpg');
    const long = shortName(`${'👩‍👩‍👧'.repeat(300)}.jpg`, 20);
    expect(long.endsWith('.jpg')).toBe(true);
    expect(long).toContain('…');
    expect([...new Intl.Segmenter().segment(long)]).toHaveLength(20);
  });
});

it('formats counts with nouns', () => {
  expect(t('common.photos', { count: 1 })).toBe('1 photo');
  expect(t('common.photos', { count: 12_345 })).toBe('12,345 photos');
});

it('formats file types', () => {
  expect(typeName('image/jpeg')).toBe('JPEG');
  expect(typeName('image/svg+xml')).toBe('SVG');
  expect(typeName('image/webp')).toBe('WebP');
});

it('formats lists of names', () => {
  expect(list([], 'and')).toBe('');
  expect(list(['Ana'], 'and')).toBe('Ana');
  expect(list(['Ana', 'Eva', 'Bo'], 'or')).toBe('Ana, Eva, or Bo');
});

describe('in British English', () => {
  beforeEach(() => setMessages('en-GB', en));
  afterEach(() => setMessages('en', en));

  it('formats dates', () => {
    expect(day(Date.UTC(2026, 10, 22, 12))).toBe('22 November 2026');
    expect(day(Number.NaN)).toBe('');
    expect(moment(Date.UTC(2026, 10, 22, 12))).toMatch(/^22 Nov 2026, \d\d:\d\d$/);
    expect(moment(Number.NaN)).toBe('');
    expect(moment(Date.UTC(2019, 4, 3, 14, 5), 'UTC')).toBe('3 May 2019, 14:05');
    expect(month(Date.UTC(2019, 4, 1), 'UTC')).toBe('May 2019');
    expect(month(Number.NaN)).toBe('');
  });

  it('shows the source of a date', () => {
    const at = Date.UTC(2019, 4, 3, 14, 5);
    expect(dateWords(at, 'exif')).toBe('Taken 3 May 2019, 14:05');
    expect(dateWords(at, 'xmp')).toBe('Taken 3 May 2019, 14:05 (XMP)');
    expect(dateWords(at, 'iptc')).toBe('Taken 3 May 2019, 14:05 (IPTC)');
    expect(dateWords(at, 'modified')).toBe('Last edited 3 May 2019, 14:05');
    expect(dateWords(at, 'file')).toBe('File dated 3 May 2019, 14:05');
    // A date without a time reads as midnight; a camera's midnight is a real time.
    expect(dateWords(Date.UTC(1950, 4, 3), 'iptc')).toBe('Taken 3 May 1950 (IPTC)');
    expect(dateWords(Date.UTC(2019, 4, 3), 'exif')).toBe('Taken 3 May 2019, 00:00');
  });

  it('titles a photo with its local capture date, or else its import date', () => {
    const addedAt = Date.UTC(2026, 10, 22, 12);
    const takenAt = Date.UTC(2019, 4, 31, 23, 59);
    expect(photoTitle({ takenAt, addedAt })).toBe('31 May 2019');
    expect(photoTitle({ takenAt, addedAt, dateSource: 'iptc' })).toBe('31 May 2019');
    expect(photoTitle({ addedAt })).toBe('Imported 22 Nov 2026');
  });

  it('doesn’t title a photo with a date of the file as if it were taken then', () => {
    const dates = { takenAt: Date.UTC(2019, 4, 31, 23, 59), addedAt: 0 };
    expect(photoTitle({ ...dates, dateSource: 'file' })).toBe('File dated 31 May 2019');
    expect(photoTitle({ ...dates, dateSource: 'modified' })).toBe('Edited 31 May 2019');
  });
});

describe('in German', () => {
  beforeEach(() => setMessages('de', de));
  afterEach(() => setMessages('en', en));

  it('formats numbers, sizes, dates and time left', () => {
    expect(count(12_345)).toBe('12.345');
    expect(bytes(2_444_444)).toBe('2,4 MB');
    expect(month(Date.UTC(1899, 0, 31, 23), 'UTC')).toBe('Januar 1899');
    expect(timeLeft(58)).toBe('Noch etwa eine Minute');
    expect(list(['Ana', 'Eva', 'Bo'], 'and')).toBe('Ana, Eva und Bo');
  });
});
