import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { createPrng } from '../../base/prng.ts';
import {
  ASCII,
  DIGITIZED,
  type Entry,
  jpegWith,
  ORIGINAL,
  textEntry,
  tiffOf,
} from '../testing/exifBytes.ts';
import type { PictureType } from '../types.ts';
import { captureDate as datedBy } from './captureDate.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const TAKEN = '2019:05:03 14:05:09';
const MS = Date.UTC(2019, 4, 3, 14, 5, 9);
const KINDS = ['jpeg', 'png', 'webp', 'avif'] as const;

/** The capture date, ignoring a modification date. */
async function captureDate(
  type: PictureType,
  bytes: Uint8Array,
  now: number,
): Promise<number | undefined> {
  const date = await datedBy(type, bytes, now);
  return date && date.dateSource !== 'modified' ? date.takenAt : undefined;
}

const picture = () => sharp({ create: { width: 48, height: 32, channels: 3, background: '#468' } });

function written(type: (typeof KINDS)[number], exif: Record<string, string>): Promise<Buffer> {
  const tags = { IFD0: { Software: 'a test', DateTime: '2025:01:01 01:01:01' }, IFD2: exif };
  return picture().withExif(tags).toFormat(type).toBuffer();
}

/** The date read from a JPEG whose only date is this text. */
function dateOf(text: string, now = NOW): Promise<number | undefined> {
  return captureDate('jpeg', jpegWith(tiffOf([textEntry(ORIGINAL, text)], [text])), now);
}

describe('capture dates of encoded files', () => {
  it.each(KINDS)('prefer DateTimeOriginal in a %s', async (type) => {
    const exif = { DateTimeOriginal: TAKEN, DateTimeDigitized: '2020:01:01 00:00:00' };
    expect(await captureDate(type, await written(type, exif), NOW)).toBe(MS);
  });

  it.each(KINDS)('fall back to DateTimeDigitized in a %s', async (type) => {
    const exif = { DateTimeDigitized: TAKEN };
    expect(await captureDate(type, await written(type, exif), NOW)).toBe(MS);
  });

  it.each(KINDS)('fall back to the modification date in a %s', async (type) => {
    expect(await datedBy(type, await written(type, {}), NOW)).toEqual({
      takenAt: Date.UTC(2025, 0, 1, 1, 1, 1),
      dateSource: 'modified',
    });
  });

  it('are undefined without EXIF data', async () => {
    for (const type of KINDS) {
      const plain = await picture().toFormat(type).toBuffer();
      expect(await captureDate(type, plain, NOW)).toBeUndefined();
    }
    expect(await captureDate('gif', await picture().gif().toBuffer(), NOW)).toBeUndefined();
  });

  it('are read from a view into a larger buffer', async () => {
    const file = await written('jpeg', { DateTimeOriginal: TAKEN });
    const larger = new Uint8Array(file.length + 100).fill(0xff);
    larger.set(file, 37);
    expect(await captureDate('jpeg', larger.subarray(37, 37 + file.length), NOW)).toBe(MS);
  });
});

describe('EXIF date text', () => {
  it.each([
    [TAKEN, MS],
    ['2019-05-03T14:05:09+02:00', MS],
    ['2019/05/03 14:05', Date.UTC(2019, 4, 3, 14, 5)],
    ['2024:02:29 00:00:00', Date.UTC(2024, 1, 29)],
    ['1826:01:01 00:00:00', Date.UTC(1826, 0, 1)],
    ['1969:12:31 23:59:59', -1000],
    ['2026:11:23 11:00:00', Date.UTC(2026, 10, 23, 11)],
  ])('%s is parsed', async (text, ms) => {
    expect(await dateOf(text)).toBe(ms);
  });

  it.each([
    ['0000:00:00 00:00:00'],
    ['    :  :     :  :  '],
    ['2019:13:03 14:05:09'],
    ['2019:02:30 14:05:09'],
    ['2019:05:03 24:05:09'],
    ['2019:05:03 14:60:09'],
    ['2019:05:03 14:05:61'],
    ['0026:05:03 14:05:09'],
    ['1825:12:31 23:59:59'],
    ['2026:11:25 00:00:00'],
    ['9999:12:31 23:59:59'],
    ['99999:05:03 14:05:09'],
    ['2019:05:03'],
    ['yesterday'],
    [''],
  ])('%j is rejected', async (text) => {
    expect(await dateOf(text)).toBeUndefined();
  });

  it('that is all zeros gives way to DateTimeDigitized', async () => {
    const texts = ['0000:00:00 00:00:00', TAKEN];
    const entries = [textEntry(ORIGINAL, texts[0]!), textEntry(DIGITIZED, TAKEN, 1)];
    for (const littleEndian of [true, false]) {
      const file = jpegWith(tiffOf(entries, texts, littleEndian));
      expect(await captureDate('jpeg', file, NOW)).toBe(MS);
    }
  });
});

