import type { Box } from '../../base/boxes.ts';

/** Regions of a photo: the quarters of what the nets saw. */
export const REGIONS_PER_PHOTO = 4;

/** The regions of one photo, in the order upper left, upper right, lower left, lower right. */
export interface Regions {
  /** The part of the photo that the quarters divide, in fractions of the photo. */
  readonly view: Box;
  /** (4 × d) unit vectors. */
  readonly vectors: Float32Array<ArrayBuffer>;
}

const HEAD = 4;
const MOST = 127;

/**
 * The stored form: `x, y, width, height` of the view in steps of 1/255, then 4 × d signed bytes, each
 * vector scaled so that its largest component is 127.
 */
export function encodeRegions({ view, vectors }: Regions): ArrayBuffer {
  const bytes = new Uint8Array(HEAD + vectors.length);
  const values = new Int8Array(bytes.buffer, HEAD);
  for (const [i, side] of [view.x, view.y, view.width, view.height].entries()) {
    bytes[i] = Math.round(255 * Math.min(1, Math.max(0, side)));
  }
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
  const [x = 0, y = 0, width = 0, height = 0] = new Uint8Array(value, 0, HEAD);
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
  return { view, vectors };
}

/** Where a region lies in its photo, in fractions of it. */
export function regionBox({ x, y, width, height }: Box, region: number): Box {
  return {
    x: x + ((region & 1) * width) / 2,
    y: y + ((region >> 1) * height) / 2,
    width: width / 2,
    height: height / 2,
  };
}
