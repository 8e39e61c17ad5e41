import { describe, expect, it } from 'vitest';
import { createPrng } from '../../../base/prng.ts';
import { normals } from '../../kernels/testing/twins.ts';
import { ProbeSequence } from './probing.ts';

function costOf(margins: Float32Array, flips: number): number {
  return margins.reduce((sum, margin, b) => sum + ((flips >>> b) & 1) * margin ** 2, 0);
}

function sequenceOf(margins: Float32Array, length: number): { flips: number; cost: number }[] {
  const sequence = new ProbeSequence(margins.length);
  sequence.start(margins, 0);
  const probes: { flips: number; cost: number }[] = [];
  while (probes.length < length && sequence.next()) {
    probes.push({ flips: sequence.flips, cost: sequence.cost });
  }
  return probes;
}

describe('the probing sequence', () => {
  it('has every key once, by the sum of the squared margins of the flipped bits', () => {
    const prng = createPrng(41);
    for (let bits = 1; bits <= 12; bits++) {
      const margins = normals(prng, bits);
      const probes = sequenceOf(margins, 2 ** 20);
      expect(probes).toHaveLength(2 ** bits);
      expect(new Set(probes.map(({ flips }) => flips)).size).toBe(2 ** bits);
      expect(probes[0]).toEqual({ flips: 0, cost: 0 });
      probes.forEach(({ flips, cost }, i) => {
        expect(cost).toBeCloseTo(costOf(margins, flips), 5);
        expect(cost).toBeGreaterThanOrEqual(probes[i - 1]?.cost ?? 0);
      });
    }
  });

  it('begins with the cheapest of all keys even where there are a million', () => {
    const margins = normals(createPrng(42), 20);
    const all = Float64Array.from({ length: 2 ** 20 }, (_, flips) => flips);
    for (let flips = 0; flips < all.length; flips++) {
      let sum = 0;
      for (let b = 0; b < 20; b++) if ((flips >>> b) & 1) sum += margins[b]! ** 2;
      all[flips] = sum;
    }
    const cheapest = all.sort().subarray(0, 500);
    sequenceOf(margins, 500).forEach(({ cost }, i) => {
      expect(cost).toBeCloseTo(cheapest[i]!, 5);
    });
  });

  it('has one order where costs are equal, and starts anew for each query', () => {
    const equal = new Float32Array(6).fill(0.5);
    const first = sequenceOf(equal, 64);
    expect(new Set(first.map(({ flips }) => flips)).size).toBe(64);
    const sequence = new ProbeSequence(6);
    sequence.start(normals(createPrng(43), 6), 0);
    for (let i = 0; i < 20; i++) sequence.next();
    sequence.start(equal, 0);
    const again = Array.from({ length: 64 }, () => sequence.next() && sequence.flips);
    expect(again).toEqual(first.map(({ flips }) => flips));
    expect(sequence.next()).toBe(false);
  });
});
