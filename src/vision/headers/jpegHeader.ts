/** A color component of a JPEG, and the layout of its blocks in an MCU. */
export interface JpegComponent {
  readonly id: number;
  readonly h: number;
  readonly v: number;
}

/** The frame header of a JPEG (ITU-T T.81, B.2.2). */
export interface JpegFrame {
  /** The marker: `C0` baseline, `C1` extended, `C2` progressive, `C3` lossless and so on. */
  readonly sof: number;
  /** Bits per sample. */
  readonly precision: number;
  readonly width: number;
  readonly height: number;
  readonly components: readonly JpegComponent[];
  /** Maximum sampling factors of all components: an MCU has `8 · hMax × 8 · vMax` pixels. */
  readonly hMax: number;
  readonly vMax: number;
}

/** A marker segment: `start` is after its marker and length, `end` after its content. */
export interface JpegSegment {
  readonly marker: number;
  readonly start: number;
  readonly end: number;
}

/** C0 to CF except the tables C4 and CC and the reserved C8. */
export function isFrameMarker(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

/** Markers without a segment: TEM, RST0 to RST7, SOI, EOI. */
function standsAlone(marker: number): boolean {
  return marker === 0x01 || (marker >= 0xd0 && marker <= 0xd9);
}

/**
 * The next segment from `from` on, skipping fill and stray bytes; `undefined` if the file ends
 * first.
 */
export function nextSegment(bytes: Uint8Array, from: number): JpegSegment | undefined {
  let at = from;
  while (at + 2 <= bytes.length) {
    const marker = bytes[at + 1]!;
    if (bytes[at] !== 0xff || marker === 0xff || marker === 0) {
      at += 1;
      continue;
    }
    if (standsAlone(marker)) return { marker, start: at + 2, end: at + 2 };
    if (at + 4 > bytes.length) return undefined;
    const length = (bytes[at + 2]! << 8) | bytes[at + 3]!;
    if (length < 2) return undefined;
    const end = at + 2 + length;
    return end <= bytes.length ? { marker, start: at + 4, end } : undefined;
  }
  return undefined;
}

/** Reads a frame header; `undefined` if it is invalid. */
export function readFrame(
  bytes: Uint8Array,
  { marker, start, end }: JpegSegment,
): JpegFrame | undefined {
  if (end - start < 6) return undefined;
  const count = bytes[start + 5]!;
  if (count === 0 || count > 4 || end - start < 6 + 3 * count) return undefined;
  const components: JpegComponent[] = [];
  let hMax = 1;
  let vMax = 1;
  for (let i = 0; i < count; i++) {
    const at = start + 6 + 3 * i;
    const h = bytes[at + 1]! >> 4;
    const v = bytes[at + 1]! & 15;
    if (h < 1 || h > 4 || v < 1 || v > 4) return undefined;
    hMax = Math.max(hMax, h);
    vMax = Math.max(vMax, v);
    components.push({ id: bytes[at]!, h, v });
  }
  return {
    sof: marker,
    precision: bytes[start]!,
    height: (bytes[start + 1]! << 8) | bytes[start + 2]!,
    width: (bytes[start + 3]! << 8) | bytes[start + 4]!,
    components,
    hMax,
    vMax,
  };
}

/** The frame header of a JPEG: the first before its first scan. */
export function jpegFrame(bytes: Uint8Array): JpegFrame | undefined {
  let segment = nextSegment(bytes, 2);
  while (segment && segment.marker !== 0xda && segment.marker !== 0xd9) {
    if (isFrameMarker(segment.marker)) return readFrame(bytes, segment);
    segment = nextSegment(bytes, segment.end);
  }
  return undefined;
}

/** 8 × 8 blocks of all components, in whole MCUs. */
export function blockCount(frame: JpegFrame): number {
  const { width, height, hMax, vMax, components } = frame;
  const mcus = Math.ceil(width / (8 * hMax)) * Math.ceil(height / (8 * vMax));
  // A single component is not interleaved: it has blocks, not MCUs.
  if (components.length === 1) return Math.ceil(width / 8) * Math.ceil(height / 8);
  return mcus * components.reduce((sum, { h, v }) => sum + h * v, 0);
}
