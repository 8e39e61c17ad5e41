import { AkinError } from '../../base/errors.ts';
import type { CalibrationTable } from '../types.ts';
import type { Projection } from './projection.ts';
import { MAX_DIMS } from './spec.ts';

// Free of TF.js: see `projection.ts`.

/** The fitted numbers of a space: `models/<model>/fit.json` and `fit.bin`. */
export interface SpaceFit {
  /** 12 hex digits: the start of the SHA-256 of `fit.bin`. */
  readonly id: string;
  /** The net whose features are projected. */
  readonly net: string;
  readonly projection: Projection;
  readonly calibration: CalibrationTable;
}

/** Dimensions of a space at most: an index takes no more. */
const MAX_D = 4096;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isNumbers = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((item) => Number.isFinite(item));

const isCount = (value: unknown, most: number): value is number =>
  Number.isInteger(value) && (value as number) >= 1 && (value as number) <= most;

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

/** Bytes of `fit.bin`: mean and row scales as float32, then the components. */
export const fitBytes = (d: number, dims: number): number => 4 * (dims + d) + d * dims;

/**
 * Checks and views a fit; nothing is copied.
 *
 * @param json parsed `fit.json`
 * @param bytes `fit.bin`, little-endian
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
  if (!isRecord(json) || json.version !== 2) return refuse('version');
  const { id, net, d, dims, calibration } = json;
  if (!isCount(d, MAX_D) || !isCount(dims, MAX_DIMS) || d > dims) return refuse('dimensions');
  if (typeof id !== 'string' || id.length !== 12 || !sha256.startsWith(id)) return refuse('id');
  if (typeof net !== 'string' || !/^[a-z0-9][a-z0-9-]{0,63}$/.test(net)) return refuse('net');
  if (!isCalibration(calibration)) return refuse('calibration');
  if (bytes.byteLength !== fitBytes(d, dims)) return refuse('length');
  // Views need alignment: a buffer that came as a slice of another is copied first.
  const { buffer, byteOffset } = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  const mean = new Float32Array(buffer, byteOffset, dims);
  const rowScale = new Float32Array(buffer, byteOffset + 4 * dims, d);
  const components = new Int8Array(buffer, byteOffset + 4 * (dims + d), d * dims);
  if (!mean.every(Number.isFinite) || !rowScale.every(Number.isFinite)) return refuse('values');
  return { id, net, projection: { d, dims, mean, rowScale, components }, calibration };
}
