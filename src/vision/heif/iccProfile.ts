import { type RgbSpace, sampled } from './rgbSpace.ts';

/** From the profile's connection space, XYZ under D50, to linear light of sRGB's primaries. */
const FROM_XYZ = [
  3.1338561, -1.6168667, -0.4906146, -0.9787684, 1.9161415, 0.033454, 0.0719453, -0.2289914,
  1.4052427,
];
/** A profile has a dozen tags; one that claims more than this is not searched. */
const MOST_TAGS = 100;
const HEADER = 128;

/**
 * Reads an ICC profile with three primaries and their curves, as of cameras and displays
 * (ICC.1:2022, 8.3.3). `undefined` if damaged or of another kind.
 *
 * @param bytes untrusted
 */
export function readIccProfile(bytes: Uint8Array): RgbSpace | undefined {
  try {
    return read(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  } catch (thrown) {
    if (thrown instanceof RangeError) return undefined;
    throw thrown;
  }
}

function read(view: DataView): RgbSpace | undefined {
  if (text(view, 16) !== 'RGB ' || text(view, 20) !== 'XYZ ') return undefined;
  const tags = new Map<string, DataView>();
  const count = Math.min(MOST_TAGS, view.getUint32(HEADER));
  for (let i = 0; i < count; i++) {
    const at = HEADER + 4 + 12 * i;
    const [offset, length] = [view.getUint32(at + 4), view.getUint32(at + 8)];
    tags.set(text(view, at), new DataView(view.buffer, view.byteOffset + offset, length));
  }
  const primaries = ['rXYZ', 'gXYZ', 'bXYZ'].map((tag) => readXyz(tags.get(tag)));
  const curves = ['rTRC', 'gTRC', 'bTRC'].map((tag) => readCurve(tags.get(tag)));
  const [r, g, b] = primaries;
  const [rCurve, gCurve, bCurve] = curves;
  if (!r || !g || !b || !rCurve || !gCurve || !bCurve) return undefined;
  const matrix = [0, 3, 6].flatMap((row) =>
    [r, g, b].map((xyz) => xyz.reduce((sum, value, i) => sum + FROM_XYZ[row + i]! * value, 0)),
  );
  return { curves: [rCurve, gCurve, bCurve], matrix, peak: 1 };
}

function text(view: DataView, at: number): string {
  return String.fromCharCode(...[0, 1, 2, 3].map((i) => view.getUint8(at + i)));
}

/** A signed 16.16 fixed-point number. */
function fixed(view: DataView, at: number): number {
  return view.getInt32(at) / 65_536;
}

function readXyz(tag: DataView | undefined): number[] | undefined {
  if (!tag || text(tag, 0) !== 'XYZ ') return undefined;
  return [8, 12, 16].map((at) => fixed(tag, at));
}

function readCurve(tag: DataView | undefined): Float32Array | undefined {
  if (!tag) return undefined;
  const kind = text(tag, 0);
  const curve = kind === 'para' ? parametric(tag) : kind === 'curv' ? table(tag) : undefined;
  const values = curve && sampled((v) => Math.min(1, Math.max(0, curve(v))));
  return values?.every(Number.isFinite) ? values : undefined;
}

type Curve = (value: number) => number;

/** 10.6: no points are a straight line, one is a power, more are points of the curve. */
function table(tag: DataView): Curve | undefined {
  const count = tag.getUint32(8);
  if (count === 0) return (v) => v;
  if (count === 1) return (v) => v ** (tag.getUint16(12) / 256);
  if (12 + 2 * count > tag.byteLength) return undefined;
  const point = (i: number) => tag.getUint16(12 + 2 * i) / 65_535;
  return (v) => {
    const at = Math.min(count - 2, Math.floor(v * (count - 1)));
    const share = v * (count - 1) - at;
    return point(at) * (1 - share) + point(at + 1) * share;
  };
}

/** 10.18: a power of a linear function, with another linear function below `d`. */
function parametric(tag: DataView): Curve | undefined {
  const kind = tag.getUint16(8);
  const counts = [1, 3, 4, 5, 7];
  const count = counts[kind];
  if (count === undefined) return undefined;
  const [g, a, b, c, d, e, f] = Array.from({ length: 7 }, (_, i) =>
    i < count ? fixed(tag, 12 + 4 * i) : 0,
  ) as [number, number, number, number, number, number, number];
  switch (kind) {
    case 0:
      return (v) => v ** g;
    case 1:
      return (v) => (v >= -b / a ? (a * v + b) ** g : 0);
    case 2:
      return (v) => (v >= -b / a ? (a * v + b) ** g + c : c);
    case 3:
      return (v) => (v >= d ? (a * v + b) ** g : c * v);
    default:
      return (v) => (v >= d ? (a * v + b) ** g + e : c * v + f);
  }
}
