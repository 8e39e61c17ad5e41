import { AkinError } from '../base/errors.ts';
import type { CalibrationTable } from './types.ts';

/** Values tapped from the two nets, in the order in which they are joined. */
export const NET_DIMS = [1792, 480] as const;
export const JOINED_DIMS = 2272;
/** Dimensions of a `visual-v1` vector. */
export const D = 256;

/** The fitted numbers of `visual-v1`: see `visualVector.ts` for what is done with them. */
export interface VisualStatistics {
  /** `JOINED_DIMS` values: the mean of each rooted value. */
  readonly mean: Float32Array;
  /** `JOINED_DIMS` values: 1 / standard deviation of each rooted value. */
  readonly inverseDeviation: Float32Array;
  /** `D` values: the projection of the joined vectors' mean. */
  readonly bias: Float32Array;
  /** `D` values: what a row's integers are multiplied with; holds the half whitening. */
  readonly rowScale: Float32Array;
  /** `D × JOINED_DIMS`, row-major: the principal components as 8-bit integers. */
  readonly components: Int8Array;
}

export interface VisualFit extends VisualStatistics {
  /** 12 hex digits: the start of the SHA-256 of `fit.bin`. */
  readonly id: string;
  readonly calibration: CalibrationTable;
}

/** Bytes of `fit.bin`: four float32 arrays, then the components. */
export const FIT_BYTES = 4 * (2 * JOINED_DIMS + 2 * D) + D * JOINED_DIMS;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isNumbers = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((item) => Number.isFinite(item));

/** Whether both rows are of one length, the cosines rise, and the chances start at most at 1 and fall. */
export function isCalibration(value: unknown): value is CalibrationTable {
  if (!isRecord(value) || !isNumbers(value.cosine) || !isNumbers(value.log10Chance)) return false;
  const { cosine, log10Chance } = value;
  if (cosine.length < 2 || cosine.length > 1000 || cosine.length !== log10Chance.length)
    return false;
  const bounded = cosine.every((c) => Math.abs(c) <= 1) && log10Chance.every((l) => l <= 0);
  const rises = cosine.every((c, i) => i === 0 || c > cosine[i - 1]!);
  const falls = log10Chance.every((l, i) => i === 0 || l <= log10Chance[i - 1]!);
  return bounded && rises && falls;
}

/**
 * Checks and views a fit; nothing is copied.
 *
 * @param json parsed `fit.json`
 * @param bytes `fit.bin`, little-endian, `FIT_BYTES` long
 * @param sha256 of `fit.bin`, hex, already checked against its bytes
 * @throws AkinError `model-corrupt`
 */
export function readFit(json: unknown, bytes: Uint8Array<ArrayBuffer>, sha256: string): VisualFit {
  const refuse = (what: string): never => {
    throw new AkinError(
      'model-corrupt',
      `The fitted part of the visual model is damaged (${what}). Reload the page; if that does not help, install Akin again.`,
    );
  };
  if (!isRecord(json) || json.version !== 1) return refuse('version');
  const { id, d, joinedDims, calibration } = json;
  if (d !== D || joinedDims !== JOINED_DIMS) return refuse('dimensions');
  if (typeof id !== 'string' || id.length !== 12 || !sha256.startsWith(id)) return refuse('id');
  if (!isCalibration(calibration)) return refuse('calibration');
  if (bytes.byteLength !== FIT_BYTES) return refuse('length');
  // Views need alignment: a buffer that came as a slice of another is copied first.
  const { buffer, byteOffset } = byteAligned(bytes);
  let at = byteOffset;
  const floats = (length: number): Float32Array => {
    const view = new Float32Array(buffer, at, length);
    at += view.byteLength;
    return view;
  };
  const mean = floats(JOINED_DIMS);
  const inverseDeviation = floats(JOINED_DIMS);
  const bias = floats(D);
  const rowScale = floats(D);
  const components = new Int8Array(buffer, at, D * JOINED_DIMS);
  for (const [name, values] of Object.entries({ mean, inverseDeviation, bias, rowScale })) {
    if (!values.every(Number.isFinite)) return refuse(name);
  }
  return { id, mean, inverseDeviation, bias, rowScale, components, calibration };
}

const byteAligned = (bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> =>
  bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
