import type { Box } from '../../base/boxes.ts';

/** Regions of a photo, of the windows of what the nets saw. */
export const REGIONS_PER_PHOTO = 4;

/** Windows along each side: half as long as the side, and overlapping by half. */
const WINDOWS = 3;

/** The regions of one photo. */
export interface Regions {
  /** The part of the photo that the windows divide, in fractions of the photo. */
  readonly view: Box;
  /** Which of the nine windows they are: 0 to 8, row by row. */
  readonly windows: Uint8Array<ArrayBuffer>;
  /** (4 × d) unit vectors. */
  readonly vectors: Float32Array<ArrayBuffer>;
}

const VIEW = 4;
const HEAD = VIEW + REGIONS_PER_PHOTO;
const MOST = 127;

/**
 * The stored form: `x, y, width, height` of the view in steps of 1/255, the four windows, then 4 × d
 * signed bytes, each vector scaled so that its largest component is 127.
 */
export function encodeRegions({ view, windows, vectors }: Regions): ArrayBuffer {
  const bytes = new Uint8Array(HEAD + vectors.length);
  const values = new Int8Array(bytes.buffer, HEAD);
  for (const [i, side] of [view.x, view.y, view.width, view.height].entries()) {
    bytes[i] = Math.round(255 * Math.min(1, Math.max(0, side)));
  }
  bytes.set(windows.subarray(0, REGIONS_PER_PHOTO), VIEW);
  const d = vectors.length / REGIONS_PER_PHOTO;
  for (let r = 0; r < REGIONS_PER_PHOTO; r++) {
    let most = 0;
    for (let i = r * d; i < (r + 1) * d; i++) most = Math.max(most, Math.abs(vectors[i]!));
    const scale = most > 0 ? MOST / most : 0;
    for (let i = r * d; i < (r + 1) * d; i++) values[i] = Math.round(scale * vectors[i]!);
  }
  return bytes.buffer;
}

/** `null` if the value is malformed. */
export function decodeRegions(value: unknown, d: number): Regions | null {
  if (!(value instanceof ArrayBuffer)) return null;
  if (value.byteLength !== HEAD + REGIONS_PER_PHOTO * d) return null;
  const [x = 0, y = 0, width = 0, height = 0] = new Uint8Array(value, 0, VIEW);
  const windows = new Uint8Array(value.slice(VIEW, HEAD));
  if (windows.some((window) => window >= WINDOWS * WINDOWS)) return null;
  const values = new Int8Array(value, HEAD);
  const vectors = new Float32Array(values.length);
  for (let r = 0; r < REGIONS_PER_PHOTO; r++) {
    let sum = 0;
    for (let i = r * d; i < (r + 1) * d; i++) sum += values[i]! * values[i]!;
    // No direction to search in.
    if (sum === 0) return null;
    const scale = 1 / Math.sqrt(sum);
    for (let i = r * d; i < (r + 1) * d; i++) vectors[i] = scale * values[i]!;
  }
  const view = { x: x / 255, y: y / 255, width: width / 255, height: height / 255 };
  return { view, windows, vectors };
}

/** Where a window lies in its photo, in fractions of it. */
export function windowBox({ x, y, width, height }: Box, window: number): Box {
  const column = window % WINDOWS;
  const row = Math.floor(window / WINDOWS);
  return {
    x: x + (column * width) / (WINDOWS + 1),
    y: y + (row * height) / (WINDOWS + 1),
    width: width / 2,
    height: height / 2,
  };
}
