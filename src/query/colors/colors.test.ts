import { describe, expect, it } from 'vitest';
import { CODEBOOK, CODEBOOK_SIZE } from '../../base/colors/codebook.ts';
import {
  DESCRIPTOR_BYTES,
  encodeColors,
  isColorDescriptor,
  readColorDescriptor,
} from '../../base/colors/descriptor.ts';
import { toLab } from '../../base/colors/lab.ts';
import { colorsOfPixels } from '../../vision/colors/colorsOfPixels.ts';
import { combineColors } from './colorQuery.ts';
import { hasColors, isHexColor, likeColorsOf } from './measures.ts';
import { colorsIn, mergeColors, NO_COLORS, placeOf } from './photoColors.ts';

type Rgb = readonly [number, number, number];
const RED: Rgb = [200, 30, 30];
const DARK_RED: Rgb = [140, 20, 25];
const BLUE: Rgb = [30, 60, 200];
const GREEN: Rgb = [30, 150, 60];
const WHITE: Rgb = [255, 255, 255];
const hexOf = (rgb: Rgb) => `#${rgb.map((each) => each.toString(16).padStart(2, '0')).join('')}`;

const SIDE = 32;
/** A picture whose color at a place is a function of it. */
function picture(colorAt: (x: number, y: number) => Rgb) {
  const rgba = new Uint8ClampedArray(SIDE * SIDE * 4).fill(255);
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) rgba.set(colorAt(x, y), (y * SIDE + x) * 4);
  }
  return colorsOfPixels(rgba, SIDE, SIDE);
}
const plain = (rgb: Rgb) => picture(() => rgb);
const isMiddle = (at: number) => at >= SIDE / 4 && at < (3 * SIDE) / 4;
const one = (rgb: Rgb) => hasColors([{ color: hexOf(rgb), weight: 1 }]);

describe('L*a*b*', () => {
  // CIE 15:2004 with D65, as computed by Lindbloom's calculator.
  it.each([
    [WHITE, [100, 0, 0]],
    [
      [0, 0, 0],
      [0, 0, 0],
    ],
    [
      [255, 0, 0],
      [53.24, 80.09, 67.2],
    ],
    [
      [0, 0, 255],
      [32.3, 79.19, -107.86],
    ],
  ] as const)('%j is %j', ([r, g, b], expected) => {
    const lab = new Float64Array(3);
    toLab(r, g, b, lab, 0);
    for (let i = 0; i < 3; i++) expect(lab[i]).toBeCloseTo(expected[i]!, 1);
  });
});

describe('a color descriptor', () => {
  it('is 32 bytes over a codebook of distinct colors', () => {
    expect(CODEBOOK).toHaveLength(3 * CODEBOOK_SIZE);
    const rows = Array.from({ length: CODEBOOK_SIZE }, (_, i) =>
      CODEBOOK.slice(3 * i, 3 * i + 3).join(),
    );
    expect(new Set(rows).size).toBe(CODEBOOK_SIZE);
    expect(DESCRIPTOR_BYTES).toBe(32);
    expect(isColorDescriptor(plain(RED))).toBe(true);
  });

  it('is the same for the same pixels, and nearly the same in another size', () => {
    expect(plain(RED)).toEqual(plain(RED));
    const half = picture((x) => (x < SIDE / 2 ? RED : BLUE));
    const other = picture((_, y) => (y < SIDE / 2 ? RED : BLUE));
    expect(likeColorsOf(half)(other, 0)).toBeGreaterThan(0.99);
  });

  it('counts the central half double', () => {
    const middle = picture((x, y) => (isMiddle(x) && isMiddle(y) ? RED : WHITE));
    // A quarter of the area counts as 2 of 5.
    expect(one(RED)(middle, 0) ** 2 / one(RED)(plain(RED), 0) ** 2).toBeCloseTo(0.4, 1);
  });

  it.each([
    ['too short', new ArrayBuffer(31)],
    ['too long', new ArrayBuffer(33)],
    ['of no color', new ArrayBuffer(32)],
    ['without a color that covers most', new Uint8Array(32).fill(0x77).buffer],
    ['no bytes', 'red'],
    ['another view', new Float32Array(8)],
  ])('that was stored is refused if it is %s', (_, value) => {
    expect(readColorDescriptor(value)).toBeNull();
  });

  it('that was stored is read', () => {
    const stored = plain(GREEN).slice().buffer;
    expect(readColorDescriptor(stored)).toEqual(plain(GREEN));
    expect(readColorDescriptor(encodeColors(new Float64Array(64).fill(1)).buffer)).not.toBeNull();
  });
});

