/**
 * Converts a model of plain layers to a TF.js graph model with quantized weights:
 *
 *     npx tsx scripts/convert-net.ts efficientnet-lite1 [source folder]
 *
 * Writes `model.json`, `weights.bin` and `classifier.bin` into `models/<id>/`, and their sizes and
 * hashes into its existing `spec.json`. Reproducible: the same source gives the same files.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { graphOf, POOLED_AXES } from './nets/graph.ts';
import { type StoredWeight, toFloat16, toFloat32, toUint8 } from './nets/quantize.ts';
import { readSource, type SourceLayer, type SourceWeight } from './nets/source.ts';

const root = resolve(import.meta.dirname, '..');
const [id = 'efficientnet-lite1', given] = process.argv.slice(2);
const folder = given ?? join(root, '../shared/data/models', id.replaceAll('-', '_'));
if (!existsSync(folder)) {
  console.log(`convert-net: skipped, ${folder} is absent`);
  process.exit(0);
}
const source = readSource(folder);

interface Stored extends StoredWeight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: 'float32' | 'int32';
}

/**
 * Kernels with fewer values are stored with two bytes per value. Lite2 with Lite1's limit is 6.54
 * MB.
 */
const SMALL_KERNEL = id === 'efficientnet-lite2' ? 13_000 : 30_000;
/** Layers that lose nothing with fewer than 256 levels; the file compresses better. */
const LEVELS: Readonly<Record<string, number>> = { head: 128, logits: 64 };

/**
 * One byte per value with one scale per kernel is enough for the large kernels, which make up
 * nearly all of the weights. The small ones (the first layers and all depthwise ones) have channels
 * that differ by orders of magnitude, most of which one scale would lose: see docs/embedding.md.
 */
function storedKernel({ name, op, kernel }: SourceLayer): Stored[] {
  if (!kernel) return [];
  const values = source.values(kernel);
  const small = op === 'depthwiseConv2d' || values.length < SMALL_KERNEL;
  const stored = small ? toFloat16(values) : toUint8(values, LEVELS[name]);
  return [{ name: kernel.name, shape: kernel.shape, dtype: 'float32', ...stored }];
}

const storedBias = (bias: SourceWeight | undefined): Stored[] =>
  bias
    ? [
        {
          name: bias.name,
          shape: bias.shape,
          dtype: 'float32',
          ...toFloat32(source.values(bias)),
        },
      ]
    : [];

const stored = (layers: readonly SourceLayer[]): Stored[] =>
  layers.flatMap((layer) => [...storedKernel(layer), ...storedBias(layer.bias)]);

const axes: Stored = {
  name: POOLED_AXES,
  shape: [2],
  dtype: 'int32',
  bytes: new Uint8Array(Int32Array.of(1, 2).buffer),
};

const { layers } = source.net;
// The classifier rows get their own file: word vectors are made from them, without the model.
const groups = [
  { path: 'weights.bin', weights: [...stored(layers.slice(0, -1)), axes] },
  { path: 'classifier.bin', weights: stored(layers.slice(-1)) },
];

const target = join(root, 'models', id);
mkdirSync(target, { recursive: true });
const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const files: Record<string, { bytes: number; sha256: string }> = {};
const write = (path: string, bytes: Uint8Array): void => {
  writeFileSync(join(target, path), bytes);
  files[path] = { bytes: bytes.byteLength, sha256: hash(bytes) };
};

const model = {
  format: 'graph-model',
  generatedBy: 'scripts/convert-net.ts',
  convertedBy: null,
  ...graphOf(source.net),
  weightsManifest: groups.map(({ path, weights }) => ({
    paths: [path],
    weights: weights.map(({ bytes: _, ...spec }) => spec),
  })),
};
write('model.json', new TextEncoder().encode(`${JSON.stringify(model)}\n`));
for (const { path, weights } of groups) {
  write(path, Buffer.concat(weights.map(({ bytes }) => bytes)));
}

const specPath = join(target, 'spec.json');
const spec = existsSync(specPath) ? JSON.parse(readFileSync(specPath, 'utf8')) : {};
writeFileSync(specPath, `${JSON.stringify({ ...spec, files }, null, 2)}\n`);
console.log(JSON.stringify(files, null, 2));
