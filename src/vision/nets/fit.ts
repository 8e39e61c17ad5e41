import { AkinError } from '../../base/errors.ts';
import { isRecord } from '../../base/isRecord.ts';
import type { CalibrationTable } from '../types.ts';
import type { Projection } from './projection.ts';
import { MAX_DIMS } from './spec.ts';

// Free of TF.js: see `projection.ts`.

/** A net of a space, and the projection of its features. */
export interface FitPart {
  readonly net: string;
  readonly projection: Projection;
}

/** The fitted numbers of a space: `models/<model>/fit.json` and `fit.bin`. */
export interface SpaceFit {
  /** 12 hex digits: the start of the SHA-256 of `fit.bin`. */
  readonly id: string;
  /** Total dimensions of the space's joined parts. */
  readonly d: number;
  readonly parts: readonly FitPart[];
  readonly calibration: CalibrationTable;
}

/** Maximum nets per photo. */
const MAX_PARTS = 4;
/** Maximum dimensions of a space: the limit of an index. */
const MAX_D = 4096;

const isNumbers = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((item) => Number.isFinite(item));

const isCount = (value: unknown, most: number): value is number =>
  Number.isInteger(value) && (value as number) >= 1 && (value as number) <= most;

/**
 * Checks that both rows have the same length, cosines ascend, and chances start at most at 1 and
 * descend.
 */
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

/** Bytes of a part of `fit.bin`: mean and row scales as float32, then the components. */
export const fitBytes = (d: number, dims: number): number => 4 * (dims + d) + d * dims;

/** A part's entry in `fit.json`. */
interface PartHead {
  readonly net: string;
  readonly d: number;
  readonly dims: number;
}

const isPart = (value: unknown): value is PartHead =>
  isRecord(value) &&
  typeof value.net === 'string' &&
  /^[a-z0-9][a-z0-9-]{0,63}$/.test(value.net) &&
  isCount(value.d, MAX_D) &&
  isCount(value.dims, MAX_DIMS) &&
  value.d <= value.dims;

/**
 * Checks and views a fit; copies nothing if the parts are aligned.
 *
 * @param json parsed `fit.json`
 * @param bytes `fit.bin`, little-endian, its parts in sequence
 * @param sha256 of `fit.bin`, hex, already checked against its bytes
 * @throws AkinError `model-corrupt`
 */
export function readFit(json: unknown, bytes: Uint8Array<ArrayBuffer>, sha256: string): SpaceFit {
  const refuse = (what: string): never => {
    throw new AkinError(
      'model-corrupt',
      `The fitted part of the visual model is damaged (${what}). Reload the page; if that does not help, install Akin again.`,
    );
  };
  if (!isRecord(json) || json.version !== 3) return refuse('version');
  const { id, d, parts: heads, calibration } = json;
  if (!Array.isArray(heads) || heads.length < 1 || heads.length > MAX_PARTS) return refuse('parts');
  if (!heads.every(isPart)) return refuse('a part');
  if (!isCount(d, MAX_D) || d !== heads.reduce((sum, part) => sum + part.d, 0)) {
    return refuse('dimensions');
  }
  if (typeof id !== 'string' || id.length !== 12 || !sha256.startsWith(id)) return refuse('id');
  if (!isCalibration(calibration)) return refuse('calibration');
  const length = heads.reduce((sum, part) => sum + fitBytes(part.d, part.dims), 0);
  if (bytes.byteLength !== length) return refuse('length');
  let at = 0;
  const parts = heads.map((head) => {
    const end = at + fitBytes(head.d, head.dims);
    const projection = viewProjection(head, bytes.subarray(at, end));
    at = end;
    return { net: head.net, projection };
  });
  const isSound = ({ projection: { mean, rowScale } }: FitPart) =>
    mean.every(Number.isFinite) && rowScale.every(Number.isFinite);
  if (!parts.every(isSound)) return refuse('values');
  return { id, d, parts, calibration };
}

function viewProjection({ d, dims }: PartHead, bytes: Uint8Array<ArrayBuffer>): Projection {
  // Views need alignment: copy parts that start elsewhere.
  const { buffer, byteOffset } = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  return {
    d,
    dims,
    mean: new Float32Array(buffer, byteOffset, dims),
    rowScale: new Float32Array(buffer, byteOffset + 4 * dims, d),
    components: new Int8Array(buffer, byteOffset + 4 * (dims + d), d * dims),
  };
}
