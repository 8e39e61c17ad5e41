import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { memory, setBackend } from '@tensorflow/tfjs-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NetPicture } from '../types.ts';
import { loadNet, type Net } from './loadNet.ts';
import { type NetSpec, readNetSpec } from './spec.ts';
import { bicubicSquare } from './testing/bicubic.ts';
import { committedFiles } from './testing/committedFiles.ts';
import { floatNet } from './testing/floatNet.ts';
import { topClasses } from './topClasses.ts';
import { classRows, findWeight, readWeight } from './weights.ts';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** What came with the weights: a pattern with its features, photos with some of theirs. */
const check = JSON.parse(readFileSync(at('testing/efficientnet-lite1.check.json'), 'utf8')) as {
  pattern: { features: number[]; logitsTop5: number[] };
  references: { file: string; features16: number[]; norm: number; top: [string, number][] }[];
};
const data = at('../../../../shared/data');
const handedOver = `${data}/models/efficientnet_lite1`;

/** `pixel[y, x, c] = (3 x + 5 y + 70 c) mod 256` */
function pattern(width = 240, height = 240): NetPicture {
  const rgba = new Uint8ClampedArray(4 * width * height).fill(255);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < 3; c++) rgba[4 * (y * width + x) + c] = (3 * x + 5 * y + 70 * c) % 256;
    }
  }
  return { rgba, width, height };
}

const cosine = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  const dot = Array.from(a).reduce((sum, value, i) => sum + value * b[i]!, 0);
  return dot / (Math.hypot(...Array.from(a)) * Math.hypot(...Array.from(b)));
};

const farthest = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Math.max(...Array.from(a, (value, i) => Math.abs(value - b[i]!)));

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

describe('the committed net', () => {
  it('gives nearly the features of its unquantized weights, and their likeliest classes', async () => {
    const { readings, netMs } = await net.run([pattern()]);
    const { features, logits } = readings[0]!;
    expect(features).toHaveLength(1280);
    expect(cosine(features, check.pattern.features)).toBeGreaterThan(0.99);
    const { ids } = topClasses([logits!]);
    expect([...ids.subarray(0, 2)]).toEqual(check.pattern.logitsTop5.slice(0, 2));
    expect(netMs).toBeGreaterThan(0);
  });

  it('sees the middle of a long picture, and leaves no tensor behind', async () => {
    const kept = memory().numTensors;
    const long = pattern(426, 240);
    const square = pattern();
    const { readings } = await net.run([long, square, long]);
    expect(readings.map(({ features }) => features.length)).toEqual([1280, 1280, 1280]);
    expect(readings[0]!.features).toEqual(readings[2]!.features);
    expect(cosine(readings[0]!.features, readings[1]!.features)).toBeLessThan(0.9999);
    expect(memory().numTensors).toBe(kept);
  });

  it('gives each picture of a batch what it gives it alone', async () => {
    const batched = await loadNet(committedFiles, spec, 2);
    const pictures = [pattern(), pattern(320), bicubicSquare(noise(260), 260, 240), pattern()];
    const [alone, together] = [await net.run(pictures), await batched.run(pictures)];
    batched.dispose();
    for (const [i, { features, logits }] of alone.readings.entries()) {
      expect(farthest(together.readings[i]!.features, features)).toBeLessThan(1e-4);
      expect(farthest(together.readings[i]!.logits!, logits!)).toBeLessThan(1e-3);
    }
  });

  it('has logits that its classifier’s weights give of the features', async () => {
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

  it('gives on the slowest backend what it gives on WebAssembly', async () => {
    // A small picture, since plain JavaScript takes seconds for one of full size.
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

  it('refuses a net that isn’t what its description says', async () => {
    const wrong: NetSpec = { ...spec, tap: { ...spec.tap, dims: 1281 } };
    const other = await loadNet(committedFiles, wrong, 1);
    await expect(other.run([pattern()])).rejects.toMatchObject({ code: 'model-corrupt' });
    other.dispose();
  });
});

/** RGB bytes of a square that repeat nowhere. */
const noise = (side: number): Uint8Array =>
  Uint8Array.from({ length: 3 * side * side }, (_, i) => (i * 2_654_435_761) >>> 24);

/** The largest centered square of a photo, as the references were made. */
async function reference(file: string): Promise<NetPicture> {
  const picture = sharp(`${data}/${file}`);
  const { width, height } = await picture.metadata();
  const side = Math.min(width, height);
  const { data: rgb } = await picture
    .extract({
      left: Math.floor((width - side) / 2),
      top: Math.floor((height - side) / 2),
      width: side,
      height: side,
    })
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return bicubicSquare(rgb, side, 240);
}

if (!existsSync(handedOver)) {
  process.stderr.write(
    `skipped: ${handedOver} is absent, and with it the weights as they were handed over\n`,
  );
}

describe.skipIf(!existsSync(handedOver))('the conversion', () => {
  let float: Net;

  beforeAll(async () => {
    float = await loadNet(floatNet(handedOver), spec, 1);
  });

  afterAll(() => float.dispose());

  it('gives the features that came with the pattern', async () => {
    const { features, logits } = (await float.run([pattern()])).readings[0]!;
    expect(farthest(features, check.pattern.features)).toBeLessThan(2e-5);
    expect([...topClasses([logits!]).ids]).toEqual(check.pattern.logitsTop5);
  });

  it('gives those that came with the photos, and the quantized weights nearly those', async () => {
    expect(check.references).toHaveLength(12);
    for (const { file, features16, norm, top } of check.references) {
      const picture = await reference(file);
      const { features, logits } = (await float.run([picture])).readings[0]!;
      expect(farthest(features16, features)).toBeLessThan(1e-3);
      expect(Math.hypot(...features)).toBeCloseTo(norm, 2);
      const { probabilities } = topClasses([logits!]);
      for (let i = 0; i < 3; i++) expect(probabilities[i]).toBeCloseTo(top[i]![1], 2);
      const quantized = (await net.run([picture])).readings[0]!;
      expect(cosine(quantized.features, features)).toBeGreaterThan(0.99);
    }
  });
});
