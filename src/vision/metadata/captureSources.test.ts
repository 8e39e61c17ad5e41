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

/** The JPEG `rest` with segments of these contents inserted after its start marker. */
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

describe('capture date sources', () => {
  it('are tried in the order EXIF, XMP, IPTC, modification date', async () => {
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

  it('are skipped if their date is impossible', async () => {
    const never = xmpText(
      'exif:DateTimeOriginal="0000-00-00T00:00:00" xmp:CreateDate="2019-02-30"',
    );
    const picture = await real('jpeg').withExif(TAGS).withXmp(never).toBuffer();
    expect(await dateOf('jpeg', picture)).toMatchObject({ dateSource: 'modified' });
    expect(await dateOf('jpeg', jpegOf([app13(iptc)], picture))).toMatchObject({ takenAt: IPTC });
  });

  it.each(['2019-05-03', '2019-05-03T00:00:00', '2019-05-03T00:00Z'])(
    'read the XMP date %s as the start of that day',
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
    'reject the XMP date %s',
    async (text) => {
      const picture = await real('png')
        .withXmp(xmpText(`xmp:CreateDate="${text}"`))
        .toBuffer();
      expect(await dateOf('png', picture)).toBeUndefined();
    },
  );
});

it.each(['jpeg', 'png', 'webp', 'avif'] as const)('reads XMP in a %s', async (type) => {
  const picture = await real(type).withXmp(xmp.toString()).toBuffer();
  expect(await dateOf(type, picture)).toEqual({ takenAt: XMP, dateSource: 'xmp' });
});

describe('PNG metadata', () => {
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
  ])('yields the date from %s', async (_words, chunk, expected) => {
    const other = tEXt('Comment', Buffer.from('2001:01:01 01:01:01'));
    expect(await dateOf('png', pngWith(other, chunk))).toEqual(expected);
  });

  it('is decompressed up to a limit, and only once per kind', async () => {
    // 16 MB of spaces before the hex digits.
    const blanks = Buffer.alloc(2 ** 24, ' ');
    const head = Buffer.from('\nexif\n1\n');
    const bomb = zTXt('Raw profile type exif', Buffer.concat([head, blanks, Buffer.from('4949')]));
    expect(bomb.length).toBeLessThan(20_000);
    const good = zTXt('Raw profile type exif', profileText('exif', segment));
    const many = Array.from({ length: 200 }, () => bomb);
    expect(await dateOf('png', pngWith(...many, good))).toBeUndefined();
    // Data before the limit still counts.
    const packet = iTXt('XML:com.adobe.xmp', Buffer.concat([xmp, blanks]), true);
    expect(await dateOf('png', pngWith(packet))).toMatchObject({ takenAt: XMP });
  });

  it('never causes a throw when bytes are corrupted', async () => {
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
