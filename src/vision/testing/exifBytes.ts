// EXIF data built by hand, for what no camera or library writes.

export interface Entry {
  readonly tag: number;
  readonly type: number;
  readonly count: number;
  /** The value field, or the offset it contains. */
  readonly value: number;
}

export const ASCII = 2;
export const EXIF_IFD = 0x8769;
export const ORIGINAL = 0x9003;
export const DIGITIZED = 0x9004;
/** Offset of the first text of `tiffOf`. */
const TEXTS = 512;
const TEXT_BYTES = 128;

/** A TIFF whose IFD0 points to an EXIF IFD of these entries, followed by some texts. */
export function tiffOf(
  entries: readonly Entry[],
  texts: readonly string[] = [],
  littleEndian = true,
): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(TEXTS + TEXT_BYTES * texts.length);
  const view = new DataView(bytes.buffer);
  const le = littleEndian;
  const write = (at: number, list: readonly Entry[]) => {
    view.setUint16(at, list.length, le);
    list.forEach(({ tag, type, count, value }, i) => {
      const to = at + 2 + 12 * i;
      view.setUint16(to, tag, le);
      view.setUint16(to + 2, type, le);
      view.setUint32(to + 4, count, le);
      view.setUint32(to + 8, value, le);
    });
  };
  bytes.set(le ? [0x49, 0x49] : [0x4d, 0x4d]);
  view.setUint16(2, 42, le);
  view.setUint32(4, 8, le);
  write(8, [{ tag: EXIF_IFD, type: 4, count: 1, value: 64 }]);
  write(64, entries);
  texts.forEach((text, i) => {
    new TextEncoder().encodeInto(text, bytes.subarray(TEXTS + TEXT_BYTES * i));
  });
  return bytes;
}

/** A text of `tiffOf` as the value of a tag; `n` is its index among the texts. */
export function textEntry(tag: number, text: string, n = 0): Entry {
  return { tag, type: ASCII, count: text.length + 1, value: TEXTS + TEXT_BYTES * n };
}

/** The start of a JPEG with these bytes as EXIF data, ending before its first scan. */
export function jpegWith(tiff: Uint8Array, prefix = 'Exif\0\0'): Uint8Array<ArrayBuffer> {
  const head = Uint8Array.from(`\xff\xd8\xff\xe1..${prefix}`, (char) => char.charCodeAt(0));
  new DataView(head.buffer).setUint16(4, 2 + prefix.length + tiff.length);
  const jpeg = new Uint8Array(head.length + tiff.length + 4);
  jpeg.set(head);
  jpeg.set(tiff, head.length);
  jpeg.set([0xff, 0xda, 0xff, 0xd9], head.length + tiff.length);
  return jpeg;
}
