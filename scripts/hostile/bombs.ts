import { deflateSync } from 'node:zlib';
import { iTXt, pngChunk, pngWith, zTXt } from '../../src/vision/testing/pngChunks.ts';
import { type Family, listed } from './file.ts';
import { latin } from './latin.ts';

const SIGNATURE = latin('\x89PNG\r\n\x1a\n');

function ihdr(width: number, height: number, depth = 8, colour = 2): Buffer {
  const data = Buffer.alloc(13);
  data.writeUInt32BE(width >>> 0, 0);
  data.writeUInt32BE(height >>> 0, 4);
  data.set([depth, colour, 0, 0, 0], 8);
  return pngChunk('IHDR', data);
}

const iend = pngChunk('IEND', new Uint8Array(0));
const idat = (bytes: number) => pngChunk('IDAT', deflateSync(Buffer.alloc(bytes)));
const png = (...chunks: readonly Uint8Array[]) => Buffer.concat([SIGNATURE, ...chunks, iend]);

/** A GIF with this many frames, one pixel each. */
function gif(frames: number, width = 1, height = 1): Buffer {
  const screen = Buffer.alloc(7);
  screen.writeUInt16LE(width, 0);
  screen.writeUInt16LE(height, 2);
  screen[4] = 0x80;
  const frame = Buffer.from([0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0]);
  const colours = Buffer.from([0, 0, 0, 255, 255, 255]);
  return Buffer.concat([
    latin('GIF89a'),
    screen,
    colours,
    ...Array(frames).fill(frame),
    latin(';'),
  ]);
}

/** An animated PNG with this many frames. */
function apng(frames: number): Buffer {
  const count = Buffer.alloc(8);
  count.writeUInt32BE(frames);
  const pixel = deflateSync(Buffer.from([0, 1, 2, 3]));
  const chunks: Buffer[] = [ihdr(1, 1), pngChunk('acTL', count)];
  for (let i = 0, sequence = 0; i < frames; i++) {
    const control = Buffer.alloc(26);
    control.writeUInt32BE(sequence++, 0);
    control.writeUInt32BE(1, 4);
    control.writeUInt32BE(1, 8);
    control.writeUInt16BE(1, 20);
    control.writeUInt16BE(10, 22);
    chunks.push(pngChunk('fcTL', control));
    const number = Buffer.alloc(4);
    if (i > 0) number.writeUInt32BE(sequence++);
    chunks.push(
      i === 0 ? pngChunk('IDAT', pixel) : pngChunk('fdAT', Buffer.concat([number, pixel])),
    );
  }
  return png(...chunks);
}

const profile = (bytes: number) =>
  pngChunk('iCCP', Buffer.concat([latin('a\0\0'), deflateSync(Buffer.alloc(bytes))]));

const repeated = (part: Buffer, times: number) => Buffer.concat(Array<Buffer>(times).fill(part));

const MB = 2 ** 20;

/** Small files that decode to large data. */
export const bombs: Family = listed('bombs', [
  ['900 megapixels.png', () => png(ihdr(30_000, 30_000), idat(90_001 * 64))],
  ['one row of many.png', () => png(ihdr(4000, 4000), idat(12_001))],
  ['more rows than said.png', () => png(ihdr(8, 8), idat(32 * MB))],
  [
    'a million frames claimed.png',
    () => png(ihdr(1, 1), pngChunk('acTL', latin('\0\x0f\xff\xff\0\0\0\0')), idat(4)),
  ],
  ['profile of 32 MB.png', () => png(ihdr(8, 8), profile(32 * MB), idat(200))],
  ['text of 32 MB.png', () => pngWith(zTXt('Raw profile type exif', Buffer.alloc(32 * MB, '4')))],
  ['XMP of 32 MB.png', () => pngWith(iTXt('XML:com.adobe.xmp', Buffer.alloc(32 * MB, '<'), true))],
  ['3000 frames.gif', () => gif(3000)],
  ['a frame on a large screen.gif', () => gif(1, 60_000, 60_000)],
  ['frames on a large screen.gif', () => gif(500, 8000, 8000)],
  ['2000 frames.png', () => apng(2000)],
  ['tall as it may be.png', () => png(ihdr(1, 2 ** 31 - 1, 1, 0), idat(1 * MB))],
  ['wide.png', () => png(ihdr(1_000_000, 1, 8, 0), idat(1_000_001))],
  ['beyond all numbers.png', () => png(ihdr(2 ** 32 - 1, 2 ** 32 - 1), idat(100))],
  ['negative.png', () => png(ihdr(2 ** 31, 2 ** 31), idat(100))],
  ['no pixels.png', () => png(ihdr(0, 0), idat(0))],
  ['100 megapixels of nothing.png', () => png(ihdr(10_000, 10_000, 1, 0), idat(1251 * 10_000))],
  ['100 megapixels of 16 bits.png', () => png(ihdr(10_000, 10_000, 16, 0), idat(MB))],
  [
    '300,000 chunks.png',
    () => png(ihdr(1, 1), repeated(pngChunk('tEXt', latin('a\0b')), 300_000), idat(4)),
  ],
  [
    '300,000 chunks of nothing.png',
    () => png(ihdr(1, 1), repeated(pngChunk('IDAT', new Uint8Array(0)), 300_000)),
  ],
]);
