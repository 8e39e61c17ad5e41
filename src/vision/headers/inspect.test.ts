import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { inspect, MAX_BYTES } from './inspect.ts';

const WIDTH = 37;
const HEIGHT = 23;

/** A small picture with enough detail that its data is longer than its header. */
const picture = () =>
  sharp({
    create: {
      width: WIDTH,
      height: HEIGHT,
      channels: 3,
      background: '#446688',
      noise: { type: 'gaussian', mean: 128, sigma: 40 },
    },
  });

/** An uncompressed 24-bit BMP. */
function bmp(width: number, height: number): Uint8Array {
  const stride = 4 * Math.ceil((width * 3) / 4);
  const bytes = new Uint8Array(54 + stride * Math.abs(height));
  const view = new DataView(bytes.buffer);
  bytes.set([0x42, 0x4d]);
  view.setUint32(2, bytes.length, true);
  view.setUint32(10, 54, true);
  view.setUint32(14, 40, true);
  view.setInt32(18, width, true);
  view.setInt32(22, height, true);
  view.setUint16(26, 1, true);
  view.setUint16(28, 24, true);
  return bytes;
}

/** An icon of PNGs, whose directory understates their sizes. */
function ico(pngs: readonly Uint8Array[]): Buffer {
  const directory = Buffer.alloc(6 + 16 * pngs.length, 0);
  directory.writeUInt16LE(1, 2);
  directory.writeUInt16LE(pngs.length, 4);
  let at = directory.length;
  pngs.forEach((png, i) => {
    directory.fill(16, 6 + 16 * i, 8 + 16 * i);
    directory.writeUInt32LE(png.length, 14 + 16 * i);
    directory.writeUInt32LE(at, 18 + 16 * i);
    at += png.length;
  });
  return Buffer.concat([directory, ...pngs]);
}

function box(kind: string, ...content: readonly Uint8Array[]): Buffer {
  const head = Buffer.alloc(8);
  head.write(kind, 4, 'latin1');
  head.writeUInt32BE(8 + content.reduce((sum, part) => sum + part.length, 0));
  return Buffer.concat([head, ...content]);
}

/** An AVIF sequence without a still picture, up to its size. */
function sequence(width: number, height: number): Buffer {
  const entry = Buffer.alloc(78);
  entry.writeUInt16BE(width, 24);
  entry.writeUInt16BE(height, 26);
  const stsd = box('stsd', Buffer.from([0, 0, 0, 0, 0, 0, 0, 1]), box('av01', entry));
  const inside = ['stbl', 'minf', 'mdia', 'trak', 'moov'];
  const moov = inside.reduce((content, kind) => box(kind, content), stsd);
  return Buffer.concat([box('ftyp', Buffer.from('avis\0\0\0\0avisavif', 'latin1')), moov]);
}

const samples: Record<string, Uint8Array> = {};

beforeAll(async () => {
  samples.jpeg = await picture().jpeg({ quality: 90 }).toBuffer();
  samples.progressive = await picture().jpeg({ progressive: true }).toBuffer();
  samples.png = await picture().png().toBuffer();
  samples.gif = await picture().gif().toBuffer();
  samples.webp = await picture().webp().toBuffer();
  samples.lossless = await picture().webp({ lossless: true }).toBuffer();
  samples.avif = await picture().avif({ effort: 0 }).toBuffer();
  samples.bmp = bmp(WIDTH, -HEIGHT);
});

const kinds = ['jpeg', 'progressive', 'png', 'gif', 'webp', 'lossless', 'avif', 'bmp'];

