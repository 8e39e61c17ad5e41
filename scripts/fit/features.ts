import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readNetSpec } from '../../src/vision/nets/spec.ts';
import { tapsOf } from './taps.ts';

const netSpec = (root: string, net: string) =>
  readNetSpec(JSON.parse(readFileSync(join(root, 'models', net, 'spec.json'), 'utf8')));

/**
 * Pooled features of pictures, computed by the app's own pipeline in a real browser. Cached in
 * `.bench/features/` by models, drawing code and picture bytes.
 *
 * @param pictures image files
 * @param nets models to run on each
 * @returns for each picture, the features from each model
 */
export async function featuresOf(
  pictures: readonly Buffer[],
  nets: readonly string[],
  root: string,
): Promise<Float32Array[][]> {
  const specs = nets.map((net) => netSpec(root, net));
  const dims = specs.map(({ tap }) => tap.dims);
  const folder = join(root, '.bench/features');
  mkdirSync(folder, { recursive: true });
  // The drawing code affects the features as much as the model.
  const drawing = [
    'decoding/prepare',
    'decoding/decode',
    'decoding/thumbCrop',
    'nets/inputShape',
    'nets/netInput',
  ].map((name) => readFileSync(join(root, 'src/vision', `${name}.ts`), 'utf8'));
  const of = JSON.stringify([specs, drawing]);
  const paths = pictures.map((bytes) =>
    join(folder, `${createHash('sha256').update(of).update(bytes).digest('hex')}.f32`),
  );
  const missing = paths.map((_, i) => i).filter((i) => !existsSync(paths[i]!));
  if (missing.length > 0) {
    console.error(`Looking at ${missing.length} pictures`);
    const bytes = missing.map((i) => pictures[i]!);
    const keep = (at: number, features: Float32Array): void =>
      writeFileSync(paths[missing[at]!]!, new Uint8Array(features.buffer));
    await tapsOf(bytes, nets, sum(dims), root, keep);
  }
  return paths.map((path) => {
    const joined = new Float32Array(Uint8Array.from(readFileSync(path)).buffer);
    let at = 0;
    return dims.map((count) => {
      at += count;
      return joined.slice(at - count, at);
    });
  });
}

const sum = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0);
