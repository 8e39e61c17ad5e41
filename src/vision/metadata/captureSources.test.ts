import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { createPrng } from '../../base/prng.ts';
import { jpegWith, ORIGINAL, textEntry, tiffOf } from '../testing/exifBytes.ts';
import { iptcBlock } from '../testing/iptcBytes.ts';
import { iTXt, pngChunk, pngWith, profileText, tEXt, zTXt } from '../testing/pngChunks.ts';
import { xmpText } from '../testing/xmpText.ts';
import type { PictureType } from '../types.ts';
import { captureDate } from './captureDate.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const EXIF = Date.UTC(2019, 4, 3, 14, 5, 9);
const XMP = Date.UTC(2018, 4, 3, 14, 5, 9);
const IPTC = Date.UTC(2017, 4, 3, 14, 5, 9);
const MODIFIED = Date.UTC(2025, 0, 1, 1, 1, 1);

const tiff = tiffOf([textEntry(ORIGINAL, '2019:05:03 14:05:09')], ['2019:05:03 14:05:09']);
const xmp = Buffer.from(xmpText('exif:DateTimeOriginal="2018-05-03T14:05:09+02:00"'));
const iptc = iptcBlock({ 55: '20170503', 60: '140509+0200' });

const dateOf = (type: PictureType, bytes: Uint8Array) => captureDate(type, bytes, NOW);

/** A JPEG with segments of these contents, followed by `rest` without its first two bytes. */
function jpegOf(
  segments: readonly (readonly [marker: number, content: Uint8Array])[],
  rest: Buffer,
) {
  const written = segments.map(([marker, content]) => {
    const head = Buffer.from([0xff, marker, (content.length + 2) >> 8, (content.length + 2) & 255]);
    return Buffer.concat([head, content]);
  });
  return Buffer.concat([rest.subarray(0, 2), ...written, rest.subarray(2)]);
}

const app13 = (block: Uint8Array) =>
  [0xed, Buffer.concat([Buffer.from('Photoshop 3.0\0'), block])] as const;

const real = (type: 'jpeg' | 'png' | 'webp' | 'avif') =>
  sharp({ create: { width: 48, height: 32, channels: 3, background: '#468' } }).toFormat(type);

const TAGS = { IFD0: { DateTime: '2025:01:01 01:01:01' } };

describe('the order of the sources', () => {
  it('is EXIF, XMP, IPTC, the last change', async () => {
    const plain = await real('jpeg').withExif(TAGS).toBuffer();
    expect(await dateOf('jpeg', plain)).toEqual({ takenAt: MODIFIED, dateSource: 'modified' });
    expect(await dateOf('jpeg', jpegOf([app13(iptc)], plain))).toEqual({
      takenAt: IPTC,
      dateSource: 'iptc',
    });
    const withXmp = await real('jpeg').withExif(TAGS).withXmp(xmp.toString()).toBuffer();
    expect(await dateOf('jpeg', jpegOf([app13(iptc)], withXmp))).toEqual({
      takenAt: XMP,
      dateSource: 'xmp',
    });
    const all = { ...TAGS, IFD2: { DateTimeOriginal: '2019:05:03 14:05:09' } };
    const withAll = await real('jpeg').withExif(all).withXmp(xmp.toString()).toBuffer();
    expect(await dateOf('jpeg', jpegOf([app13(iptc)], withAll))).toEqual({
      takenAt: EXIF,
      dateSource: 'exif',
    });
  });

  it('goes on where a source has a date that cannot be', async () => {
    const never = xmpText(
      'exif:DateTimeOriginal="0000-00-00T00:00:00" xmp:CreateDate="2019-02-30"',
    );
    const picture = await real('jpeg').withExif(TAGS).withXmp(never).toBuffer();
    expect(await dateOf('jpeg', picture)).toMatchObject({ dateSource: 'modified' });
    expect(await dateOf('jpeg', jpegOf([app13(iptc)], picture))).toMatchObject({ takenAt: IPTC });
  });

  it.each(['2019-05-03', '2019-05-03T00:00:00', '2019-05-03T00:00Z'])(
    'has %s of XMP as the beginning of that day',
    async (text) => {
      const picture = await real('png')
        .withXmp(xmpText(`xmp:CreateDate="${text}"`))
        .toBuffer();
      expect(await dateOf('png', picture)).toEqual({
        takenAt: Date.UTC(2019, 4, 3),
        dateSource: 'xmp',
      });
    },
  );

  it.each(['2019', '2019-05', '2019-05-03T25:00:00', '2019-05-03 soon'])(
    'has %s of XMP as no date',
    async (text) => {
      const picture = await real('png')
        .withXmp(xmpText(`xmp:CreateDate="${text}"`))
        .toBuffer();
      expect(await dateOf('png', picture)).toBeUndefined();
    },
  );
});

