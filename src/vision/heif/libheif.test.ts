import sharp, { type Sharp } from 'sharp';
import { describe, expect, it, vi } from 'vitest';
import { whyNoHeifEnc } from '../../../scripts/heifEnc.ts';
import { inspect } from '../headers/inspect.ts';
import { decodeHeif, type HeifPicture } from './libheif.ts';
import { encodeHeic, LOSSLESS } from './testing/encode.ts';
import { codedOf, grid, heifFile, imir, irot, ispe, nclx } from './testing/heifFile.ts';
import { startLibheif } from './testing/library.ts';
import { sequenceFile } from './testing/sequenceFile.ts';

// Most tests run an encoder, which is slow on some machines.
vi.setConfig({ testTimeout: 60_000 });

const WHOLE = 1e9;
const lib = startLibheif();
const decoded = (file: Uint8Array, shortSide = WHOLE) => decodeHeif(lib, file, shortSide);

type Color = readonly [number, number, number];

const RED: Color = [200, 30, 40];
const GREEN: Color = [30, 180, 60];
const BLUE: Color = [40, 60, 210];
const GRAY: Color = [120, 120, 120];

/** By default, four 64 × 48 fields: red and green above, blue and gray below. */
function fields(width = 128, height = 96): Sharp {
  const data = Buffer.alloc(width * height * 3);
  for (let at = 0; at < width * height; at++) {
    const right = at % width >= width / 2;
    const below = at >= (width * height) / 2;
    data.set(below ? (right ? GRAY : BLUE) : right ? GREEN : RED, at * 3);
  }
  return sharp(data, { raw: { width, height, channels: 3 } });
}

const plain = (color: Color, width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: `rgb(${color.join()})` } })
    .png()
    .toBuffer();

/** Colors at the centers of the four quarters, clockwise from the upper left. */
function corners({ pixels: { data, width, height } }: HeifPicture): number[][] {
  const at = (x: number, y: number) => {
    const start = 4 * (Math.floor(y * height) * width + Math.floor(x * width));
    return Array.from(data.slice(start, start + 3));
  };
  return [at(0.25, 0.25), at(0.75, 0.25), at(0.75, 0.75), at(0.25, 0.75)];
}

function expectColors(picture: HeifPicture, colors: readonly Color[], most: number): void {
  corners(picture).forEach((color, i) => {
    color.forEach((value, n) => {
      expect(Math.abs(value - colors[i]![n]!), `${color} for ${colors[i]}`).toBeLessThanOrEqual(
        most,
      );
    });
  });
}

