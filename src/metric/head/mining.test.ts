import { describe, expect, it } from 'vitest';
import { createPrng } from '../../base/prng.ts';
import { Batches } from './batches.ts';
import { type Batch, type MinedLoss, multiSimilarity, semiHardTriplets } from './mining.ts';

const SIZE = 12;

function batch(seed: number): Batch & { cosines: Float64Array } {
  const prng = createPrng(seed);
  const cosines = new Float64Array(SIZE * SIZE);
  for (let i = 0; i < SIZE; i++) {
    for (let j = 0; j < i; j++) {
      const cosine = prng.float();
      cosines[i * SIZE + j] = cosine;
      cosines[j * SIZE + i] = cosine;
    }
    cosines[i * SIZE + i] = 1;
  }
  return { size: SIZE, cosines, classes: Array.from({ length: SIZE }, (_, i) => i % 4) };
}

describe.each([
  ['triplet loss', (each: Batch) => semiHardTriplets(each, 0.2)],
  ['multi-similarity loss', multiSimilarity],
] as const)('%s', (_name, lossOf: (each: Batch) => MinedLoss) => {
  it('has the gradient that finite differences give, while the mined pairs stay the same', () => {
    const step = 1e-7;
    for (const seed of [1, 2, 3]) {
      const own = batch(seed);
      const { loss, gradient } = lossOf(own);
      expect(loss).toBeGreaterThan(0);
      for (let at = 0; at < gradient.length; at++) {
        const before = own.cosines[at]!;
        own.cosines[at] = before + step;
        const after = lossOf(own).loss;
        own.cosines[at] = before;
        expect((after - loss) / step).toBeCloseTo(gradient[at]!, 3);
      }
    }
  });

  it('names a triplet of an anchor, one of its class and one of another', () => {
    const own = batch(4);
    const { triplet } = lossOf(own);
    expect(own.classes[triplet!.positive]).toBe(own.classes[triplet!.anchor]);
    expect(triplet!.positive).not.toBe(triplet!.anchor);
    expect(own.classes[triplet!.negative]).not.toBe(own.classes[triplet!.anchor]);
  });

  it('has no loss without a pair, and finite values for equal samples', () => {
    const alone = { size: 2, cosines: [1, 0.9, 0.9, 1], classes: [0, 1] };
    expect(lossOf(alone)).toMatchObject({ loss: 0, triplet: null });
    const equal = { size: 4, cosines: new Float64Array(16).fill(1), classes: [0, 0, 1, 1] };
    const { loss, gradient } = lossOf(equal);
    expect(Number.isFinite(loss)).toBe(true);
    expect(gradient.every(Number.isFinite)).toBe(true);
  });
});

it('takes the nearest negative that is farther than the positive', () => {
  // Of the anchor 0: the positive at 0.6; negatives at 0.7 (too near), 0.5 and 0.1.
  const cosines = new Float64Array(25).fill(0);
  const set = (i: number, j: number, cosine: number) => {
    cosines[i * 5 + j] = cosine;
    cosines[j * 5 + i] = cosine;
  };
  set(0, 1, 0.6);
  set(0, 2, 0.7);
  set(0, 3, 0.5);
  set(0, 4, 0.1);
  const { gradient } = semiHardTriplets({ size: 5, cosines, classes: [0, 0, 1, 1, 1] }, 0.5);
  expect(gradient[3]).toBeGreaterThan(0);
  expect([gradient[2], gradient[4]]).toEqual([0, 0]);
});

it('draws every class once an epoch, with as many samples of each as asked for', () => {
  const classes = Array.from({ length: 70 }, (_, i) => i % 7);
  const batches = new Batches([...classes, 99 - 92], createPrng(1), 12, 4).epoch();
  expect(batches.map(({ length }) => length)).toEqual([12, 12]);
  for (const drawn of batches) {
    const counts = new Map<number, number>();
    for (const i of drawn) counts.set(classes[i]!, (counts.get(classes[i]!) ?? 0) + 1);
    expect([...counts.values()]).toEqual([4, 4, 4]);
  }
  expect(new Set(batches.flat()).size).toBe(24);
});
