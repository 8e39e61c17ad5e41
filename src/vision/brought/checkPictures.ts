import { createPrng } from '../../base/prng.ts';
import type { NetSpec } from '../nets/spec.ts';
import type { NetPicture } from '../types.ts';

type Color = readonly [number, number, number];
/** The color of a pattern at a point; `x` and `y` from 0 to 1. */
type Pattern = (x: number, y: number) => Color;

const mix = (a: Color, b: Color, share: number): Color => [
  a[0] + (b[0] - a[0]) * share,
  a[1] + (b[1] - a[1]) * share,
  a[2] + (b[2] - a[2]) * share,
];

const NOISE_SIDE = 16;

function noise(seed: number): Pattern {
  const prng = createPrng(seed);
  const levels = Float32Array.from(
    { length: NOISE_SIDE * NOISE_SIDE * 3 },
    () => 255 * prng.float(),
  );
  const cell = (at: number) => Math.min(NOISE_SIDE - 1, Math.floor(at * NOISE_SIDE));
  return (x, y) => {
    const at = 3 * (cell(y) * NOISE_SIDE + cell(x));
    return [levels[at]!, levels[at + 1]!, levels[at + 2]!];
  };
}

/** No two look alike, so any useful model must tell them apart. */
const PATTERNS: readonly Pattern[] = [
  (_, y) => mix([90, 150, 230], [40, 110, 40], y > 0.55 ? 1 : 0.3 * y),
  (x, y) => (Math.hypot(x - 0.5, y - 0.5) < 0.3 ? [220, 50, 30] : [245, 240, 230]),
  (x) => (Math.floor(x * 12) % 2 ? [20, 20, 20] : [240, 240, 240]),
  (x, y) => ((Math.floor(x * 6) + Math.floor(y * 6)) % 2 ? [30, 120, 60] : [250, 220, 90]),
  (x, y) => mix([10, 10, 40], [250, 200, 160], (x + y) / 2),
  noise(1),
  noise(2),
  () => [128, 128, 128],
];

function draw(pattern: Pattern, width: number, height: number): NetPicture {
  const rgba = new Uint8ClampedArray(4 * width * height).fill(255);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 4) {
      const [red, green, blue] = pattern((x + 0.5) / width, (y + 0.5) / height);
      rgba[at] = red;
      rgba[at + 1] = green;
      rgba[at + 2] = blue;
    }
  }
  return { rgba, width, height };
}

/** Pictures that differ in every respect, in every input shape of a net. */
export function checkPictures({ side, longSides }: NetSpec['input']): NetPicture[] {
  const square = PATTERNS.map((pattern) => draw(pattern, side, side));
  const long = longSides
    .slice(1)
    .flatMap((longSide, i) => [
      draw(PATTERNS[i]!, longSide, side),
      draw(PATTERNS[i]!, side, longSide),
    ]);
  return [...square, ...long];
}
