import { AkinError } from '../../base/errors.ts';

// Free of TF.js: a worker without nets derives words from a net's classifier.

/** One weight as a TF.js model lists it. */
interface WeightEntry {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly quantization?: {
    readonly dtype: string;
    readonly scale?: number;
    readonly min?: number;
  };
}

/** A weight's location: file and byte offset. */
export interface WeightPlace {
  readonly path: string;
  readonly offset: number;
  readonly entry: WeightEntry;
}

const BYTES: Readonly<Record<string, number>> = { float32: 4, int32: 4, float16: 2, uint8: 1 };

const refuse = (what: string): never => {
  throw new AkinError('model-corrupt', `The weights of a model are damaged (${what}).`);
};

const countOf = ({ shape }: WeightEntry): number =>
  shape.reduce((product, side) => product * side, 1);

function bytesOf(entry: WeightEntry): number {
  const each = BYTES[entry.quantization?.dtype ?? entry.dtype];
  const count = countOf(entry);
  if (each === undefined || !Number.isSafeInteger(count) || count < 0) return refuse(entry.name);
  return each * count;
}

/**
 * Finds a weight of a TF.js model with one file per group.
 *
 * @param model parsed `model.json`
 * @throws AkinError `model-corrupt` for a model without the weight
 */
export function findWeight(model: unknown, name: string): WeightPlace {
  const groups = (
    model as { weightsManifest?: { paths: string[]; weights: WeightEntry[] }[] } | null
  )?.weightsManifest;
  for (const { paths, weights } of Array.isArray(groups) ? groups : []) {
    let offset = 0;
    for (const entry of weights) {
      if (entry.name === name && paths.length === 1) return { path: paths[0]!, offset, entry };
      offset += bytesOf(entry);
    }
  }
  return refuse(`no ${name}`);
}

/**
 * Reads a weight from its file.
 *
 * @param file the whole content of the file named in `place`
 * @returns its values, in the order of its shape
 * @throws AkinError `model-corrupt` for a file that is too short, or another encoding
 */
export function readWeight(
  file: Uint8Array<ArrayBuffer>,
  { entry, offset }: WeightPlace,
): Float32Array<ArrayBuffer> {
  const end = offset + bytesOf(entry);
  if (end > file.byteLength) return refuse(`${entry.name} is cut off`);
  const bytes = file.slice(offset, end);
  const { quantization } = entry;
  if (quantization === undefined && entry.dtype === 'float32')
    return new Float32Array(bytes.buffer);
  const { dtype, scale, min } = quantization ?? {};
  if (dtype !== 'uint8' || !Number.isFinite(scale) || !Number.isFinite(min)) {
    return refuse(`${entry.name} is of another kind`);
  }
  return Float32Array.from(bytes, (level) => level * scale! + min!);
}

/**
 * The rows of a classifier, one per class: the feature direction that supports the class. Centered,
 * since what all classes share doesn't distinguish them, and normalized.
 *
 * @param kernel `dims × count` values, as stored in the net
 * @returns `count × dims` values, row-major
 */
export function classRows(
  kernel: Float32Array,
  dims: number,
  count: number,
): Float32Array<ArrayBuffer> {
  const rows = new Float32Array(count * dims);
  for (let i = 0; i < dims; i++) {
    let mean = 0;
    for (let id = 0; id < count; id++) mean += kernel[i * count + id]! / count;
    for (let id = 0; id < count; id++) rows[id * dims + i] = kernel[i * count + id]! - mean;
  }
  for (let id = 0; id < count; id++) {
    const row = rows.subarray(id * dims, (id + 1) * dims);
    let sum = 0;
    for (let i = 0; i < dims; i++) sum += row[i]! * row[i]!;
    const scale = sum > 0 ? 1 / Math.sqrt(sum) : 0;
    for (let i = 0; i < dims; i++) row[i]! *= scale;
  }
  return rows;
}
