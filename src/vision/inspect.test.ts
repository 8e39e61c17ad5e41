import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { inspect, MAX_BYTES } from './inspect.ts';

const WIDTH = 37;
const HEIGHT = 23;

/** A small picture with detail in it, so that its data is longer than its header. */
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
  it.each(kinds)('reads type and size of a whole %s', (kind) => {
    const type = { progressive: 'jpeg', lossless: 'webp' }[kind] ?? kind;
    expect(inspect(samples[kind]!)).toMatchObject({ type, width: WIDTH, height: HEIGHT });
  });

  it.each(kinds)('refuses a %s of which a tenth or more is cut off', (kind) => {
    const whole = samples[kind]!;
    for (const share of [0.3, 0.5, 0.75, 0.88]) {
      expect(() => inspect(whole.subarray(0, Math.floor(whole.length * share)))).toThrow(
        expect.objectContaining({ code: 'damaged-picture' }),
      );
    }
  });

  it.each(kinds)('takes a %s for damaged or foreign whatever is left of it, never else', (kind) => {
    const whole = samples[kind]!;
    for (let length = 1; length < Math.min(whole.length - 2, 200); length++) {
      expect(() => inspect(whole.subarray(0, length))).toThrow(
        expect.objectContaining({
          code: expect.stringMatching(/damaged-picture|unsupported-format/),
        }),
      );
    }
  });

  it.each(['jpeg', 'png', 'webp', 'gif'])('lets a %s have more behind its end', (kind) => {
    const longer = Buffer.concat([samples[kind]!, Buffer.alloc(100, 7)]);
    expect(inspect(longer)).toMatchObject({ width: WIDTH, height: HEIGHT });
  });

  it('is not deceived by the end of a preview in the header of a cut JPEG', () => {
    const whole = samples.jpeg!;
    // An APP1 segment that holds a whole small JPEG, as cameras write it.
    const length = whole.length + 2;
    const segment = Buffer.concat([Buffer.from([0xff, 0xe1, length >> 8, length & 255]), whole]);
    const cut = whole.subarray(2, whole.length - 40);
    expect(() => inspect(Buffer.concat([whole.subarray(0, 2), segment, cut]))).toThrow(
      expect.objectContaining({ code: 'damaged-picture' }),
    );
  });

  it('refuses too many pixels by the header alone, naming them', () => {
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

  it('refuses a picture without pixels', () => {
    const flat = Uint8Array.from(samples.png!);
    new DataView(flat.buffer).setUint32(20, 0);
    expect(() => inspect(flat)).toThrow(expect.objectContaining({ code: 'damaged-picture' }));
    const mirrored = bmp(4, 4);
    new DataView(mirrored.buffer).setInt32(18, -4, true);
    expect(() => inspect(mirrored)).toThrow(expect.objectContaining({ code: 'damaged-picture' }));
  });

  it('refuses too large a file before it looks inside', () => {
    const large = { length: MAX_BYTES + 1 } as Uint8Array;
    expect(() => inspect(large)).toThrow(expect.objectContaining({ code: 'file-too-large' }));
  });

  it('ends on chunks and segments of any stated length', () => {
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
});
