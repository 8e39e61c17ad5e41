import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { memory, setBackend } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { featuresIn } from './contributions.ts';
import { loadNet, type Net } from './loadNet.ts';
import { type NetSpec, readNetSpec } from './spec.ts';
import { bicubicSquare } from './testing/bicubic.ts';
import { committedFiles } from './testing/committedFiles.ts';
import { cosine, farthest, pattern } from './testing/pattern.ts';
import { classRows, findWeight, readWeight } from './weights.ts';

let before = 0;
let spec: NetSpec;
let net: Net;

beforeAll(async () => {
  await setBackend('wasm');
  before = memory().numTensors;
  spec = readNetSpec(await committedFiles.json('efficientnet-lite1/spec.json'));
  net = await loadNet(committedFiles, spec, 1);
});

afterAll(() => {
  net.dispose();
  expect(memory().numTensors).toBe(before);
});

describe('a committed net', () => {
  it('runs pictures of different shapes in one call without leaking tensors', async () => {
    const kept = memory().numTensors;
    const long = pattern(426, 240);
    const square = pattern();
    const { readings } = await net.run([long, square, long]);
    expect(readings.map(({ features }) => features.length)).toEqual([1280, 1280, 1280]);
    expect(readings[0]!.features).toEqual(readings[2]!.features);
    expect(cosine(readings[0]!.features, readings[1]!.features)).toBeLessThan(0.9999);
    expect(memory().numTensors).toBe(kept);
  });

  it('pools the windows of the map, which is read cell by cell', async () => {
    const kept = memory().numTensors;
    const pictures = [bicubicSquare(noise(260), 260, 240), pattern(320, 240)];
    const { readings } = await net.run(pictures);
    for (const [i, picture] of pictures.entries()) {
      const { features, regions } = readings[i]!;
      const map = (await net.map(picture))!;
      expect([map.height, map.width]).toEqual([8, i === 0 ? 8 : 10]);
      expect(farthest(map.features, features)).toBeLessThan(1e-4);
      expect(regions).toHaveLength(9 * 1280);
      // The windows in the corners: the others begin at whole cells only in some maps.
      for (const r of [0, 2, 6, 8]) {
        const box = { x: (r % 3) / 4, y: Math.floor(r / 3) / 4, width: 0.5, height: 0.5 };
        const window = regions!.subarray(r * 1280, (r + 1) * 1280);
        expect(cosine(featuresIn(map, box), window)).toBeGreaterThan(0.99999);
      }
    }
    expect(memory().numTensors).toBe(kept);
  });

  it('gives the same results in a batch as one by one', async () => {
    const batched = await loadNet(committedFiles, spec, 2);
    const pictures = [pattern(), pattern(320), bicubicSquare(noise(260), 260, 240), pattern()];
    const [alone, together] = [await net.run(pictures), await batched.run(pictures)];
    batched.dispose();
    for (const [i, { features, logits, regions }] of alone.readings.entries()) {
      expect(farthest(together.readings[i]!.regions!, regions!)).toBeLessThan(1e-4);
      expect(farthest(together.readings[i]!.features, features)).toBeLessThan(1e-4);
      expect(farthest(together.readings[i]!.logits!, logits!)).toBeLessThan(1e-3);
    }
  });

  it('computes logits that match its features and classifier weights', async () => {
    const model = await committedFiles.json('efficientnet-lite1/model.json');
    const weight = async (name: string) => {
      const place = findWeight(model, name);
      expect(place.path).toBe('classifier.bin');
      return readWeight(await committedFiles.bytes(`efficientnet-lite1/${place.path}`), place);
    };
    const { kernel: kernelName, bias: biasName, count } = spec.classes!;
    const [kernel, bias] = [await weight(kernelName), await weight(biasName)];
    const { features, logits } = (await net.run([pattern()])).readings[0]!;
    for (const id of [0, 811, 999]) {
      const sum = features.reduce((total, x, i) => total + x * kernel[i * count + id]!, bias[id]!);
      expect(logits![id]).toBeCloseTo(sum, 2);
    }
    const rows = classRows(kernel, 1280, count);
    expect(Math.hypot(...rows.subarray(0, 1280))).toBeCloseTo(1, 4);
    expect(() => findWeight(model, 'no/such')).toThrow(/no\/such/);
    expect(() => readWeight(new Uint8Array(10), findWeight(model, kernelName))).toThrow(/cut off/);
  });

  it('gives the same results on the CPU backend as on WebAssembly', async () => {
    // A small picture, since plain JavaScript takes seconds for a full-size one.
    const small = [pattern(96, 64)];
    const wasm = (await net.run(small)).readings[0]!;
    await setBackend('cpu');
    try {
      const slow = await loadNet(committedFiles, spec, 1);
      const cpu = (await slow.run(small)).readings[0]!;
      slow.dispose();
      expect(cosine(cpu.features, wasm.features)).toBeGreaterThan(0.9999);
      expect(farthest(cpu.logits!, wasm.logits!)).toBeLessThan(1e-2);
    } finally {
      await setBackend('wasm');
    }
  });

  it('is rejected if its output doesn’t match its spec', async () => {
    const wrong: NetSpec = { ...spec, tap: { ...spec.tap, dims: 1281 } };
    const other = await loadNet(committedFiles, wrong, 1);
    await expect(other.run([pattern()])).rejects.toMatchObject({ code: 'model-corrupt' });
    other.dispose();
  });
});

/** RGB bytes of a square without a repeating pattern. */
const noise = (side: number): Uint8Array =>
  Uint8Array.from({ length: 3 * side * side }, (_, i) => (i * 2_654_435_761) >>> 24);
