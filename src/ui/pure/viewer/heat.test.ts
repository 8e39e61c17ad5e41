import { expect, it } from 'vitest';
import { brightestPlace, hasHeat, heatPicture } from './heat.ts';

const WHOLE = { x: 0, y: 0, width: 1, height: 1 };
const heat = (height: number, width: number, values: readonly number[], view = WHOLE) => ({
  height,
  width,
  view,
  weights: Float32Array.from(values),
});

/** Sum of red, green and blue of a pixel, and its opacity. */
function pixel({ width, rgba }: ReturnType<typeof heatPicture>, x: number, y: number) {
  const [r = 0, g = 0, b = 0, alpha = 0] = rgba.subarray(4 * (y * width + x));
  return { light: r + g + b, alpha };
}

it('draws the largest weight brightest and clearest, and what speaks against it darkest', () => {
  const picture = heatPicture(heat(2, 3, [0, 0.2, 2, -5, 0, 0.4]));
  expect([picture.width, picture.height]).toEqual([48, 32]);
  const bright = pixel(picture, 47, 0);
  const dark = pixel(picture, 0, 31);
  expect(bright.light).toBeGreaterThan(500);
  expect(dark.light).toBeLessThan(100);
  expect(bright.alpha).toBeLessThan(dark.alpha);
  // Lightness only rises towards it.
  const row = Array.from({ length: 48 }, (_, x) => pixel(picture, x, 0).light);
  for (let x = 1; x < 48; x++) expect(row[x]).toBeGreaterThanOrEqual(row[x - 1]!);
});

it('draws a map without heat dark', () => {
  const nothing = heat(1, 2, [0, -1]);
  expect(hasHeat(nothing)).toBe(false);
  expect(pixel(heatPicture(nothing), 5, 5).light).toBeLessThan(100);
  expect(hasHeat(heat(1, 2, [0, 0.1]))).toBe(true);
});

it('says where a picture is brightest', () => {
  const weights = [0, 0, 0, 0, 0, 0, 0, 0, 1];
  expect(brightestPlace(heat(3, 3, weights))).toBe('bottomRight');
  expect(brightestPlace(heat(3, 3, weights, { x: 0, y: 0, width: 0.3, height: 1 }))).toBe(
    'bottomLeft',
  );
  expect(brightestPlace(heat(1, 1, [-3]))).toBe('middle');
});
