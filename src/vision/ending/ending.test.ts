import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { inspect } from '../headers/inspect.ts';
import { jpegRows } from './jpegRows.ts';

const WIDTH = 101;
const HEIGHT = 205;

/** Detail in every row, so that all rows compress equally. */
const picture = (width = WIDTH, height = HEIGHT) =>
  sharp({
    create: {
      width,
      height,
      channels: 3,
      background: '#446688',
      noise: { type: 'gaussian', mean: 128, sigma: 40 },
    },
  });

type Bytes = Uint8Array<ArrayBuffer>;
const samples: Record<string, Bytes> = {};

/** Copies into a separate buffer. */
const own = (bytes: Uint8Array): Bytes => Uint8Array.from(bytes);

/** The decodable bytes of a file, and whether its end is missing. */
const mend = (bytes: Uint8Array) => {
  const { mend: mended } = inspect(bytes);
  return { bytes: mended?.() ?? bytes, endMissing: mended !== undefined };
};

const damaged = expect.objectContaining({ code: 'damaged-picture' });

/** Pixels as decoded by sharp, whatever is missing. */
const pixels = (bytes: Uint8Array, failOn: 'none' | 'error' = 'none') =>
  sharp(bytes, { failOn }).removeAlpha().raw().toBuffer();

/** Number of identical rows from the top. */
function rowsAlike(a: Uint8Array, b: Uint8Array, width = WIDTH): number {
  const stride = width * 3;
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return Math.floor(at / stride);
  return a.length / stride;
}

beforeAll(async () => {
  const grey = await picture().toColourspace('b-w').png().toBuffer();
  samples.jpeg = own(await picture().jpeg({ quality: 90 }).toBuffer());
  samples['4:4:4'] = own(await picture().jpeg({ chromaSubsampling: '4:4:4' }).toBuffer());
  samples.optimized = own(await picture().jpeg({ optimizeCoding: true }).toBuffer());
  samples.grey = own(await sharp(grey).jpeg().toBuffer());
  samples.cmyk = own(await picture().toColourspace('cmyk').jpeg().toBuffer());
  samples.progressive = own(await picture().jpeg({ progressive: true }).toBuffer());
  samples['progressive 4:4:4'] = own(
    await picture().jpeg({ progressive: true, chromaSubsampling: '4:4:4' }).toBuffer(),
  );
  samples['progressive grey'] = own(await sharp(grey).jpeg({ progressive: true }).toBuffer());
  samples.png = own(await picture().png().toBuffer());
  samples.interlaced = own(await picture().png({ progressive: true }).toBuffer());
  samples.palette = own(await picture().png({ palette: true, colors: 8 }).toBuffer());
  samples.alpha = own(await picture().ensureAlpha(0.5).png().toBuffer());
  samples.gif = own(await picture().gif().toBuffer());
  samples.webp = own(await picture().webp().toBuffer());
  samples.avif = own(await picture().avif({ effort: 0 }).toBuffer());
}, 60_000);

const sequential = ['jpeg', '4:4:4', 'optimized', 'grey', 'cmyk'];
const progressive = ['progressive', 'progressive 4:4:4', 'progressive grey'];
const jpegs = [...sequential, ...progressive];
const pngs = ['png', 'interlaced', 'palette', 'alpha'];

describe('jpegRows', () => {
  it.each(jpegs)('counts every row of a %s, even without its end marker', (kind) => {
    expect(jpegRows(samples[kind]!)).toBe(HEIGHT);
    expect(jpegRows(samples[kind]!.subarray(0, -2))).toBe(HEIGHT);
  });

  it.each(sequential)('counts the rows that decode in a truncated %s', async (kind) => {
    const whole = await pixels(samples[kind]!);
    for (const share of [0.2, 0.51, 0.77, 0.93, 0.99]) {
      const cut = samples[kind]!.subarray(0, Math.floor(samples[kind]!.length * share));
      const rows = jpegRows(cut);
      const alike = rowsAlike(whole, await pixels(cut));
      // The decoder smooths color into the missing row of blocks.
      expect(alike).toBeGreaterThanOrEqual(rows - 1);
      expect(alike).toBeLessThanOrEqual(rows + 16);
    }
  });

  it.each(progressive)('counts a row of a %s only once all its bits are present', async (kind) => {
    const whole = await pixels(samples[kind]!);
    const { length } = samples[kind]!;
    expect(jpegRows(samples[kind]!.subarray(0, length >> 1))).toBe(0);
    for (const share of [0.95, 0.98, 0.999]) {
      const cut = samples[kind]!.subarray(0, Math.floor(length * share));
      const rows = jpegRows(cut);
      expect(rows).toBeGreaterThan(0);
      expect(rowsAlike(whole, await pixels(cut))).toBeGreaterThanOrEqual(rows - 1);
      expect(rowsAlike(whole, await pixels(cut))).toBeLessThanOrEqual(rows + 16);
    }
  });

  it('terminates on corrupted bytes', () => {
    for (const kind of ['jpeg', 'progressive']) {
      const { length } = samples[kind]!;
      for (let seed = 1; seed < 40; seed++) {
        const hostile = own(samples[kind]!);
        for (let i = 0; i < 6; i++) hostile[(seed * 7919 + i * 104_729) % length] = seed * 31 + i;
        expect(jpegRows(hostile)).toBeLessThanOrEqual(65_535);
      }
    }
  });
});

