import type { io } from '@tensorflow/tfjs-core';
import { AkinError } from '../../base/errors.ts';
import { isRecord } from '../../base/isRecord.ts';

/** Bytes per number in a weight file, by data type. */
const BYTES: Readonly<Record<string, number>> = {
  float32: 4,
  int32: 4,
  bool: 1,
  float16: 2,
  uint8: 1,
  uint16: 2,
};
const PLAIN: readonly unknown[] = ['float32', 'int32', 'bool'];
const MOST_AXES = 8;
const MOST_WEIGHTS = 100_000;

/** A group of weights, stored contiguously in its files. */
export interface WeightGroup {
  readonly paths: readonly string[];
  readonly weights: readonly io.WeightsManifestEntry[];
  /** Total of its weights, as stored. */
  readonly bytes: number;
  /** Total count of numbers. */
  readonly numbers: number;
}

const isName = (value: unknown): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= 1000;

const wrong = (name: string, what: string): AkinError =>
  new AkinError(
    'model-wrong-weights',
    `The model can’t be read: its weight ${name.slice(0, 100)} ${what}. Convert the model to TensorFlow.js again.`,
  );

function countOf(name: string, shape: unknown): number {
  const isShape =
    Array.isArray(shape) &&
    shape.length <= MOST_AXES &&
    shape.every((side) => Number.isSafeInteger(side) && side >= 0);
  const count = isShape ? (shape as number[]).reduce((n, side) => n * side, 1) : Number.NaN;
  if (!Number.isSafeInteger(count)) throw wrong(name, 'has no proper shape');
  return count;
}

/** A weight's stored data type. @throws AkinError `model-wrong-weights` */
function storedAs(name: string, dtype: unknown, quantization: unknown): string {
  if (quantization === undefined) {
    if (!PLAIN.includes(dtype)) throw wrong(name, `is of the type ${String(dtype).slice(0, 20)}`);
    return dtype as string;
  }
  if (!isRecord(quantization)) throw wrong(name, 'is quantized in an unknown way');
  const { dtype: stored, scale, min } = quantization;
  if (stored === 'float16' && dtype === 'float32') return stored;
  const isScaled =
    (stored === 'uint8' || stored === 'uint16') &&
    (dtype === 'float32' || dtype === 'int32') &&
    Number.isFinite(scale) &&
    Number.isFinite(min);
  if (!isScaled) throw wrong(name, 'is quantized in an unknown way');
  return stored;
}

/** Stored bytes of a checked weight. */
export const bytesOf = ({ dtype, quantization, shape }: io.WeightsManifestEntry): number =>
  BYTES[quantization?.dtype ?? dtype]! * shape.reduce((n, side) => n * side, 1);

/** Keeps only the fields TF.js needs, so that nothing else of the file reaches it. */
function readWeight(value: unknown): { entry: io.WeightsManifestEntry; bytes: number; n: number } {
  if (!isRecord(value) || !isName(value.name)) throw wrong('without a name', 'can’t be told apart');
  const { name, shape, dtype, quantization, group } = value;
  const n = countOf(name, shape);
  const bytes = n * BYTES[storedAs(name, dtype, quantization)]!;
  if (!Number.isSafeInteger(bytes)) throw wrong(name, 'has no proper shape');
  const entry = {
    name,
    shape,
    dtype,
    ...(quantization !== undefined && { quantization }),
    ...(group === 'optimizer' && { group }),
  } as io.WeightsManifestEntry;
  return { entry, bytes, n };
}

/**
 * Checks the `weightsManifest` of a `model.json` and computes the expected bytes of each group.
 *
 * @throws AkinError `model-unreadable` if there is none, `model-wrong-weights`
 */
export function readWeightGroups(manifest: unknown): WeightGroup[] {
  const refuse = (): never => {
    throw new AkinError(
      'model-unreadable',
      'The model.json doesn’t say which files of weights belong to it. Convert the model to TensorFlow.js again.',
    );
  };
  if (!Array.isArray(manifest) || manifest.length === 0) return refuse();
  const names = new Set<string>();
  const groups = manifest.map((group: unknown): WeightGroup => {
    if (!isRecord(group) || !Array.isArray(group.paths) || !group.paths.every(isName))
      return refuse();
    if (!Array.isArray(group.weights)) return refuse();
    let [bytes, numbers] = [0, 0];
    const weights = group.weights.map((value: unknown) => {
      const read = readWeight(value);
      if (names.has(read.entry.name)) throw wrong(read.entry.name, 'is listed twice');
      if (names.add(read.entry.name).size > MOST_WEIGHTS) return refuse();
      bytes += read.bytes;
      numbers += read.n;
      return read.entry;
    });
    return { paths: group.paths, weights, bytes, numbers };
  });
  if (!groups.some(({ numbers }) => numbers > 0)) return refuse();
  return groups;
}