it.each(['jpeg', 'png', 'webp', 'avif'] as const)('XMP is read in a %s', async (type) => {
  const picture = await real(type).withXmp(xmp.toString()).toBuffer();
  expect(await dateOf(type, picture)).toEqual({ takenAt: XMP, dateSource: 'xmp' });
});

describe('a PNG', () => {
  const segment = jpegWith(tiff).subarray(6, -4);
  const exif = { takenAt: EXIF, dateSource: 'exif' };
  const shortened = Buffer.concat([Buffer.from([0, 0, 0, 2, 0]), deflateSync(tiff)]);
  it.each([
    ['a compressed profile', zTXt('Raw profile type exif', profileText('exif', segment)), exif],
    ['one of a JPEG’s segment', zTXt('Raw profile type APP1', profileText('APP1', segment)), exif],
    ['a profile', tEXt('Raw profile type exif', profileText('exif', segment)), exif],
    ['a profile in UTF-8', iTXt('Raw profile type exif', profileText('exif', tiff), true), exif],
    ['a compressed chunk', pngChunk('zxIf', shortened), exif],
    ['a chunk', pngChunk('eXIf', tiff), exif],
    ['compressed XMP', iTXt('XML:com.adobe.xmp', xmp, true), { takenAt: XMP, dateSource: 'xmp' }],
    ['XMP', iTXt('XML:com.adobe.xmp', xmp, false), { takenAt: XMP, dateSource: 'xmp' }],
    [
      'a profile of XMP',
      zTXt('Raw profile type xmp', profileText('xmp', xmp)),
      { takenAt: XMP, dateSource: 'xmp' },
    ],
    [
      'a profile of IPTC',
      zTXt('Raw profile type iptc', profileText('iptc', iptc)),
      { takenAt: IPTC, dateSource: 'iptc' },
    ],
  ])('has its date from %s', async (_words, chunk, expected) => {
    const other = tEXt('Comment', Buffer.from('2001:01:01 01:01:01'));
    expect(await dateOf('png', pngWith(other, chunk))).toEqual(expected);
  });

  it('unpacks no more than it may hold, and each kind once', async () => {
    // 16 MB of blanks before the digits.
    const blanks = Buffer.alloc(2 ** 24, ' ');
    const head = Buffer.from('\nexif\n1\n');
    const bomb = zTXt('Raw profile type exif', Buffer.concat([head, blanks, Buffer.from('4949')]));
    expect(bomb.length).toBeLessThan(20_000);
    const good = zTXt('Raw profile type exif', profileText('exif', segment));
    const many = Array.from({ length: 200 }, () => bomb);
    expect(await dateOf('png', pngWith(...many, good))).toBeUndefined();
    // Anything before the limit counts.
    const packet = iTXt('XML:com.adobe.xmp', Buffer.concat([xmp, blanks]), true);
    expect(await dateOf('png', pngWith(packet))).toMatchObject({ takenAt: XMP });
  });

  it('never throws, whichever bytes are others', async () => {
    const prng = createPrng(9);
    const whole = pngWith(
      zTXt('Raw profile type exif', profileText('exif', segment)),
      iTXt('XML:com.adobe.xmp', xmp, true),
      zTXt('Raw profile type iptc', profileText('iptc', iptc)),
      pngChunk('zxIf', shortened),
    );
    for (let round = 0; round < 150; round++) {
      const file = Uint8Array.from(whole);
      for (let i = 0; i <= round % 4; i++) file[prng.below(file.length)] = prng.below(256);
      const cut = file.subarray(0, round % 3 ? file.length : prng.below(file.length));
      const date = await dateOf('png', cut);
      if (date) expect(Number.isSafeInteger(date.takenAt)).toBe(true);
    }
  }, 30_000);
});
