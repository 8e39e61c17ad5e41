import { crc32 } from '../base/crc32.ts';
import { AkinError } from '../base/errors.ts';
import { safeProduct } from '../base/layout.ts';
import { AppendedCalibration, type Appendix } from './appended.ts';
import type { Calibration, TeachingMethod } from './calibration.ts';
import { HeadCalibration, WhitenedCalibration } from './replaced.ts';

/*
 * Little-endian: 'AKCL', u32 version, u32 method, u32 d, u32 r, u32 k, u32 hidden, f32 weight, u32
 * length of the space's id, its ASCII padded with zeros to a multiple of 4, float32 arrays, and a
 * CRC-32 of everything before.
 */
const MAGIC = 0x4c434b41;
const VERSION = 1;
const HEADER = 36;
const METHODS: readonly TeachingMethod[] = [
  'whitening',
  'lda',
  'ridge',
  'triplet',
  'multi-similarity',
];

/** The most values of a vector, extended or not. */
const MOST_D = 4_096;
const MOST_CLASSES = 65_536;
const MOST_WEIGHT = 100;

/** A calibration and the id of the space whose vectors it extends. */
export interface SavedCalibration {
  readonly calibration: Calibration;
  readonly spaceId: string;
}

/** @throws AkinError `invalid-argument` for a calibration of another kind */
export function saveCalibration(calibration: Calibration, spaceId: string): ArrayBuffer {
  const { r, k, hidden, arrays } = partsOf(calibration);
  const idBytes = Math.ceil(spaceId.length / 4) * 4;
  const values = arrays.reduce((sum, { length }) => sum + length, 0);
  const buffer = new ArrayBuffer(HEADER + idBytes + values * 4 + 4);
  const view = new DataView(buffer);
  const numbers = [
    MAGIC,
    VERSION,
    METHODS.indexOf(calibration.method),
    calibration.d,
    r,
    k,
    hidden,
  ];
  numbers.forEach((value, i) => {
    view.setUint32(i * 4, value, true);
  });
  view.setFloat32(28, calibration.weight, true);
  view.setUint32(32, spaceId.length, true);
  for (let i = 0; i < spaceId.length; i++) view.setUint8(HEADER + i, spaceId.charCodeAt(i));
  let at = HEADER + idBytes;
  for (const array of arrays) {
    for (let i = 0; i < array.length; i++, at += 4) view.setFloat32(at, array[i]!, true);
  }
  view.setUint32(at, crc32(new Uint8Array(buffer, 0, at)), true);
  return buffer;
}

/**
 * @throws AkinError `bad-magic`, `too-new`, `truncated`, `corrupt` for bytes that aren't a
 *   calibration
 */
export function loadCalibration(buffer: ArrayBuffer): SavedCalibration {
  if (buffer.byteLength < HEADER + 4) {
    throw new AkinError('truncated', 'What was learned is cut short.');
  }
  const view = new DataView(buffer);
  const u32 = (at: number) => view.getUint32(at, true);
  if (u32(0) !== MAGIC) throw new AkinError('bad-magic', 'This is nothing that Akin learned.');
  if (u32(4) > VERSION) throw new AkinError('too-new', 'A later version of Akin learned this.');
  const method = METHODS[u32(8)];
  const [d, r, k, hidden, idLength] = [u32(12), u32(16), u32(20), u32(24), u32(32)];
  const weight = view.getFloat32(28, true);
  const inRange =
    d > 0 &&
    d + r <= MOST_D &&
    hidden <= MOST_D &&
    k <= MOST_CLASSES &&
    weight >= 0 &&
    weight <= MOST_WEIGHT &&
    idLength > 0 &&
    idLength <= 128;
  if (u32(4) !== VERSION || !method || !inRange) throw corrupt();
  const lengths = lengthsOf(method, d, r, k, hidden);
  const values = lengths?.reduce((sum, length) => sum + length, 0);
  if (!lengths || values === undefined) throw corrupt();
  const start = HEADER + Math.ceil(idLength / 4) * 4;
  const end = start + values * 4;
  if (buffer.byteLength < end + 4) {
    throw new AkinError('truncated', 'What was learned is cut short.');
  }
  if (buffer.byteLength > end + 4 || u32(end) !== crc32(new Uint8Array(buffer, 0, end))) {
    throw corrupt();
  }
  let spaceId = '';
  for (let i = 0; i < idLength; i++) {
    const code = view.getUint8(HEADER + i);
    if (code < 0x20 || code > 0x7e) throw corrupt();
    spaceId += String.fromCharCode(code);
  }
  let at = start;
  const arrays = lengths.map((length) => {
    const array = new Float32Array(length);
    for (let i = 0; i < length; i++, at += 4) {
      const value = view.getFloat32(at, true);
      if (!Number.isFinite(value)) throw corrupt();
      array[i] = value;
    }
    return array;
  });
  return { calibration: made(method, d, r, hidden, weight, arrays), spaceId };
}

interface Parts {
  readonly r: number;
  readonly k: number;
  readonly hidden: number;
  readonly arrays: readonly Float32Array[];
}

function partsOf(calibration: Calibration): Parts {
  if (calibration instanceof AppendedCalibration) {
    const { r, mean, W, centers, whitening, priors } = calibration.appendix;
    const none = { r, hidden: 0 };
    return whitening
      ? { ...none, k: centers.length / r, arrays: [mean, W, centers, whitening] }
      : { ...none, k: 0, arrays: [mean, W, priors] };
  }
  if (calibration instanceof WhitenedCalibration) {
    return { r: 0, k: 0, hidden: 0, arrays: [calibration.whitening] };
  }
  if (calibration instanceof HeadCalibration) {
    const { hidden, A, b, B } = calibration.head;
    return { r: 0, k: 0, hidden, arrays: hidden > 0 ? [A, b, B] : [A] };
  }
  throw new AkinError('invalid-argument', `no form to save ${calibration.method} in`);
}

/** How many values each array has; `undefined` if they don't belong together. */
function lengthsOf(
  method: TeachingMethod,
  d: number,
  r: number,
  k: number,
  hidden: number,
): readonly number[] | undefined {
  const triangle = (d * (d + 1)) / 2;
  const centers = safeProduct(k, r);
  if (method === 'lda') {
    if (r === 0 || k < 2 || hidden > 0 || centers === undefined) return undefined;
    return [d, r * d, centers, triangle];
  }
  if (method === 'ridge') {
    return r < 2 || k > 0 || hidden > 0 ? undefined : [d, r * d, r];
  }
  if (r > 0 || k > 0) return undefined;
  if (method === 'whitening') return hidden > 0 ? undefined : [triangle];
  return hidden > 0 ? [hidden * d, hidden, d * hidden] : [d * d];
}

function made(
  method: TeachingMethod,
  d: number,
  r: number,
  hidden: number,
  weight: number,
  arrays: readonly Float32Array[],
): Calibration {
  const none = new Float32Array(0);
  const [first = none, second = none, third = none, fourth = none] = arrays;
  if (method === 'whitening') return new WhitenedCalibration(d, first);
  if (method === 'lda' || method === 'ridge') {
    const own =
      method === 'lda'
        ? { centers: third, whitening: fourth, priors: none }
        : { centers: none, whitening: null, priors: third };
    const appendix: Appendix = { method, d, r, mean: first, W: second, ...own };
    return new AppendedCalibration(appendix, weight);
  }
  return new HeadCalibration(method, { d, hidden, A: first, b: second, B: third }, weight);
}

const corrupt = () => new AkinError('corrupt', 'What was learned is damaged.');