describe('the check of a picture’s ending', () => {
  it.each([...jpegs, ...pngs, 'gif', 'webp', 'avif'])(
    'finds no missing end in a whole %s',
    (kind) => {
      expect(mend(samples[kind]!).endMissing).toBe(false);
    },
  );

  it.each([
    ...jpegs.map((kind) => [kind, 2]),
    ['gif', 2],
    ['webp', 0],
    ...pngs.map((kind) => [kind, 12]),
  ])('mends a %s that lacks its last bytes', async (kind, lost) => {
    const whole = samples[kind as string]!;
    for (let missing = 1; missing <= (lost as number); missing += missing < 4 ? 1 : 4) {
      // All decoders accept a GIF without its trailer.
      if (kind === 'gif' && missing === 1) continue;
      const { bytes, endMissing } = mend(whole.subarray(0, whole.length - missing));
      expect(endMissing).toBe(true);
      expect((await pixels(bytes, 'error')).equals(await pixels(whole))).toBe(true);
    }
  });

  it('mends a PNG with a wrong final checksum', async () => {
    const wrong = own(samples.png!);
    wrong[wrong.length - 1]! ^= 1;
    const { bytes, endMissing } = mend(wrong);
    expect(endMissing).toBe(true);
    expect(Buffer.compare(bytes, samples.png!)).toBe(0);
  });

  it.each([...sequential, ...pngs, 'gif'])(
    'rejects or mends a truncated %s depending on how much is missing',
    async (kind) => {
      const whole = samples[kind]!;
      for (const share of [0.3, 0.6, 0.85]) {
        expect(() => mend(whole.subarray(0, Math.floor(whole.length * share)))).toThrow(damaged);
      }
      const { bytes, endMissing } = mend(whole.subarray(0, Math.floor(whole.length * 0.97)));
      expect(endMissing).toBe(true);
      const alike = rowsAlike(await pixels(bytes, 'none'), await pixels(whole));
      expect(alike).toBeGreaterThanOrEqual(kind === 'interlaced' ? 0 : HEIGHT * 0.88);
      expect(alike).toBeLessThan(HEIGHT);
    },
  );

  it.each(pngs)('mends a truncated %s so that it decodes without warnings', async (kind) => {
    const cut = samples[kind]!.subarray(0, Math.floor(samples[kind]!.length * 0.97));
    await expect(
      sharp(mend(cut).bytes, { failOn: 'warning' }).raw().toBuffer(),
    ).resolves.toBeDefined();
  });

  it.each(progressive)('rejects a %s with half of its bytes missing', (kind) => {
    expect(() => mend(samples[kind]!.subarray(0, samples[kind]!.length >> 1))).toThrow(damaged);
    expect(mend(samples[kind]!.subarray(0, samples[kind]!.length - 100)).endMissing).toBe(true);
  });

  it('rejects a truncated WebP or AVIF, which does not decode at all', () => {
    for (const kind of ['webp', 'avif']) {
      for (const share of [0.3, 0.6, 0.97]) {
        const { length } = samples[kind]!;
        expect(() => mend(samples[kind]!.subarray(0, Math.floor(length * share)))).toThrow(damaged);
      }
    }
  });

  it('mends a WebP that lacks only data after the picture', async () => {
    const withExif = own(
      await picture()
        .withExif({ IFD0: { Copyright: 'somebody' } })
        .webp()
        .toBuffer(),
    );
    const { bytes, endMissing } = mend(withExif.subarray(0, withExif.length - 20));
    expect(endMissing).toBe(true);
    expect((await pixels(bytes, 'error')).equals(await pixels(withExif))).toBe(true);
  });

  it('ignores bytes after the last box of an AVIF', () => {
    for (const more of [1, 2, 4, 8, 22]) {
      for (const filled of [0, 0x0a, 0x57, 0xff]) {
        const longer = Buffer.concat([samples.avif!, Buffer.alloc(more, filled)]);
        expect(mend(longer).endMissing).toBe(false);
      }
    }
  });

  it('rejects or mends a bitmap depending on its missing rows', () => {
    const stride = 4 * Math.ceil((WIDTH * 3) / 4);
    const bmp = new Uint8Array(54 + stride * HEIGHT).fill(0x55);
    const view = new DataView(bmp.buffer);
    bmp.fill(0, 0, 54).set([0x42, 0x4d]);
    view.setUint32(10, 54, true);
    view.setUint32(14, 40, true);
    view.setInt32(18, WIDTH, true);
    view.setInt32(22, HEIGHT, true);
    view.setUint16(26, 1, true);
    view.setUint16(28, 24, true);
    expect(mend(bmp)).toMatchObject({ endMissing: false });
    const { bytes, endMissing } = mend(bmp.subarray(0, bmp.length - stride * 10));
    expect(endMissing).toBe(true);
    expect(bytes).toHaveLength(bmp.length);
    expect(() => mend(bmp.subarray(0, bmp.length >> 1))).toThrow(damaged);
  });
});