describe.skipIf(whyNoHeifEnc())('decodeHeif', () => {
  it('returns the pixels of a picture in sRGB', async () => {
    const picture = decoded(encodeHeic([await fields().png().toBuffer()], LOSSLESS));
    expect(picture).toMatchObject({ width: 128, height: 96 });
    expect(picture.pixels).toMatchObject({ width: 128, height: 96 });
    expectColors(picture, [RED, GREEN, GRAY, BLUE], 1);
    expect(picture.pixels.data.every((value, i) => i % 4 !== 3 || value === 255)).toBe(true);
  });

  it('scales down, but not below the requested short side', async () => {
    const picture = decoded(encodeHeic([await fields().png().toBuffer()], LOSSLESS), 30);
    expect(picture).toMatchObject({ width: 128, height: 96 });
    expect(picture.pixels).toMatchObject({ width: 42, height: 32 });
    expectColors(picture, [RED, GREEN, GRAY, BLUE], 1);
  });

  it.each([
    ['a quarter to the left', [irot(1)], [GREEN, GRAY, BLUE, RED], true],
    ['a half', [irot(2)], [GRAY, BLUE, RED, GREEN], false],
    ['a quarter to the right', [irot(3)], [BLUE, RED, GREEN, GRAY], true],
    ['mirrored', [imir(1)], [GREEN, RED, BLUE, GRAY], false],
    ['upside down and mirrored', [imir(0)], [BLUE, GRAY, GREEN, RED], false],
    ['turned and mirrored', [irot(3), imir(1)], [RED, BLUE, GRAY, GREEN], true],
  ] as const)('applies rotation and mirroring: %s', async (_how, turns, colors, stands) => {
    const { data, hvcC } = codedOf(encodeHeic([await fields().png().toBuffer()], LOSSLESS));
    const item = { type: 'hvc1', data, properties: [hvcC, ispe(128, 96), ...turns] };
    const picture = decoded(heifFile([item]));
    expect(picture).toMatchObject(stands ? { width: 96, height: 128 } : { width: 128, height: 96 });
    expectColors(picture, colors, 12);
  });

  it('assembles tiles, crops them to the full size and rotates the result', async () => {
    const colors = [RED, GREEN, BLUE, GRAY];
    const tiles = await Promise.all(
      colors.map(async (color) => codedOf(encodeHeic([await plain(color, 64, 64)], LOSSLESS))),
    );
    const items = [
      {
        type: 'grid',
        data: grid(2, 2, 120, 100),
        properties: [ispe(120, 100), irot(3)],
        madeOf: [2, 3, 4, 5],
      },
      ...tiles.map(({ data, hvcC }) => ({
        type: 'hvc1',
        data,
        properties: [hvcC, ispe(64, 64)],
      })),
    ];
    const picture = decoded(heifFile(items));
    expect(picture).toMatchObject({ width: 100, height: 120 });
    expectColors(picture, [BLUE, RED, GREEN, GRAY], 12);
  });

  it('decodes the primary picture of several', async () => {
    const several = await Promise.all([RED, BLUE].map((color) => plain(color, 64, 64)));
    expectColors(decoded(encodeHeic(several, LOSSLESS)), [RED, RED, RED, RED], 1);
    const coded = several.map((png) => codedOf(encodeHeic([png], LOSSLESS)));
    const items = coded.map(({ data, hvcC }) => ({
      type: 'hvc1',
      data,
      properties: [hvcC, ispe(64, 64)],
    }));
    const second = heifFile(items, { primary: 2 });
    expectColors(decoded(second), [BLUE, BLUE, BLUE, BLUE], 12);
  });

  it.each(['p3', 'srgb'])('converts colors with the embedded profile: %s', async (profile) => {
    const png = await fields().withIccProfile(profile).png().toBuffer();
    expectColors(decoded(encodeHeic([png], LOSSLESS)), [RED, GREEN, GRAY, BLUE], 3);
  });

  it('converts colors from the coded primaries if there is no profile', async () => {
    const png = await fields().withIccProfile('p3', { attach: false }).png().toBuffer();
    // The file's values must differ from sRGB's, or this would prove nothing.
    expect(RED[0] - (await sharp(png).raw().toBuffer())[0]!).toBeGreaterThan(8);
    const { data, hvcC } = codedOf(encodeHeic([png], LOSSLESS));
    const properties = [hvcC, ispe(128, 96), nclx(12, 13, 6)];
    const picture = decoded(heifFile([{ type: 'hvc1', data, properties }]));
    expectColors(picture, [RED, GREEN, GRAY, BLUE], 3);
  });

  it('decodes the first picture of a sequence without a still picture', async () => {
    const coded = codedOf(encodeHeic([await fields().png().toBuffer()], LOSSLESS));
    const file = sequenceFile(coded, 128, 96);
    expect(inspect(file)).toMatchObject({ type: 'heic', codec: 'hvc1', width: 128, height: 96 });
    expectColors(decoded(file), [RED, GREEN, GRAY, BLUE], 12);
  });

  it('decodes 10-bit pictures', async () => {
    const png = await fields().toColourspace('rgb16').png().toBuffer();
    expect((await sharp(png).metadata()).depth).toBe('ushort');
    const picture = decoded(encodeHeic([png], ['-b', '10', '-q', '95', '-p', 'chroma=444']));
    expectColors(picture, [RED, GREEN, GRAY, BLUE], 4);
  });

  it('keeps transparency', async () => {
    const clear = await sharp({
      create: {
        width: 64,
        height: 64,
        channels: 4,
        background: { r: 200, g: 30, b: 40, alpha: 0.5 },
      },
    })
      .png()
      .toBuffer();
    const { data } = decoded(encodeHeic([clear])).pixels;
    expect(Math.abs(data[4 * 32 * 64 + 3]! - 128)).toBeLessThanOrEqual(3);
    expect(Math.abs(data[4 * 32 * 64]! - 200)).toBeLessThanOrEqual(6);
  });
});
