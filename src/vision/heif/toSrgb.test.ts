import { describe, expect, it } from 'vitest';
import { createPrng } from '../../base/prng.ts';
import { readIccProfile } from './iccProfile.ts';
import { codedSpace, isSrgb, srgb } from './rgbSpace.ts';
import { box, u16, u32 } from './testing/heifFile.ts';
import { toSrgb } from './toSrgb.ts';

const fixed = (value: number) => u32(Math.round(value * 65_536) >>> 0);
const tagged = (kind: string, ...parts: number[][]) =>
  Uint8Array.from([...kind].map((c) => c.charCodeAt(0)).concat(u32(0), ...parts));
const xyz = (...values: number[]) => tagged('XYZ ', values.flatMap(fixed));

/** A profile of Display P3's primaries, adapted to D50, with a curve chosen by the test. */
function profile(curve: Uint8Array, space = 'RGB '): Uint8Array {
  const tags: [string, Uint8Array][] = [
    ['rXYZ', xyz(0.51512, 0.2412, -0.00105)],
    ['gXYZ', xyz(0.29198, 0.69225, 0.04189)],
    ['bXYZ', xyz(0.1571, 0.06657, 0.78407)],
    ['rTRC', curve],
    ['gTRC', curve],
    ['bTRC', curve],
  ];
  let at = 132 + 12 * tags.length;
  const table: number[] = [];
  for (const [tag, content] of tags) {
    table.push(...[...tag].map((c) => c.charCodeAt(0)), ...u32(at), ...u32(content.length));
    at += content.length;
  }
  const head = new Uint8Array(128);
  head.set(
    [...`${space}XYZ `].map((c) => c.charCodeAt(0)),
    16,
  );
  return Uint8Array.from([
    ...head,
    ...u32(tags.length),
    ...table,
    ...tags.flatMap(([, content]) => [...content]),
  ]);
}

const SRGB_CURVE = tagged(
  'para',
  u16(3),
  u16(0),
  [2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045].flatMap(fixed),
);

function converted(color: readonly number[], space = srgb): number[] {
  const data = Uint8Array.from([...color, 255]);
  return Array.from(toSrgb({ data, stride: 4, width: 1, height: 1 }, space, 1).data.slice(0, 3));
}

describe('color conversion', () => {
  // Values of CSS Color 4 for color(display-p3 …).
  it.each([
    [
      [128, 128, 128],
      [128, 128, 128],
    ],
    [
      [255, 255, 255],
      [255, 255, 255],
    ],
    [
      [0, 0, 0],
      [0, 0, 0],
    ],
    [
      [184, 50, 47],
      [200, 30, 40],
    ],
    [
      [255, 0, 0],
      [255, 0, 0],
    ],
  ])('converts Display P3 %j to sRGB %j', (p3, expected) => {
    const fromProfile = readIccProfile(profile(SRGB_CURVE))!;
    for (const space of [fromProfile, codedSpace(12, 13)]) {
      converted(p3, space).forEach((value, i) => {
        expect(Math.abs(value - expected[i]!), `${converted(p3, space)}`).toBeLessThanOrEqual(2);
      });
    }
  });

  it('supports every form of curve', () => {
    const middle = (curve: Uint8Array) => readIccProfile(profile(curve))?.curves[0][128];
    expect(middle(tagged('curv', u32(0)))).toBeCloseTo(128 / 255, 4);
    expect(middle(tagged('curv', u32(1), u16(2 * 256)))).toBeCloseTo((128 / 255) ** 2, 4);
    expect(middle(tagged('curv', u32(3), u16(0), u16(0), u16(65_535)))).toBeCloseTo(1 / 255, 3);
    expect(middle(tagged('para', u16(0), u16(0), fixed(2.2)))).toBeCloseTo((128 / 255) ** 2.2, 4);
    expect(middle(SRGB_CURVE)).toBeCloseTo(0.2159, 3);
  });

  it('leaves sRGB colors unchanged', () => {
    expect(isSrgb(srgb)).toBe(true);
    expect(isSrgb(codedSpace(12, 13))).toBe(false);
    expect(isSrgb(codedSpace(1, 16))).toBe(false);
    expect(converted([1, 2, 3])).toEqual([1, 2, 3]);
  });

  it('compresses colors brighter than white and keeps black black', () => {
    for (const transfer of [16, 18]) {
      const grays = [0, 64, 128, 192, 255].map((v) =>
        converted([v, v, v], codedSpace(9, transfer)),
      );
      const values = grays.map(([r]) => r!);
      expect(values[0]).toBe(0);
      expect(values.at(-1)).toBe(255);
      expect([...values].sort((a, b) => a - b)).toEqual(values);
      for (const [r, g, b] of grays)
        expect(Math.max(r!, g!, b!) - Math.min(r!, g!, b!)).toBeLessThanOrEqual(2);
    }
  });
});

describe('readIccProfile', () => {
  it('returns undefined for other kinds of profiles', () => {
    expect(readIccProfile(profile(SRGB_CURVE, 'CMYK'))).toBeUndefined();
    expect(readIccProfile(profile(tagged('mft2', u32(0))))).toBeUndefined();
    expect(readIccProfile(box('prof'))).toBeUndefined();
  });

  it('never throws on corrupted bytes', () => {
    const prng = createPrng(4);
    const good = profile(SRGB_CURVE);
    for (let i = 0; i < 200; i++) {
      const bytes = good.slice(0, prng.below(3) === 0 ? prng.below(good.length) : good.length);
      for (let changes = prng.below(6); changes > 0 && bytes.length > 0; changes--) {
        bytes[prng.below(bytes.length)] = prng.below(256);
      }
      const space = readIccProfile(bytes);
      if (space) expect(space.curves.every((curve) => curve.every(Number.isFinite))).toBe(true);
    }
  });
});

describe('toSrgb', () => {
  it('averages square blocks of pixels and drops incomplete ones', () => {
    const data = new Uint8Array(5 * 4 * 4).fill(255);
    data.set([0, 0, 0, 255], 0);
    const { data: out, width, height } = toSrgb({ data, stride: 20, width: 5, height: 4 }, srgb, 2);
    expect([width, height]).toEqual([2, 2]);
    expect(Array.from(out.slice(0, 8))).toEqual([191, 191, 191, 255, 255, 255, 255, 255]);
  });

  it('ignores the color of transparent pixels', () => {
    const data = Uint8Array.from([200, 100, 50, 255, 0, 0, 0, 0]);
    const { data: out } = toSrgb({ data, stride: 8, width: 2, height: 1 }, srgb, 2);
    expect(Array.from(out)).toEqual([200, 100, 50, 128]);
  });
});
