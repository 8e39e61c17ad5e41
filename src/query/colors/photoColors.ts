import { type ColorDescriptor, DESCRIPTOR_BYTES } from '../../base/colors/descriptor.ts';

/** The colors of photos, in columns. */
export interface PhotoColors {
  /** (n) ascending. */
  readonly ids: Uint32Array;
  /** (n × DESCRIPTOR_BYTES) row-major. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export const NO_COLORS: PhotoColors = { ids: new Uint32Array(0), bytes: new Uint8Array(0) };

/** Where a photo's descriptor begins in `bytes`; -1 if it has none. */
export function placeOf({ ids }: PhotoColors, id: number): number {
  let low = 0;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ids[middle]! < id) low = middle + 1;
    else high = middle;
  }
  return ids[low] === id ? low * DESCRIPTOR_BYTES : -1;
}

/** A photo's descriptor; `null` if it has none. */
export function colorsIn(colors: PhotoColors, id: number): ColorDescriptor | null {
  const at = placeOf(colors, id);
  return at < 0 ? null : colors.bytes.slice(at, at + DESCRIPTOR_BYTES);
}

/** The rows of both; where both have a photo, that of `newer`. */
export function mergeColors(older: PhotoColors, newer: PhotoColors): PhotoColors {
  const size = older.ids.length + newer.ids.length;
  const ids = new Uint32Array(size);
  const bytes = new Uint8Array(size * DESCRIPTOR_BYTES);
  let count = 0;
  let [i, j] = [0, 0];
  const take = ({ ids: from, bytes: rows }: PhotoColors, row: number) => {
    ids[count] = from[row]!;
    const start = row * DESCRIPTOR_BYTES;
    bytes.set(rows.subarray(start, start + DESCRIPTOR_BYTES), count * DESCRIPTOR_BYTES);
    count++;
  };
  while (i < older.ids.length || j < newer.ids.length) {
    const one = older.ids[i] ?? Infinity;
    const other = newer.ids[j] ?? Infinity;
    if (other <= one) take(newer, j++);
    else take(older, i);
    if (one <= other) i++;
  }
  return { ids: ids.slice(0, count), bytes: bytes.slice(0, count * DESCRIPTOR_BYTES) };
}
