import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readNetSpec } from '../../src/vision/nets/spec.ts';
import { tapsOf } from './taps.ts';

/** The net of the built-in visual vector. */
export const NET = 'efficientnet-lite1';

export const netSpec = (root: string) =>
  readNetSpec(JSON.parse(readFileSync(join(root, 'models', NET, 'spec.json'), 'utf8')));

/**
 * Pooled features of pictures, through the app's own pipeline in a real browser. What was computed
 * before, by the same net, of the same bytes, is taken from `.bench/features/`.
 *
 * @param pictures image files
 */
export async function featuresOf(
  pictures: readonly Buffer[],
  root: string,
): Promise<Float32Array[]> {
  const spec = netSpec(root);
  const folder = join(root, '.bench/features');
  mkdirSync(folder, { recursive: true });
  const of = JSON.stringify(spec);
  const paths = pictures.map((bytes) =>
    join(folder, `${createHash('sha256').update(of).update(bytes).digest('hex')}.f32`),
  );
  const missing = paths.map((_, i) => i).filter((i) => !existsSync(paths[i]!));
  if (missing.length > 0) {
    console.error(`Looking at ${missing.length} pictures`);
    const bytes = missing.map((i) => pictures[i]!);
    const keep = (at: number, features: Float32Array): void =>
      writeFileSync(paths[missing[at]!]!, new Uint8Array(features.buffer));
    await tapsOf(bytes, spec.tap.dims, root, keep);
  }
  return paths.map((path) => new Float32Array(Uint8Array.from(readFileSync(path)).buffer));
}
