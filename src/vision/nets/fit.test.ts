import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createPrng } from '../../base/prng.ts';
import { fitBytes, readFit } from './fit.ts';
import { projectDirection, projectFeatures } from './projection.ts';

const folder = new URL('../../../models/visual-v2/', import.meta.url);
const json = () => JSON.parse(readFileSync(new URL('fit.json', folder), 'utf8'));
const bin = () => Uint8Array.from(readFileSync(new URL('fit.bin', folder)));
const sha256 = createHash('sha256').update(bin()).digest('hex');
const fit = readFit(json(), bin(), sha256);
const { projection } = fit;
const { d, dims } = projection;

const length = (values: Float32Array) => Math.hypot(...values);

function randomFeatures(seed: number): Float32Array {
  const prng = createPrng(seed);
  return Float32Array.from({ length: dims }, () => Math.max(0, prng.normal()));
}

describe('projection', () => {
  it('equals the projection written out from the formula', () => {
    const features = randomFeatures(2);
    const before = features.slice();
    const norm = length(features);
    const raw = Array.from({ length: d }, (_, row) => {
      const component = projection.components.subarray(row * dims, (row + 1) * dims);
      const sum = features.reduce(
        (total, x, i) => total + (x / norm - projection.mean[i]!) * component[i]!,
        0,
      );
      return sum * projection.rowScale[row]!;
    });
    const vector = projectFeatures(features, projection);
    expect(vector).toHaveLength(d);
    expect(length(vector)).toBeCloseTo(1, 5);
    for (let row = 0; row < d; row++) {
      expect(vector[row]).toBeCloseTo(raw[row]! / Math.hypot(...raw), 5);
    }
    expect(features).toEqual(before);
  });

  it('projects a difference of features as the difference of their projections points', () => {
    const [a, b] = [randomFeatures(3), randomFeatures(4)];
    const unit = (values: Float32Array) => values.map((x) => x / length(values));
    const difference = unit(a).map((x, i) => x - projection.mean[i]!);
    const there = projectDirection(difference, projection);
    const photo = projectFeatures(a, projection);
    for (let row = 0; row < d; row++) expect(there[row]).toBeCloseTo(photo[row]!, 5);
    expect(projectDirection(b, projection)).not.toEqual(projectFeatures(b, projection));
  });

  it('has components that are orthonormal, but for their rounding', () => {
    const component = (row: number) =>
      Float32Array.from(
        projection.components.subarray(row * dims, (row + 1) * dims),
        (level) => level * projection.rowScale[row]!,
      );
    for (const row of [0, 1, d >> 1, d - 1]) {
      expect(length(component(row))).toBeCloseTo(1, 2);
      const other = component((row + 7) % d);
      const product = component(row).reduce((sum, x, i) => sum + x * other[i]!, 0);
      expect(Math.abs(product)).toBeLessThan(0.02);
    }
  });

  it('stays finite for features of nothing but zeros', () => {
    expect(projectFeatures(new Float32Array(dims), projection).every(Number.isFinite)).toBe(true);
    expect(projectDirection(new Float32Array(dims), projection)).toEqual(new Float32Array(d));
  });
});

describe('readFit', () => {
  const corrupt = expect.objectContaining({ code: 'model-corrupt' });

  it('reads the committed fit', () => {
    expect(fit.id).toBe(json().id);
    expect(bin()).toHaveLength(fitBytes(d, dims));
  });

  it('reads bytes that start anywhere in their buffer', () => {
    const shifted = new Uint8Array(bin().length + 1);
    shifted.set(bin(), 1);
    const again = readFit(json(), shifted.subarray(1), sha256);
    expect(Buffer.from(again.projection.components)).toEqual(Buffer.from(projection.components));
    expect(again.projection.mean).toEqual(projection.mean);
  });

  const table = json().calibration;
  it.each([
    ['no object', null],
    ['another version', { version: 1 }],
    ['other dimensions', { d: 128 }],
    ['more dimensions than features', { d: 2048 }],
    ['dimensions beyond any net', { d: 1, dims: 2 ** 40 }],
    ['an id that is not of these bytes', { id: '000000000000' }],
    ['a net that is no name', { net: '../other' }],
    ['no calibration', { calibration: undefined }],
    ['rows of two lengths', { calibration: { ...table, cosine: table.cosine.slice(1) } }],
    ['cosines that fall', { calibration: { ...table, cosine: [...table.cosine].reverse() } }],
    [
      'chances that rise',
      { calibration: { ...table, log10Chance: [...table.log10Chance].reverse() } },
    ],
    ['text for a number', { calibration: { cosine: ['0', 1], log10Chance: [0, -1] } }],
  ])('refuses %s', (_, change) => {
    const changed = change === null ? null : { ...json(), ...change };
    expect(() => readFit(changed, bin(), sha256)).toThrow(corrupt);
  });

  it('refuses another length and values that are not numbers', () => {
    expect(() => readFit(json(), bin().subarray(4), sha256)).toThrow(corrupt);
    const hostile = bin();
    new DataView(hostile.buffer).setFloat32(0, Number.NaN, true);
    expect(() => readFit(json(), hostile, sha256)).toThrow(corrupt);
  });
});
