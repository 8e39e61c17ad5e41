import { readFileSync } from 'node:fs';
import '@tensorflow/tfjs-backend-wasm';
import { memory, setBackend } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHIP_SIDE } from '../align/chip.ts';
import { FACE_D } from '../faceModels.ts';
import { patternChip } from '../testing/patternChip.ts';
import type { DlibNet } from './dlibNet.ts';
import { createDlibNet } from './dlibNet.ts';

const folder = new URL('../../../../node_modules/@vladmandic/face-api/model/', import.meta.url);
const [group] = JSON.parse(
  readFileSync(new URL('face_recognition_model-weights_manifest.json', folder), 'utf8'),
);
const weightData = Uint8Array.from(
  readFileSync(new URL('face_recognition_model.bin', folder)),
).buffer;
const golden = JSON.parse(
  readFileSync(new URL('../testing/embedder.golden.json', import.meta.url), 'utf8'),
) as number[][];

let before = 0;
let net: DlibNet;

beforeAll(async () => {
  await setBackend('wasm');
  before = memory().numTensors;
  net = createDlibNet({ weightSpecs: group.weights, weightData });
});

afterAll(() => {
  net.dispose();
  expect(memory().numTensors).toBe(before);
});

async function embed(chips: readonly Float32Array[]): Promise<Float32Array[]> {
  const batch = new Float32Array(chips.length * CHIP_SIDE * CHIP_SIDE * 3);
  for (const [i, chip] of chips.entries()) batch.set(chip, i * chip.length);
  const tensor = net.run(batch, chips.length);
  expect(tensor.shape).toEqual([chips.length, FACE_D]);
  const values = (await tensor.data()) as Float32Array;
  tensor.dispose();
  return chips.map((_, i) => values.slice(i * FACE_D, (i + 1) * FACE_D));
}

const farthest = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Math.max(...Array.from(a, (value, i) => Math.abs(value - b[i]!)));

describe('the dlib net', () => {
  it('matches the implementation in the package of its weights', async () => {
    for (const [i, wanted] of golden.entries()) {
      const [got] = await embed([patternChip(i + 1)]);
      expect(farthest(got!, wanted)).toBeLessThan(2e-6);
    }
  });

  it('gives the same results alone and in a batch', async () => {
    const chips = [patternChip(2), patternChip(7), patternChip(1)];
    const together = await embed(chips);
    expect(farthest(together[0]!, golden[1]!)).toBeLessThan(2e-6);
    expect(farthest(together[2]!, golden[0]!)).toBeLessThan(2e-6);
    expect(farthest(together[1]!, golden[0]!)).toBeGreaterThan(0.01);
  });

  it('leaks no tensors', async () => {
    const tensors = memory().numTensors;
    await embed([patternChip(3)]);
    expect(memory().numTensors).toBe(tensors);
  });

  it('reports which weight is missing and leaks no tensors', () => {
    const tensors = memory().numTensors;
    // The last one, at the end of the file, so that the others are still read correctly.
    const weightSpecs = group.weights.slice(0, -1);
    expect(() => createDlibNet({ weightSpecs, weightData })).toThrow(
      expect.objectContaining({ code: 'model-corrupt', message: expect.stringContaining('fc') }),
    );
    expect(() => createDlibNet({ weightSpecs })).toThrow(
      expect.objectContaining({ code: 'model-corrupt' }),
    );
    expect(memory().numTensors).toBe(tensors);
  });
});
