import { memory, registerBackend, removeBackend, setBackend } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startCpu } from '../../vision/backends/cpu.ts';
import { HeadCalibration } from '../replaced.ts';
import { classSamples } from '../testing/classSamples.ts';
import { innerProducts } from '../trial/cosines.ts';
import { trainHead } from './trainHead.ts';

beforeAll(async () => {
  const { backend } = await startCpu();
  removeBackend('cpu');
  registerBackend('cpu', () => backend);
  await setBackend('cpu');
});
afterAll(() => removeBackend('cpu'));

const few = classSamples({ classes: 5, each: 4, d: 16, seed: 2, spread: 0.3, noise: 1 });
const options = { seed: 3, maxEpochs: 6, onEpoch: async () => {} };

it.each([
  ['triplet', 0],
  ['multi-similarity', 0],
  ['triplet', 8],
  ['multi-similarity', 8],
] as const)('%s, hidden %i: learns, repeats itself and leaves no tensor', async (loss, hidden) => {
  const tensors = memory().numTensors;
  const losses: number[] = [];
  const train = () =>
    trainHead(few, {
      ...options,
      loss,
      hidden,
      onEpoch: async (news) => void losses.push(news.loss),
    });
  const head = (await train())!;
  const count = losses.length;
  expect(losses[count - 1]!).toBeLessThan(losses[0]!);
  expect((await train())!).toEqual(head);
  expect(memory().numTensors).toBe(tensors);
});

it('doesn’t collapse to a point with few labels', async () => {
  const head = (await trainHead(few, { ...options, loss: 'triplet', hidden: 0, maxEpochs: 60 }))!;
  const calibration = new HeadCalibration('triplet', head, 1);
  const n = few.classes.length;
  const out = new Float32Array(n * few.d);
  for (let i = 0; i < n; i++) calibration.extend(few.vectors, i * few.d, out, i * few.d);
  const mean = (vectors: Float32Array) => {
    const row = new Float32Array(n);
    let sum = 0;
    for (let i = 0; i < n; i++) {
      innerProducts(vectors, few.d, i, row);
      for (let j = 0; j < n; j++) if (j !== i) sum += row[j]!;
    }
    return sum / (n * (n - 1));
  };
  // All at one point would be 1.
  expect(mean(out)).toBeLessThan(mean(few.vectors) + 0.1);
});

it('stops when told to, and leaves no tensor', async () => {
  const tensors = memory().numTensors;
  const stopped = trainHead(few, {
    ...options,
    loss: 'triplet',
    hidden: 0,
    onEpoch: () => Promise.reject(new Error('stopped')),
  });
  await expect(stopped).rejects.toThrow('stopped');
  expect(memory().numTensors).toBe(tensors);
});

it('has nothing to learn from a single class', async () => {
  const one = classSamples({ classes: 1, each: 6, d: 16, seed: 2 });
  expect(await trainHead(one, { ...options, loss: 'triplet', hidden: 0 })).toBe(null);
});
