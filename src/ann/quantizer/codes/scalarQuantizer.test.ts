import { describe, expect, it } from 'vitest';
import { createPrng } from '../../../base/prng.ts';
import { sq8Scales } from './scalarQuantizer.ts';

describe('sq8Scales', () => {
  it('spans the largest magnitude of each dimension', () => {
    const scales = sq8Scales(Float32Array.of(1, -12.7, 0.5, 2, -1.27, 3), 2);
    expect([...scales]).toEqual([Math.fround(1.27 / 127), Math.fround(Math.fround(12.7) / 127)]);
  });

  it('does not clip normally distributed values, but clips an outlier', () => {
    const prng = createPrng(1);
    const values = Float32Array.from({ length: 5000 }, () => prng.normal());
    const largest = values.reduce((max, x) => Math.max(max, Math.abs(x)), 0);
    expect(sq8Scales(values, 1)[0]).toBe(Math.fround(largest / 127));
    values[17] = 1e6;
    const scale = sq8Scales(values, 1)[0]!;
    expect(127 * scale).toBeGreaterThan(largest);
    expect(127 * scale).toBeLessThan(8);
  });

  it('keeps the rare values of a mostly zero dimension', () => {
    const values = new Float32Array(10_000);
    values[5] = 0.25;
    values[6000] = -0.5;
    expect(sq8Scales(values, 1)[0]).toBe(Math.fround(0.5 / 127));
  });

  it('gives an all-zero dimension the largest bound of all dimensions', () => {
    const scales = sq8Scales(Float32Array.of(0, 3, 1, 0, 2, 1), 3);
    expect([...scales]).toEqual([3, 3, 1].map((bound) => Math.fround(bound / 127)));
    expect([...sq8Scales(new Float32Array(4), 2)]).toEqual(Array(2).fill(Math.fround(1 / 127)));
  });

  it('never returns a scale too small to divide by', () => {
    const [scale] = sq8Scales(Float32Array.of(1e-45, 0), 1);
    expect(scale).toBe(2 ** -126);
    expect(Math.fround(1 / scale!)).toBeLessThan(Number.POSITIVE_INFINITY);
  });

  it('rejects an empty sample, NaN and a partial vector', () => {
    const code = (expected: string) => expect.objectContaining({ code: expected });
    expect(() => sq8Scales(new Float32Array(0), 2)).toThrow(code('invalid-argument'));
    expect(() => sq8Scales(Float32Array.of(1, NaN), 2)).toThrow(code('bad-vector'));
    expect(() => sq8Scales(Float32Array.of(1, 2, 3), 2)).toThrow(code('bad-vector'));
  });
});
