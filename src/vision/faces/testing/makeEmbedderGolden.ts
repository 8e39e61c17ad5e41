/**
 * Writes `embedder.golden.json`: the vectors of two pattern chips, computed by the weights
 * package's own wiring of the net. Run in Node, on TF.js's plain JavaScript backend. The package
 * requires `@tensorflow/tfjs`, which another dependency brings along.
 *
 *   npx tsx src/vision/faces/testing/makeEmbedderGolden.ts
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { CHIP_SIDE } from '../align/chip.ts';
import { patternChip } from './patternChip.ts';

interface FaceApi {
  readonly tf: typeof import('@tensorflow/tfjs-core');
  readonly FaceRecognitionNet: new () => {
    loadFromWeightMap(weights: unknown): void;
    forward(input: unknown): Promise<{ data(): Promise<Float32Array> }>;
  };
  readonly env: { monkeyPatch(parts: Record<string, unknown>): void };
}

const folder = new URL('../../../../node_modules/@vladmandic/face-api/', import.meta.url);
const { tf, FaceRecognitionNet, env } = createRequire(import.meta.url)(
  '@vladmandic/face-api/dist/face-api.node-wasm.js',
) as FaceApi;
const Nothing = class {};
env.monkeyPatch({ Canvas: Nothing, Image: Nothing, ImageData: Nothing, Video: Nothing });
await tf.setBackend('cpu');
const text = readFileSync(
  new URL('model/face_recognition_model-weights_manifest.json', folder),
  'utf8',
);
const bytes = readFileSync(new URL('model/face_recognition_model.bin', folder));
const net = new FaceRecognitionNet();
net.loadFromWeightMap(
  tf.io.decodeWeights(Uint8Array.from(bytes).buffer, JSON.parse(text)[0].weights),
);
const vectors: number[][] = [];
for (const seed of [1, 2]) {
  const chip = tf.tensor4d(patternChip(seed), [1, CHIP_SIDE, CHIP_SIDE, 3]);
  vectors.push([...(await (await net.forward(chip)).data())]);
}
writeFileSync(new URL('embedder.golden.json', import.meta.url), `${JSON.stringify(vectors)}\n`);
