/**
 * Fits the colors that descriptors count (`src/base/colors/codebook.ts`) to a folder of photos, and
 * prints them.
 *
 *   npm run fit:colors -- ../shared/data/photos
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { CODEBOOK_SIZE, LIGHTNESS_WEIGHT } from '../src/base/colors/codebook.ts';
import { toLab } from '../src/base/colors/lab.ts';

/** Pixels each way of a photo. */
const SIDE = 16;
/** Units of L*, a* and b* per cell. */
const CELL = 6;
const ROUNDS = 25;

const [folder] = process.argv.slice(2);
if (!folder) throw new Error('Give a folder of photos.');

type Lab = readonly [number, number, number];
interface Cell {
  readonly weight: number;
  readonly lab: Lab;
}

const distance = (a: Lab, b: Lab) =>
  LIGHTNESS_WEIGHT * (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2;

/** Weights are square roots of the counts: vivid colors are rare, but tell photos apart. */
async function cellsOf(paths: readonly string[]): Promise<Cell[]> {
  const sums = new Map<string, [number, number, number, number]>();
  const lab = new Float64Array(3);
  for (const path of paths) {
    const small = sharp(path).resize(SIDE, SIDE, { fit: 'fill' }).removeAlpha();
    const rgb = await small.toColourspace('srgb').raw().toBuffer();
    for (let at = 0; at < rgb.length; at += 3) {
      toLab(rgb[at]!, rgb[at + 1]!, rgb[at + 2]!, lab, 0);
      const key = [...lab].map((value) => Math.round(value / CELL)).join();
      const sum = sums.get(key) ?? [0, 0, 0, 0];
      sum[0]++;
      for (let i = 0; i < 3; i++) sum[i + 1]! += lab[i]!;
      sums.set(key, sum);
    }
  }
  return [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, [n, l, a, b]]) => ({ weight: Math.sqrt(n), lab: [l / n, a / n, b / n] }));
}

/** Weighted k-means, from cells that are heavy and far from the ones chosen before. */
function codebookOf(cells: readonly Cell[]): Lab[] {
  const far = cells.map(() => Infinity);
  let colors: Lab[] = [];
  while (colors.length < CODEBOOK_SIZE) {
    let best = 0;
    const value = (i: number) => cells[i]!.weight * Math.min(far[i]!, 1e9);
    for (let i = 1; i < cells.length; i++) if (value(i) > value(best)) best = i;
    colors.push(cells[best]!.lab);
    cells.forEach(({ lab }, i) => {
      far[i] = Math.min(far[i]!, distance(lab, cells[best]!.lab));
    });
  }
  for (let round = 0; round < ROUNDS; round++) {
    const sums = colors.map(() => [0, 0, 0, 0] as [number, number, number, number]);
    for (const { weight, lab } of cells) {
      const near = colors.map((color) => distance(lab, color));
      const sum = sums[near.indexOf(Math.min(...near))]!;
      sum[0] += weight;
      for (let i = 0; i < 3; i++) sum[i + 1]! += weight * lab[i]!;
    }
    colors = sums.map(([n, l, a, b], i) => (n > 0 ? [l / n, a / n, b / n] : colors[i]!));
  }
  return colors;
}

const paths = readdirSync(folder)
  .filter((name) => /\.jpe?g$/i.test(name))
  .sort()
  .map((name) => join(folder, name));
const colors = codebookOf(await cellsOf(paths)).map(
  (color) => color.map(Math.round) as unknown as Lab,
);
colors.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
for (const color of colors) console.log(`  ${color.join(', ')},`);
