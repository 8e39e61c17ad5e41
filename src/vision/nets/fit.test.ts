import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createPrng } from '../../base/prng.ts';
import { fitBytes, readFit } from './fit.ts';
import { projectDirection, projectFeatures, vectorOf } from './projection.ts';

const folder = new URL('../../../models/visual-v2/', import.meta.url);
const json = () => JSON.parse(readFileSync(new URL('fit.json', folder), 'utf8'));
const bin = () => Uint8Array.from(readFileSync(new URL('fit.bin', folder)));
const sha256 = createHash('sha256').update(bin()).digest('hex');
const fit = readFit(json(), bin(), sha256);
const { projection } = fit.parts[0]!;
const { d, dims } = projection;

const length = (values: Float32Array) => Math.hypot(...values);

function randomFeatures(seed: number): Float32Array {
  const prng = createPrng(seed);
  return Float32Array.from({ length: dims }, () => Math.max(0, prng.normal()));
}

describe('the projection', () => {
  it('matches a direct evaluation of the formula', () => {
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

  it('maps a difference of features to the direction between their projections', () => {
    const [a, b] = [randomFeatures(3), randomFeatures(4)];
    const unit = (values: Float32Array) => values.map((x) => x / length(values));
    const difference = unit(a).map((x, i) => x - projection.mean[i]!);
    const there = projectDirection(difference, projection);
    const photo = projectFeatures(a, projection);
    for (let row = 0; row < d; row++) expect(there[row]).toBeCloseTo(photo[row]!, 5);
    expect(projectDirection(b, projection)).not.toEqual(projectFeatures(b, projection));
  });

  it('has components that are orthonormal up to rounding', () => {
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

  it('stays finite for all-zero features', () => {
    expect(projectFeatures(new Float32Array(dims), projection).every(Number.isFinite)).toBe(true);
    expect(projectDirection(new Float32Array(dims), projection)).toEqual(new Float32Array(d));
  });
});

describe('vectorOf', () => {
  it('joins the parts into one unit vector with equal weights', () => {
    const features = [randomFeatures(5), Float32Array.of(3, 4)];
    const vector = vectorOf([projection, null], features);
    const alone = projectFeatures(features[0]!, projection);
    expect(vector).toHaveLength(d + 2);
    expect(length(vector)).toBeCloseTo(1, 5);
    for (const i of [0, 1, d - 1]) expect(vector[i]).toBeCloseTo(alone[i]! / Math.SQRT2, 6);
    expect(vector[d]).toBeCloseTo(0.6 / Math.SQRT2, 6);
    expect(vectorOf([projection], features)).toEqual(alone);
    expect(features[1]).toEqual(Float32Array.of(3, 4));
  });
});

describe('readFit', () => {
  const corrupt = expect.objectContaining({ code: 'model-corrupt' });

  it('reads the committed fit', () => {
    expect(fit.id).toBe(json().id);
    expect(bin()).toHaveLength(fitBytes(d, dims));
  });

  it('reads consecutive parts at any offset', () => {
    const one = Uint8Array.from(
      { length: fitBytes(1, 3) },
      (_, i) => [0, 0, 128, 63][i % 4]!, // 1 as float32
    );
    const bytes = new Uint8Array([...one, ...one.map((byte, i) => (i < 12 ? byte : 0))]);
    const parts = [0, 1].map((n) => ({ net: `net-${n}`, d: 1, dims: 3 }));
    const joined = { ...json(), id: '0'.repeat(12), d: 2, parts };
    const read = readFit(joined, bytes, '0'.repeat(64));
    expect(read.parts.map(({ net }) => net)).toEqual(['net-0', 'net-1']);
    expect(read.parts.map(({ projection: { mean } }) => [...mean])).toEqual([
      [1, 1, 1],
      [1, 1, 1],
    ]);
    expect(read.parts.map(({ projection: { rowScale } }) => [...rowScale])).toEqual([[1], [0]]);
  });

  it('reads bytes at any offset of their buffer', () => {
    const shifted = new Uint8Array(bin().length + 1);
    shifted.set(bin(), 1);
    const again = readFit(json(), shifted.subarray(1), sha256);
    expect(Buffer.from(again.parts[0]!.projection.components)).toEqual(
      Buffer.from(projection.components),
    );
    expect(again.parts[0]!.projection.mean).toEqual(projection.mean);
  });

  const table = json().calibration;
  const head = json().parts[0];
  it.each([
    ['no object', null],
    ['another version', { version: 1 }],
    ['dimensions that are not those of its parts', { d: 128 }],
    ['other dimensions', { d: 128, parts: [{ ...head, d: 128 }] }],
    ['more dimensions than features', { d: 2048, parts: [{ ...head, d: 2048 }] }],
    ['dimensions beyond any net', { d: 1, parts: [{ ...head, d: 1, dims: 2 ** 40 }] }],
    ['no parts', { d: 0, parts: [] }],
    ['more parts than bytes', { d: 2 * d, parts: [head, head] }],
    ['an id that is not of these bytes', { id: '000000000000' }],
    ['a net that is no name', { parts: [{ ...head, net: '../other' }] }],
    ['no calibration', { calibration: undefined }],
    ['rows of two lengths', { calibration: { ...table, cosine: table.cosine.slice(1) } }],
    ['cosines that fall', { calibration: { ...table, cosine: [...table.cosine].reverse() } }],
    [
      'chances that rise',
      { calibration: { ...table, log10Chance: [...table.log10Chance].reverse() } },
    ],
    ['text for a number', { calibration: { cosine: ['0', 1], log10Chance: [0, -1] } }],
  ])('rejects %s', (_, change) => {
    const changed = change === null ? null : { ...json(), ...change };
    expect(() => readFit(changed, bin(), sha256)).toThrow(corrupt);
  });

  it('rejects a wrong length and non-finite values', () => {
    expect(() => readFit(json(), bin().subarray(4), sha256)).toThrow(corrupt);
    const hostile = bin();
    new DataView(hostile.buffer).setFloat32(0, Number.NaN, true);
    expect(() => readFit(json(), hostile, sha256)).toThrow(corrupt);
  });
});
