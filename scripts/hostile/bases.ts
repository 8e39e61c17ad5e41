import sharp, { type Sharp } from 'sharp';
import type { Prng } from '../../src/base/prng.ts';
import { encodeHeic } from '../../src/vision/heif/testing/encode.ts';
import { iptcBlock } from '../../src/vision/testing/iptcBytes.ts';
import { xmpText } from '../../src/vision/testing/xmpText.ts';
import { findHeifEnc } from '../heifEnc.ts';
import { latin } from './latin.ts';

/** A valid picture to derive hostile files from. */
export interface Base {
  readonly type: string;
  readonly extension: string;
  readonly bytes: Buffer;
}

const WIDTH = 96;
const HEIGHT = 64;

/** Noise over a gradient: unique, with content in every transform block. */
function pixels(chance: Prng, channels: 3 | 4 = 3): Sharp {
  const raw = Buffer.alloc(WIDTH * HEIGHT * channels);
  for (let at = 0; at < raw.length; at++) raw[at] = ((at >> 3) + chance.below(90)) & 255;
  return sharp(raw, { raw: { width: WIDTH, height: HEIGHT, channels } });
}

/** An uncompressed 24-bit bitmap, or one with a palette, or with the oldest header. */
function bmp(chance: Prng, bits: 8 | 24, oldest = false): Buffer {
  const header = oldest ? 12 : 40;
  const palette = bits === 8 ? 256 * (oldest ? 3 : 4) : 0;
  const start = 14 + header + palette;
  const stride = 4 * Math.ceil((WIDTH * bits) / 32);
  const bytes = Buffer.alloc(start + stride * HEIGHT);
  bytes.write('BM');
  bytes.writeUInt32LE(bytes.length, 2);
  bytes.writeUInt32LE(start, 10);
  bytes.writeUInt32LE(header, 14);
  if (oldest) {
    bytes.writeUInt16LE(WIDTH, 18);
    bytes.writeUInt16LE(HEIGHT, 20);
    bytes.writeUInt16LE(1, 22);
    bytes.writeUInt16LE(bits, 24);
  } else {
    bytes.writeInt32LE(WIDTH, 18);
    bytes.writeInt32LE(HEIGHT, 22);
    bytes.writeUInt16LE(1, 26);
    bytes.writeUInt16LE(bits, 28);
  }
  for (let at = 14 + header; at < bytes.length; at++) bytes[at] = chance.below(256);
  return bytes;
}

/** A JPEG segment. */
export function segment(marker: number, content: Uint8Array): Buffer {
  const length = content.length + 2;
  return Buffer.concat([Buffer.from([0xff, marker, (length >> 8) & 255, length & 255]), content]);
}

/** Inserts segments after a JPEG's first two bytes. */
export function withSegments(jpeg: Uint8Array, ...segments: readonly Uint8Array[]): Buffer {
  return Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)]);
}

/** One of each format and variant that Akin reads, different for each seed. */
export async function makeBases(chance: Prng): Promise<Base[]> {
  const animated = (): Sharp => {
    const raw = Buffer.from(Array.from({ length: 3 * 32 * 32 * 3 }, () => chance.below(256)));
    const input = { width: 32, height: 3 * 32, channels: 3 as const, pageHeight: 32 };
    return sharp(raw, { raw: input });
  };
  const exif = { IFD0: { Make: 'None' }, IFD2: { DateTimeOriginal: '2019:05:03 14:05:09' } };
  const told = await pixels(chance)
    .withExif(exif)
    .withXmp(xmpText('xmp:CreateDate="2019-05-03T14:05:09"'))
    .jpeg()
    .toBuffer();
  const iptc = Buffer.concat([latin('Photoshop 3.0\0'), iptcBlock({ 55: '20190503' })]);
  const made: [type: string, extension: string, bytes: Buffer | Promise<Buffer>][] = [
    ['jpeg', 'jpg', pixels(chance).jpeg().toBuffer()],
    ['png', 'png', pixels(chance).png().toBuffer()],
    ['gif', 'gif', pixels(chance).gif().toBuffer()],
    ['webp', 'webp', pixels(chance).webp().toBuffer()],
    ['avif', 'avif', pixels(chance).avif({ effort: 0 }).toBuffer()],
    ['bmp', 'bmp', bmp(chance, 24)],
    ['progressive jpeg', 'jpeg', pixels(chance).jpeg({ progressive: true }).toBuffer()],
    ['cmyk jpeg', 'jpg', pixels(chance).toColourspace('cmyk').jpeg().toBuffer()],
    ['jpeg with metadata', 'jpg', withSegments(told, segment(0xed, iptc))],
    ['palette png', 'png', pixels(chance).png({ palette: true }).toBuffer()],
    ['16-bit png', 'png', pixels(chance).toColourspace('rgb16').png().toBuffer()],
    ['interlaced png', 'png', pixels(chance, 4).png({ progressive: true }).toBuffer()],
    ['png with metadata', 'png', pixels(chance).withExif(exif).png().toBuffer()],
    ['animated gif', 'gif', animated().gif().toBuffer()],
    ['lossless webp', 'webp', pixels(chance, 4).webp({ lossless: true }).toBuffer()],
    ['animated webp', 'webp', animated().webp().toBuffer()],
    ['webp with metadata', 'webp', pixels(chance).withExif(exif).webp().toBuffer()],
    ['avif with alpha', 'avif', pixels(chance, 4).withExif(exif).avif({ effort: 0 }).toBuffer()],
    ['palette bmp', 'bmp', bmp(chance, 8)],
    ['oldest bmp', 'bmp', bmp(chance, 8, true)],
  ];
  // Only its own encoder writes HEIC.
  if (findHeifEnc()) {
    const heic = Buffer.from(encodeHeic([await pixels(chance).png().toBuffer()]));
    made.push(['heic', 'heic', heic]);
  }
  return Promise.all(
    made.map(async ([type, extension, bytes]) => ({ type, extension, bytes: await bytes })),
  );
}
