import { isRecord } from '../../base/isRecord.ts';
import { wordsCorrupt } from './vocabulary.ts';

/** The model's classes as directions in a photo space; word vectors are sums of them. */
export interface WordRows {
  readonly spaceId: string;
  /** Dimensions of the space. */
  readonly d: number;
  readonly classCount: number;
  /** `classCount × d`, row-major. */
  readonly rows: Int8Array;
  /** `classCount` values: the factor that scales a row's integers to unit length. */
  readonly scales: Float32Array;
}

export const wordRowsBytes = (classCount: number, d: number): number => classCount * (4 + d);

/**
 * Validates `rows.json` and `rows.bin` of a space. Copies nothing if `bytes` are aligned.
 *
 * @param bytes little-endian: the scales as float32, then the rows
 * @param classCount of the vocabulary
 * @throws AkinError `model-corrupt`
 */
export function readWordRows(
  json: unknown,
  bytes: Uint8Array<ArrayBuffer>,
  classCount: number,
): WordRows {
  if (!isRecord(json) || json.version !== 1) throw wordsCorrupt('version of the rows');
  const { space, d, classes } = json;
  if (typeof space !== 'string' || space.length > 200) throw wordsCorrupt('space');
  if (!Number.isInteger(d) || (d as number) < 1 || (d as number) > 4096) throw wordsCorrupt('d');
  if (classes !== classCount) throw wordsCorrupt('classes of the rows');
  const dims = d as number;
  if (bytes.byteLength !== wordRowsBytes(classCount, dims)) throw wordsCorrupt('length');
  const { buffer, byteOffset } = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  const scales = new Float32Array(buffer, byteOffset, classCount);
  const rows = new Int8Array(buffer, byteOffset + 4 * classCount, classCount * dims);
  if (!scales.every((scale) => Number.isFinite(scale) && scale >= 0)) throw wordsCorrupt('scales');
  return { spaceId: space, d: dims, classCount, rows, scales };
}

/**
 * The vector of a word: the normalized sum of its classes' directions.
 *
 * @param classes ids, each once
 * @returns `d` values; zeros if the directions cancel out
 */
export function wordVector(
  { d, rows, scales }: WordRows,
  classes: ArrayLike<number>,
): Float32Array<ArrayBuffer> {
  const vector = new Float32Array(d);
  for (let c = 0; c < classes.length; c++) {
    const start = classes[c]! * d;
    const scale = scales[classes[c]!]!;
    for (let i = 0; i < d; i++) vector[i]! += scale * rows[start + i]!;
  }
  let sum = 0;
  for (let i = 0; i < d; i++) sum += vector[i]! * vector[i]!;
  // What remains of canceling directions is rounding error.
  const scale = sum > 1e-9 ? 1 / Math.sqrt(sum) : 0;
  for (let i = 0; i < d; i++) vector[i]! *= scale;
  return vector;
}
