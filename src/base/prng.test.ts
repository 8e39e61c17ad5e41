import { describe, expect, it } from 'vitest';
import { createPrng } from './prng.ts';

/** sfc32 straight from its definition, in 64-bit integers: an independent oracle. */
function sfc32Oracle(seed: number, count: number): number[] {
  const mask = 0xffffffffn;
  let [a, b, c, counter] = [0n, BigInt(seed) & mask, 0n, 1n];
  const out: number[] = [];
  for (let i = 0; i < count + 12; i++) {
    const sum = (a + b + counter) & mask;
    counter = (counter + 1n) & mask;
    a = b ^ (b >> 9n);
    b = (c + (c << 3n)) & mask;
    c = (((c << 21n) & mask) | (c >> 11n)) & mask;
    c = (c + sum) & mask;
    if (i >= 12) out.push(Number(sum));
  }
  return out;
}

describe('createPrng', () => {
  it.each([0, 1, 42, 0xffffffff])('follows sfc32 for seed %s', (seed) => {
    const prng = createPrng(seed);
    const drawn = Array.from({ length: 200 }, () => prng.uint32());
    expect(drawn).toEqual(sfc32Oracle(seed, 200));
  });

  it('is reproducible for a seed and differs between seeds', () => {
    const draw = (seed: number) => {
      const prng = createPrng(seed);
      return Array.from({ length: 8 }, () => prng.uint32());
    };
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
  });

  it('draws floats in [0, 1) and every integer below the bound', () => {
    const prng = createPrng(3);
    const seen = new Set<number>();
    for (let i = 0; i < 2000; i++) {
      const float = prng.float();
      expect(float >= 0 && float < 1).toBe(true);
      seen.add(prng.below(6));
    }
    expect([...seen].sort()).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('draws normals with the moments of the standard normal', () => {
    const prng = createPrng(5);
    const n = 50_000;
    let sum = 0;
    let squares = 0;
    let beyond2 = 0;
    for (let i = 0; i < n; i++) {
      const x = prng.normal();
      sum += x;
      squares += x * x;
      if (Math.abs(x) > 2) beyond2++;
    }
    expect(Math.abs(sum / n)).toBeLessThan(0.02);
    expect(squares / n).toBeCloseTo(1, 1);
    expect(beyond2 / n).toBeCloseTo(0.0455, 2);
  });
});
