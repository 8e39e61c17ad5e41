import { jpegWith, ORIGINAL, textEntry, tiffOf } from '../../src/vision/testing/exifBytes.ts';
import { iptcBlock, photoshopResource } from '../../src/vision/testing/iptcBytes.ts';
import { iTXt, pngChunk, pngWith, profileText, zTXt } from '../../src/vision/testing/pngChunks.ts';
import { xmpText } from '../../src/vision/testing/xmpText.ts';
import { type Base, segment, withSegments } from './bases.ts';
import type { Family } from './file.ts';
import { latin } from './latin.ts';

const DATE = '2019:05:03 14:05:09';
const XMP_PREFIX = 'http://ns.adobe.com/xap/1.0/\0';

function tiff(change: (view: DataView) => void, littleEndian = true): Uint8Array {
  const bytes = tiffOf([textEntry(ORIGINAL, DATE)], [DATE], littleEndian);
  change(new DataView(bytes.buffer));
  return bytes;
}

const exif = (bytes: Uint8Array) => segment(0xe1, Buffer.concat([latin('Exif\0\0'), bytes]));
const xmp = (text: string) => segment(0xe1, Buffer.from(`${XMP_PREFIX}${text}`));
const photoshop = (block: Uint8Array) =>
  segment(0xed, Buffer.concat([latin('Photoshop 3.0\0'), block]));

const ENTITIES = `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">${Array.from(
  { length: 9 },
  (_, i) => `<!ENTITY ${'bcdefghij'[i]} "${`&${'abcdefghi'[i]};`.repeat(10)}">`,
).join('')}]>`;

/** JPEG segments with false lengths and counts. */
const segments: readonly (readonly [name: string, make: () => readonly Uint8Array[]])[] = [
  ['EXIF in a circle', () => [exif(tiff((view) => view.setUint32(18, 8, true)))]],
  ['EXIF after itself', () => [exif(tiff((view) => view.setUint32(22, 8, true)))]],
  ['a date of 4 GB', () => [exif(tiff((view) => view.setUint32(70, 0xffffffff, true)))]],
  ['65,535 tags', () => [exif(tiff((view) => view.setUint16(64, 0xffff, true)))]],
  ['EXIF out of the file', () => [exif(tiff((view) => view.setUint32(4, 0xfffffff0, true)))]],
  ['XMP with entities', () => [xmp(`${ENTITIES}${xmpText('xmp:CreateDate="&j;"')}`)]],
  ['XMP without end', () => [xmp(xmpText('xmp:CreateDate="').slice(0, 300))]],
  ['XMP of tags', () => [xmp('<a>'.repeat(21_000))]],
  ['XMP of one attribute', () => [xmp(`<a ${'b'.repeat(65_000)}>`)]],
  ['IPTC of nothing', () => [photoshop(latin('8BIM'.repeat(10_000)))]],
  ['IPTC of 4 GB', () => [photoshop(latin('8BIM\x04\x04\0\0\xff\xff\xff\xff\x1c\x02\x37'))]],
  ['a thousand blocks', () => Array(1000).fill(photoshop(iptcBlock({ 55: '20190503' })))],
  [
    'resources of nothing',
    () => [photoshop(Buffer.concat(Array(5000).fill(photoshopResource(1, latin('')))))],
  ],
  ['a segment of length 0', () => [Buffer.from([0xff, 0xe1, 0, 0])]],
  ['a segment of length 1', () => [Buffer.from([0xff, 0xe1, 0, 1])]],
  ['filler', () => [Buffer.alloc(1_000_000, 0xff)]],
  ['comments', () => Array(20_000).fill(segment(0xfe, latin('a')))],
  [
    'a profile of parts',
    () =>
      Array.from({ length: 255 }, (_, i) =>
        segment(0xe2, latin(`ICC_PROFILE\0${String.fromCharCode(i + 1)}\xff${'a'.repeat(500)}`)),
      ),
  ],
  [
    'an orientation that is none',
    () => [exif(tiffOf([{ tag: 0x0112, type: 3, count: 1, value: 0xffff }]))],
  ],
  [
    'many pictures in one',
    () => [segment(0xe2, latin(`MPF\0MM\0*\0\0\0\x08\xff\xff${'\xff'.repeat(2000)}`))],
  ],
];

/** The same for PNG. */
const chunks: readonly (readonly [name: string, make: () => Uint8Array])[] = [
  [
    'EXIF in a circle',
    () =>
      pngChunk(
        'eXIf',
        tiff((view) => view.setUint32(18, 8, true)),
      ),
  ],
  [
    'packed EXIF of the wrong length',
    () => zTXt('Raw profile type exif', latin('\nexif\n99999999999\nzz')),
  ],
  [
    'packed EXIF',
    () => zTXt('Raw profile type APP1', profileText('APP1', jpegWith(tiff(() => {})))),
  ],
  ['XMP with entities', () => iTXt('XML:com.adobe.xmp', latin(ENTITIES), true)],
  ['text that is not packed', () => pngChunk('zTXt', latin('Raw profile type exif\0\0no zlib'))],
  ['a keyword without end', () => pngChunk('iTXt', latin('XML:com.adobe.xmp'.repeat(5000)))],
];

const firstOf = (bases: readonly Base[], type: string): Base =>
  bases.find((base) => base.type === type)!;

/** Real pictures with hostile metadata: they must be imported, with or without a date. */
export const metadata: Family = {
  name: 'metadata',
  make(n, _chance, bases) {
    const inJpeg = segments[n];
    if (inJpeg) {
      const [name, make] = inJpeg;
      return { name: `${name}.jpg`, bytes: withSegments(firstOf(bases, 'jpeg').bytes, ...make()) };
    }
    const inPng = chunks[n - segments.length];
    if (!inPng) return undefined;
    const { bytes } = firstOf(bases, 'png');
    const name = `${inPng[0]}.png`;
    return { name, bytes: Buffer.concat([bytes.subarray(0, 33), inPng[1](), bytes.subarray(33)]) };
  },
};

/** Pictures with only metadata. */
export const bare: Family = {
  name: 'metadata alone',
  make(n) {
    const chunk = chunks[n];
    return chunk && { name: `nothing but ${chunk[0]}.png`, bytes: pngWith(chunk[1]()) };
  },
};
