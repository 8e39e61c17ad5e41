import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createPrng } from '../base/prng.ts';
import { D, FIT_BYTES, JOINED_DIMS, NET_DIMS, readFit } from './fitFile.ts';
import { joinTaps, signedRoot, visualVector } from './visualVector.ts';

const folder = new URL('../../models/visual-v1/', import.meta.url);
const json = () => JSON.parse(readFileSync(new URL('fit.json', folder), 'utf8'));
const bin = () => Uint8Array.from(readFileSync(new URL('fit.bin', folder)));
const fit = readFit(json(), bin(), json().sha256);

const length = (values: Float32Array) => Math.hypot(...values);

function randomTaps(seed: number): Float32Array[] {
  const prng = createPrng(seed);
  return NET_DIMS.map((dims) => Float32Array.from({ length: dims }, () => prng.normal()));
}

describe('visualVector', () => {
  it('keeps the sign under the root', () => {
    expect([signedRoot(9), signedRoot(-9), signedRoot(0)]).toEqual([3, -3, 0]);
  });

  it('joins two unit vectors', () => {
    const joined = joinTaps(randomTaps(1), fit);
    expect(joined).toHaveLength(JOINED_DIMS);
    expect(length(joined.subarray(0, NET_DIMS[0]))).toBeCloseTo(1, 5);
    expect(length(joined.subarray(NET_DIMS[0]))).toBeCloseTo(1, 5);
  });

  it('equals the projection written out from the formula', () => {
    const taps = randomTaps(2);
    const joined = joinTaps(taps, fit);
    const raw = Array.from({ length: D }, (_, row) => {
      const component = fit.components.subarray(row * JOINED_DIMS, (row + 1) * JOINED_DIMS);
      const projected = joined.reduce((sum, x, i) => sum + x * component[i]!, 0);
      return projected * fit.rowScale[row]! - fit.bias[row]!;
    });
    const norm = Math.hypot(...raw);
    const vector = visualVector(taps, fit);
    expect(vector).toHaveLength(D);
    expect(length(vector)).toBeCloseTo(1, 5);
    for (let row = 0; row < D; row++) expect(vector[row]).toBeCloseTo(raw[row]! / norm, 5);
  });

  it('stays finite for taps of nothing but zeros', () => {
    const zeros = NET_DIMS.map((dims) => new Float32Array(dims));
    expect(visualVector(zeros, fit).every(Number.isFinite)).toBe(true);
  });
});

describe('readFit', () => {
  const corrupt = expect.objectContaining({ code: 'model-corrupt' });

  it('reads the committed fit', () => {
    expect(fit.id).toBe(json().id);
    expect(bin()).toHaveLength(FIT_BYTES);
  });

  it('reads bytes that start anywhere in their buffer', () => {
    const shifted = new Uint8Array(FIT_BYTES + 1);
    shifted.set(bin(), 1);
    const again = readFit(json(), shifted.subarray(1), json().sha256);
    expect(again.components).toEqual(fit.components);
    expect(again.mean).toEqual(fit.mean);
  });

  const table = json().calibration;
  it.each([
    ['no object', null],
    ['another version', { version: 2 }],
    ['other dimensions', { d: 128 }],
    ['an id that is not of these bytes', { id: '000000000000' }],
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
    expect(() => readFit(changed, bin(), json().sha256)).toThrow(corrupt);
  });

  it('refuses another length and values that are not numbers', () => {
    expect(() => readFit(json(), bin().subarray(4), json().sha256)).toThrow(corrupt);
    const hostile = bin();
    new DataView(hostile.buffer).setFloat32(0, Number.NaN, true);
    expect(() => readFit(json(), hostile, json().sha256)).toThrow(corrupt);
  });
});
