/**
 * Writes `detector.golden.json`: the detector's own output, run by TF.js in Node, for a group photo
 * from a package, limited to rows with a detection.
 *
 *   npx tsx src/vision/faces/testing/makeDetectorGolden.ts
 *
 * The face positions that the test compares decoded rows with were marked in the photo by hand;
 * they are in the test.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { setBackend, tensor4d } from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-wasm';
import { loadGraphModel } from '@tensorflow/tfjs-converter';
import sharp from 'sharp';
import { DETECT_SIDE } from '../detect/blazeface.ts';

const modules = new URL('../../../../node_modules/@vladmandic/', import.meta.url);
const photo = new URL('face-api/demo/sample1.jpg', modules);
/** Rows below this logit (a score of 0.12) detect nothing. */
const LEAST_LOGIT = -2;

const model = JSON.parse(readFileSync(new URL('human/models/blazeface.json', modules), 'utf8'));
const weights = readFileSync(new URL('human/models/blazeface.bin', modules));
await setBackend('wasm');
const net = await loadGraphModel({
  load: async () => ({
    modelTopology: model.modelTopology,
    weightSpecs: model.weightsManifest[0].weights,
    weightData: Uint8Array.from(weights).buffer,
  }),
});
const rgb = await sharp(photo.pathname)
  .resize(DETECT_SIDE, DETECT_SIDE, { fit: 'contain', background: '#000' })
  .removeAlpha()
  .raw()
  .toBuffer();
const input = tensor4d(
  Float32Array.from(rgb, (byte) => byte / 127.5 - 1),
  [1, DETECT_SIDE, DETECT_SIDE, 3],
);
const outputs = net.execute(input, ['Identity:0', 'Identity_1:0', 'Identity_2:0', 'Identity_3:0']);
if (!Array.isArray(outputs)) throw new Error('The detector has four outputs.');
const [nearLogits, farLogits, nearRows, farRows] = await Promise.all(outputs.map((t) => t.data()));
const rows = [
  { layer: 0, logits: nearLogits!, values: nearRows! },
  { layer: 1, logits: farLogits!, values: farRows! },
].flatMap(({ layer, logits, values }) =>
  [...logits].flatMap((logit, row) =>
    logit < LEAST_LOGIT
      ? []
      : [{ layer, row, logit, values: [...values.slice(row * 16, (row + 1) * 16)] }],
  ),
);
const text = rows.map((row) =>
  JSON.stringify(row, (_, v) => (typeof v === 'number' ? Number(v.toFixed(4)) : v)),
);
writeFileSync(new URL('detector.golden.json', import.meta.url), `[\n${text.join(',\n')}\n]\n`);
