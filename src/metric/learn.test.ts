import { expect, it } from 'vitest';
import { createPrng } from '../base/prng.ts';
import { shuffle } from '../base/shuffle.ts';
import { closedFormLearners, type LearnOptions, learn } from './learn.ts';
import { classSamples } from './testing/classSamples.ts';

const noisy = classSamples({ classes: 8, each: 10, d: 32, seed: 7, spread: 0.4, noise: 1.2 });

function options(groups: ArrayLike<number>, more: Partial<LearnOptions> = {}): LearnOptions {
  return {
    d: noisy.d,
    vectors: noisy.vectors,
    groups,
    learners: closedFormLearners,
    seed: 1,
    now: () => 0,
    pause: async () => {},
    ...more,
  };
}

it('learns which components matter, and says that it helps', async () => {
  const shares: number[] = [];
  const result = await learn(
    options(noisy.classes, { pause: async (share) => void shares.push(share) }),
  );
  expect(result.verdict).toBe('helps');
  expect(result.methods.map(({ method }) => method)).toEqual(['whitening', 'lda', 'ridge']);
  expect(result.best!.taught.gain.map.low).toBeGreaterThan(0);
  expect(result.calibration!.method).toBe(result.best!.method);
  expect(result.changed.length).toBeGreaterThan(0);
  for (const { query, before, after } of result.changed) {
    expect(before).not.toContain(query);
    expect(after).not.toEqual(before);
  }
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
  expect(shares.at(-1)).toBeLessThanOrEqual(1);
  const again = await learn(options(noisy.classes));
  expect(again.best).toEqual(result.best);
});

it('doesn’t recommend what was learned from groups by chance', async () => {
  const many = classSamples({ classes: 16, each: 12, d: 32, seed: 7, spread: 0.4, noise: 1.2 });
  let recommended = 0;
  for (let seed = 1; seed <= 6; seed++) {
    const random = Array.from(many.classes);
    shuffle(random, createPrng(seed));
    const { verdict, best } = await learn(options(random, { vectors: many.vectors }));
    expect(verdict === 'helps').toBe(best!.passes);
    if (verdict === 'helps') recommended++;
  }
  // By chance, some are bound to: see docs/teach.md.
  expect(recommended).toBeLessThanOrEqual(1);
});

it('has too little to learn from in three groups, or eleven photos', async () => {
  const nothing = {
    ...{ verdict: 'too-few', best: null, calibration: null },
    ...{ methods: [], changed: [], heldOut: null },
  };
  const three = classSamples({ classes: 3, each: 8, d: 32, seed: 1 });
  expect(await learn(options(three.classes, { vectors: three.vectors }))).toEqual(nothing);
  const eleven = Array.from({ length: 11 }, (_, i) => i % 4);
  const vectors = noisy.vectors.subarray(0, 11 * 32);
  expect(await learn(options(eleven, { vectors }))).toEqual(nothing);
});

it('stops when told to', async () => {
  let pauses = 0;
  const pause = async () => {
    if (++pauses === 3) throw new Error('stopped');
  };
  await expect(learn(options(noisy.classes, { pause }))).rejects.toThrow('stopped');
  expect(pauses).toBe(3);
});
