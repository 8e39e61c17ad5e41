import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readNetSpec } from '../../src/vision/nets/spec.ts';
import { tapsOf } from './taps.ts';

const netSpec = (root: string, net: string) =>
  readNetSpec(JSON.parse(readFileSync(join(root, 'models', net, 'spec.json'), 'utf8')));

/**
 * Pooled features of pictures, through the app's own pipeline in a real browser. What was computed
 * before, by the same nets, drawn by the same code, of the same bytes, is taken from `.bench/features/`.
 *
 * @param pictures image files
 * @param nets that look at each
 * @returns of each picture, the features that each net gives
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
  // What is drawn for the net counts as much as the net.
  const drawing = ['prepare', 'decode', 'thumbCrop', 'nets/inputShape', 'nets/netInput'].map(
    (name) => readFileSync(join(root, 'src/vision', `${name}.ts`), 'utf8'),
  );
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
