import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createPrng } from '../../base/prng.ts';
import { contributions, type FeatureMap, featuresIn, partVector } from './contributions.ts';
import { readFit } from './fit.ts';

const folder = new URL('../../../models/visual-v2/', import.meta.url);
const fit = readFit(
  JSON.parse(readFileSync(new URL('fit.json', folder), 'utf8')),
  Uint8Array.from(readFileSync(new URL('fit.bin', folder))),
  JSON.parse(readFileSync(new URL('fit.json', folder), 'utf8')).sha256,
);
const { projection } = fit.parts[0]!;
const DIMS = projection.dims;

/** A map of random cells, and the mean of all. */
function mapOf(height: number, width: number, seed: number): FeatureMap {
  const prng = createPrng(seed);
  const cells = Float32Array.from({ length: height * width * DIMS }, () =>
    Math.max(0, prng.normal()),
  );
  const features = new Float32Array(DIMS);
  for (let i = 0; i < cells.length; i++) features[i % DIMS]! += cells[i]! / (height * width);
  return { height, width, cells, features };
}

const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, x, i) => sum + x * b[i]!, 0);
const mean = (values: Float32Array) => values.reduce((sum, x) => sum + x, 0) / values.length;

describe('the contributions of cells', () => {
  it.each([
    ['with a projection', projection],
    ['of the features themselves', null],
  ])('average to the cosine of the two pictures, %s', (_, of) => {
    const [a, b] = [mapOf(3, 4, 1), mapOf(2, 5, 2)];
    const [u, v] = [partVector(a.features, of), partVector(b.features, of)];
    const grid = contributions(a, of, v);
    expect(grid).toHaveLength(12);
    expect(mean(grid)).toBeCloseTo(dot(u, v), 4);
    expect(mean(contributions(b, of, u))).toBeCloseTo(dot(u, v), 4);
  });

  it('are largest where a cell looks like the other picture', () => {
    const a = mapOf(3, 3, 3);
    const other = mapOf(1, 1, 4);
    a.cells.set(other.features, 5 * DIMS);
    const grid = contributions(a, projection, partVector(other.features, projection));
    expect(grid.indexOf(Math.max(...grid))).toBe(5);
  });

  it('are 0 for a picture without features', () => {
    const blank = {
      height: 2,
      width: 2,
      cells: new Float32Array(4),
      features: new Float32Array(1),
    };
    expect([...contributions(blank, null, Float32Array.of(1))]).toEqual([0, 0, 0, 0]);
  });
});

describe('the features of a part', () => {
  it('are those of its cells, most of all of the longest ones', () => {
    const map = {
      height: 2,
      width: 2,
      cells: Float32Array.of(1, 0, 0, 2, 3, 0, 0, 4),
      features: Float32Array.of(1, 1.5),
    };
    expect([...featuresIn(map, { x: 0.5, y: 0, width: 0.5, height: 0.5 })]).toEqual([0, 8]);
    expect([...featuresIn(map, { x: 0, y: 0, width: 0.5, height: 1 })]).toEqual([1 + 3 ** 3, 0]);
    expect(featuresIn(map, { x: 0.1, y: 0.1, width: 0.02, height: 0.02 })).toBe(map.features);
  });
});