describe('colors are compared', () => {
  it('between photos: 1 for the same, less for a shade, almost 0 for another color', () => {
    const like = likeColorsOf(plain(RED));
    expect(like(plain(RED), 0)).toBeCloseTo(1, 10);
    expect(like(plain(DARK_RED), 0)).toBeLessThan(0.99);
    expect(like(plain(DARK_RED), 0)).toBeGreaterThan(like(plain(BLUE), 0));
    expect(like(plain(BLUE), 0)).toBeLessThan(0.05);
    // In both directions.
    const mixed = picture((x) => (x % 2 ? RED : GREEN));
    expect(like(mixed, 0)).toBeCloseTo(likeColorsOf(mixed)(plain(RED), 0), 10);
  });

  it('with a color sought: the more of it, the better, and shades count', () => {
    const red = one(RED);
    const third = picture((x) => (x % 3 === 0 ? RED : WHITE));
    const scores = [plain(RED), plain(DARK_RED), third, plain(WHITE)].map((each) => red(each, 0));
    expect(scores.toSorted((a, b) => b - a)).toEqual(scores);
    expect(scores[3]).toBeLessThan(0.1);
    for (const score of scores) expect(score).toBeLessThanOrEqual(1);
  });

  it('with several: a photo with both beats one with much of one, and weights matter', () => {
    const both = [RED, BLUE].map((rgb) => ({ color: hexOf(rgb), weight: 1 }));
    const third = picture((x) => (x % 3 === 0 ? RED : x % 3 === 1 ? BLUE : WHITE));
    expect(hasColors(both)(third, 0)).toBeGreaterThan(hasColors(both)(plain(RED), 0));
    const mostlyRed = [both[0]!, { ...both[1]!, weight: 0.1 }];
    expect(hasColors(mostlyRed)(plain(RED), 0)).toBeGreaterThan(hasColors(both)(plain(RED), 0));
  });

  it('refuses what is no color', () => {
    for (const value of ['#12345', '#1234567', 'red', '#12345g', '', 5, null, ['#123456']]) {
      expect(isHexColor(value)).toBe(false);
    }
    expect(isHexColor('#Ab01fF')).toBe(true);
  });
});

describe('color terms are combined', () => {
  const [red, blue] = [one(RED), one(BLUE)];
  it('into the weighted mean of more, minus half of less', () => {
    const terms = [
      { measure: red, weight: 1, share: 1 },
      { measure: blue, weight: -1, share: 1 },
    ];
    const query = combineColors(terms, 0)!;
    expect(query.share).toBe(1);
    for (const rgb of [RED, BLUE, WHITE]) {
      const at = plain(rgb);
      expect(query.measure(at, 0)).toBeCloseTo(red(at, 0) - blue(at, 0) / 2, 10);
    }
  });

  it('and count as much as their part of all weights', () => {
    expect(combineColors([{ measure: red, weight: 1, share: 0.3 }], 0)?.share).toBeCloseTo(0.3);
    expect(combineColors([{ measure: red, weight: 1, share: 1 }], 3)?.share).toBeCloseTo(0.25);
    expect(combineColors([{ measure: red, weight: 0, share: 1 }], 1)).toBeNull();
    expect(combineColors([], 1)).toBeNull();
  });
});

describe('the columns of colors', () => {
  const block = (...photos: [number, Rgb][]) => ({
    ids: Uint32Array.from(photos, ([id]) => id),
    bytes: Uint8Array.from(photos.flatMap(([, rgb]) => [...plain(rgb)])),
  });
  it('find a photo, and take up changes in order', () => {
    const older = block([2, RED], [5, BLUE], [9, RED]);
    const merged = mergeColors(older, block([1, GREEN], [5, WHITE], [12, GREEN]));
    expect([...merged.ids]).toEqual([1, 2, 5, 9, 12]);
    expect(colorsIn(merged, 5)).toEqual(plain(WHITE));
    expect(colorsIn(merged, 9)).toEqual(plain(RED));
    expect(colorsIn(merged, 12)).toEqual(plain(GREEN));
    expect(colorsIn(merged, 3)).toBeNull();
    expect(placeOf(NO_COLORS, 3)).toBe(-1);
    expect(mergeColors(older, NO_COLORS)).toEqual(older);
  });
});
