import { expect, it } from 'vitest';
import { createPrng } from '../../base/prng.ts';
import { topClasses } from './topClasses.ts';

it('returns the five most likely classes with their softmax probabilities', () => {
  const prng = createPrng(5);
  const logits = Float32Array.from({ length: 1000 }, () => 4 * prng.normal());
  const { ids, probabilities } = topClasses([logits]);
  const order = [...logits.keys()].sort((a, b) => logits[b]! - logits[a]!);
  expect([...ids]).toEqual(order.slice(0, 5));
  const sum = logits.reduce((total, logit) => total + Math.exp(logit), 0);
  for (let i = 0; i < 5; i++) {
    expect(probabilities[i]).toBeCloseTo(Math.exp(logits[order[i]!]!) / sum, 5);
  }
});

it('handles logits that overflow the exponential', () => {
  const { ids, probabilities } = topClasses([Float32Array.of(1000, 999, -1000, 0, 1, 2)]);
  expect([...ids.subarray(0, 2)]).toEqual([0, 1]);
  expect(new Set(ids).size).toBe(5);
  expect(probabilities[0]).toBeCloseTo(1 / (1 + Math.exp(-1)), 5);
  expect(probabilities.every(Number.isFinite)).toBe(true);
});

it('averages the probabilities of several nets', () => {
  const sure = (id: number) => Float32Array.from({ length: 6 }, (_, i) => (i === id ? 50 : 0));
  const torn = Float32Array.of(0, 0, 50, 50, 0, 0);
  const { ids, probabilities } = topClasses([sure(4), sure(2), torn]);
  expect([...ids.subarray(0, 3)]).toEqual([2, 4, 3]);
  for (const [i, share] of [1 / 2, 1 / 3, 1 / 6].entries()) {
    expect(probabilities[i]).toBeCloseTo(share, 5);
  }
});