describe('hostile EXIF data', () => {
  const good = textEntry(ORIGINAL, TAKEN);
  const entries: [string, Entry][] = [
    ...[0, 1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 65_535].flatMap((type) =>
      [1, 20, 65_536, 1_000_000_000, 4_294_967_295].map((count): [string, Entry] => [
        `type ${type}, ${count} values`,
        { ...good, type, count },
      ]),
    ),
    ['a text that no date is as long as', { ...good, count: 65 }],
    ['a text longer than the file', { ...good, count: 4_294_967_295 }],
    ['a text outside of the file', { ...good, value: 4_294_967_290 }],
    ['a text of no length', { tag: ORIGINAL, type: ASCII, count: 0, value: 0 }],
  ];

  it.each(entries)('yields no date: %s', async (_words, entry) => {
    const file = jpegWith(tiffOf([entry], [TAKEN]));
    expect(await captureDate('jpeg', file, NOW)).toBeUndefined();
  });

  it('yields a date padded to 64 bytes', async () => {
    const file = jpegWith(tiffOf([{ ...good, count: 64 }], [TAKEN]));
    expect(await captureDate('jpeg', file, NOW)).toBe(MS);
  });

  it('cannot cause an infinite loop through IFD offsets', async () => {
    for (const [at, to] of [
      [4, 0],
      [4, 4],
      [4, 0xffffffff],
      // The EXIF IFD points to IFD0, then outside the file.
      [18, 8],
      [18, 0xffffffff],
    ] as const) {
      const tiff = tiffOf([good], [TAKEN]);
      new DataView(tiff.buffer).setUint32(at, to, true);
      expect(await captureDate('jpeg', jpegWith(tiff), NOW)).toBeUndefined();
    }
  });

  it('is not read past the size limit of a JPEG segment', async () => {
    const far = new Uint8Array(100_000);
    far.set(tiffOf([{ ...good, value: 90_000 }]));
    new TextEncoder().encodeInto(TAKEN, far.subarray(90_000));
    const riff = new Uint8Array(20 + far.length);
    riff.set(new TextEncoder().encode('RIFF____WEBPEXIF'));
    new DataView(riff.buffer).setUint32(16, far.length, true);
    riff.set(far, 20);
    expect(await captureDate('webp', riff, NOW)).toBeUndefined();
  });

  it('never causes a throw when bytes of a picture are corrupted', async () => {
    const prng = createPrng(7);
    for (const type of KINDS) {
      const whole = await written(type, { DateTimeOriginal: TAKEN });
      for (let round = 0; round < 400; round++) {
        const file = Uint8Array.from(whole);
        for (let i = 0; i <= round % 4; i++) {
          const value = [0, 1, 0xff, prng.below(256)][round & 3]!;
          file[prng.below(file.length)] = value;
        }
        const cut = file.subarray(0, round % 3 ? file.length : prng.below(600));
        const date = await captureDate(type, cut, NOW);
        if (date !== undefined) expect(Number.isSafeInteger(date)).toBe(true);
      }
    }
  }, 30_000);

  it('cannot cause an infinite loop through AVIF box sizes', async () => {
    const box = (size: number, kind: string, content: readonly number[] = []) => {
      const bytes = new Uint8Array(8 + content.length);
      new DataView(bytes.buffer).setUint32(0, size);
      bytes.set(new TextEncoder().encode(kind), 4);
      bytes.set(content, 8);
      return bytes;
    };
    const ftyp = box(16, 'ftyp', [0x61, 0x76, 0x69, 0x66, 0, 0, 0, 0]);
    const all: PictureType = 'avif';
    for (const rest of [
      box(0, 'mdat', [1, 2, 3]),
      box(1, 'mdat', [0, 0, 0, 0, 0, 0, 0, 0]),
      box(1, 'mdat', [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
      box(7, 'free'),
      box(0, 'meta'),
      box(0, 'meta', [0, 0, 0, 0, 0, 0, 0, 0, 0x69, 0x69, 0x6e, 0x66]),
    ]) {
      expect(await captureDate(all, Buffer.concat([ftyp, rest]), NOW)).toBeUndefined();
    }
  });
});