describe('inspect', () => {
  it.each(kinds)('reads the type and size of a whole %s', (kind) => {
    const type = { progressive: 'jpeg', lossless: 'webp' }[kind] ?? kind;
    expect(inspect(samples[kind]!)).toMatchObject({ type, width: WIDTH, height: HEIGHT });
  });

  it.each(kinds)('rejects a %s with a tenth or more cut off', (kind) => {
    const whole = samples[kind]!;
    for (const share of [0.3, 0.5, 0.75, 0.88]) {
      expect(() => inspect(whole.subarray(0, Math.floor(whole.length * share)))).toThrow(
        expect.objectContaining({ code: 'damaged-picture' }),
      );
    }
  });

  it.each(kinds)('reports any prefix of a %s as damaged or unsupported', (kind) => {
    const whole = samples[kind]!;
    for (let length = 1; length < Math.min(whole.length - 2, 200); length++) {
      expect(() => inspect(whole.subarray(0, length))).toThrow(
        expect.objectContaining({
          code: expect.stringMatching(/damaged-picture|unsupported-format/),
        }),
      );
    }
  });

  it.each(['jpeg', 'png', 'webp', 'gif'])('allows extra bytes after the end of a %s', (kind) => {
    const longer = Buffer.concat([samples[kind]!, Buffer.alloc(100, 7)]);
    expect(inspect(longer)).toMatchObject({ width: WIDTH, height: HEIGHT });
  });

  it('is not fooled by the end marker of a preview embedded in a truncated JPEG', () => {
    const whole = samples.jpeg!;
    // An APP1 segment with a whole small JPEG, as written by cameras.
    const length = whole.length + 2;
    const segment = Buffer.concat([Buffer.from([0xff, 0xe1, length >> 8, length & 255]), whole]);
    const cut = whole.subarray(2, whole.length - 40);
    expect(() => inspect(Buffer.concat([whole.subarray(0, 2), segment, cut]))).toThrow(
      expect.objectContaining({ code: 'damaged-picture' }),
    );
  });

  it('rejects too many pixels from the header alone, naming the size', () => {
    const huge = Uint8Array.from(samples.png!);
    new DataView(huge.buffer).setUint32(16, 30_000);
    new DataView(huge.buffer).setUint32(20, 30_000);
    expect(() => inspect(huge)).toThrow(
      expect.objectContaining({
        code: 'too-many-pixels',
        message: expect.stringContaining('30,000 × 30,000'),
      }),
    );
  });

  it('rejects a picture without pixels', () => {
    const flat = Uint8Array.from(samples.png!);
    new DataView(flat.buffer).setUint32(20, 0);
    expect(() => inspect(flat)).toThrow(expect.objectContaining({ code: 'damaged-picture' }));
    const mirrored = bmp(4, 4);
    new DataView(mirrored.buffer).setInt32(18, -4, true);
    expect(() => inspect(mirrored)).toThrow(expect.objectContaining({ code: 'damaged-picture' }));
  });

  it('rejects an oversized file before reading it', () => {
    const large = { length: MAX_BYTES + 1 } as Uint8Array;
    expect(() => inspect(large)).toThrow(expect.objectContaining({ code: 'file-too-large' }));
  });

  it('terminates on chunks and segments of any declared length', () => {
    for (const kind of kinds) {
      for (let at = 2; at < 120; at++) {
        const hostile = Uint8Array.from(samples[kind]!);
        hostile.fill(0xff, at, at + 4);
        try {
          inspect(hostile);
        } catch (error) {
          expect(error).toMatchObject({ name: 'AkinError' });
        }
      }
    }
  });

  it('reads the sizes of unusual files that browsers decode', async () => {
    const screenless = Uint8Array.from(samples.gif!).fill(0, 6, 10);
    expect(inspect(screenless)).toMatchObject({ width: WIDTH, height: HEIGHT });
    const stored = await picture().png().toBuffer();
    const icon = ico([await picture().resize(16, 16).png().toBuffer(), stored]);
    expect(inspect(icon)).toMatchObject({ type: 'ico', width: WIDTH, height: HEIGHT });
    expect(inspect(sequence(WIDTH, HEIGHT))).toMatchObject({ width: WIDTH, height: HEIGHT });
  });

  it('limits the pixels of unusual files by the size a decoder would use', async () => {
    const huge = Buffer.from(samples.png!);
    huge.writeUInt32BE(20_000, 16);
    huge.writeUInt32BE(20_000, 20);
    for (const bytes of [ico([huge]), sequence(30_000, 30_000)]) {
      expect(() => inspect(bytes)).toThrow(expect.objectContaining({ code: 'too-many-pixels' }));
    }
  });

  it('limits the memory of a large JPEG and requires enough data for its pixels', () => {
    const header = (marker: number, width: number, height: number, bytes: number) => {
      const jpeg = Buffer.concat([samples.jpeg!, Buffer.alloc(bytes)]);
      let at = 2;
      while (jpeg[at + 1] !== 0xc0) at += 2 + jpeg.readUInt16BE(at + 2);
      jpeg[at + 1] = marker;
      jpeg.writeUInt16BE(height, at + 5);
      jpeg.writeUInt16BE(width, at + 7);
      return jpeg;
    };
    const refused = expect.objectContaining({ code: 'too-many-pixels' });
    expect(inspect(header(0xc0, 16_320, 12_240, 2_000_000))).toMatchObject({ width: 16_320 });
    // All coefficients of a progressive picture are held in memory: two bytes for each of 3 × 100
    // million.
    expect(() => inspect(header(0xc2, 16_320, 12_240, 2_000_000))).toThrow(refused);
    expect(inspect(header(0xc2, 14_000, 10_000, 2_000_000))).toMatchObject({ width: 14_000 });
    for (const marker of [0xc0, 0xc2, 0xc3, 0xc9]) {
      expect(() => inspect(header(marker, 65_535, 65_535, 1_000))).toThrow(refused);
      expect(() => inspect(header(marker, 12_000, 12_000, 1_000))).toThrow(refused);
    }
  });
});
