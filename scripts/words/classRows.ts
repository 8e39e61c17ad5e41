import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Dense {
  readonly name: string;
  readonly kernel: { readonly shape: readonly [number, number]; readonly offset: number };
}

function unit(values: Float32Array): Float32Array {
  const length = Math.hypot(...values);
  return values.map((value) => value / length);
}

/**
 * A model's classifier as feature directions: one per class, centered on the mean of all,
 * normalized.
 *
 * @param folder of `model.json` and `weights.bin`, float32
 */
export function classRows(folder: string): readonly Float32Array[] {
  const { layers } = JSON.parse(readFileSync(join(folder, 'model.json'), 'utf8'));
  const { kernel } = (layers as Dense[]).find(({ name }) => name === 'logits')!;
  const [dims, classes] = kernel.shape;
  const file = readFileSync(join(folder, 'weights.bin'));
  const bytes = file.buffer.slice(file.byteOffset + kernel.offset);
  const weights = new Float32Array(bytes, 0, dims * classes);
  const mean = new Float64Array(dims);
  for (let i = 0; i < dims; i++) {
    for (let c = 0; c < classes; c++) mean[i]! += weights[i * classes + c]! / classes;
  }
  return Array.from({ length: classes }, (_, c) =>
    unit(Float32Array.from({ length: dims }, (_, i) => weights[i * classes + c]! - mean[i]!)),
  );
}
