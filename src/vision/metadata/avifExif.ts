import { findBox, type IsoBox, kindAt, uint } from '../headers/isoBoxes.ts';

/**
 * The number of the first item of a type and, if it is `mime`, of a content type (`iinf`, 8.11.6).
 */
function findItem(
  view: DataView,
  { start, end }: IsoBox,
  type: string,
  contentType = '',
): number | undefined {
  let at = start + 4 + (view.getUint8(start) === 0 ? 2 : 4);
  while (at < end) {
    const entry = findBox(view, at, end, 'infe');
    if (!entry) return undefined;
    const version = view.getUint8(entry.start);
    const idBytes = version === 3 ? 4 : 2;
    const id = entry.start + 4;
    const typeAt = id + idBytes + 2;
    if (version >= 2 && kindAt(view, typeAt) === type) {
      // The item's name is between the two.
      let nameEnd = typeAt + 4;
      while (contentType !== '' && nameEnd < entry.end && view.getUint8(nameEnd) !== 0) nameEnd++;
      if (contentType === '' || isText(view, nameEnd + 1, contentType)) {
        return uint(view, id, idBytes);
      }
    }
    at = entry.end;
  }
  return undefined;
}

function isText(view: DataView, at: number, text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    if (view.getUint8(at + i) !== text.charCodeAt(i)) return false;
  }
  return true;
}

/** Location of an item stored in one piece (`iloc`, 8.11.3). */
function itemPlace(view: DataView, { start, end }: IsoBox, item: number): IsoBox | undefined {
  const version = view.getUint8(start);
  const sizes = view.getUint16(start + 4);
  const offsetBytes = sizes >> 12;
  const lengthBytes = (sizes >> 8) & 15;
  const baseBytes = (sizes >> 4) & 15;
  const indexBytes = version === 0 ? 0 : sizes & 15;
  const idBytes = version === 2 ? 4 : 2;
  const methodBytes = version === 0 ? 0 : 2;
  for (let at = start + 6 + idBytes; at < end; ) {
    const id = uint(view, at, idBytes);
    const method = uint(view, at + idBytes, methodBytes) & 15;
    const base = at + idBytes + methodBytes + 2;
    const extents = view.getUint16(base + baseBytes);
    const first = base + baseBytes + 2;
    if (id === item) {
      // Method 0: by file offset, the only one cameras use for EXIF.
      if (method !== 0 || extents !== 1) return undefined;
      const from = uint(view, base, baseBytes) + uint(view, first + indexBytes, offsetBytes);
      const length = uint(view, first + indexBytes + offsetBytes, lengthBytes);
      return { start: from, end: from + length };
    }
    at = first + extents * (indexBytes + offsetBytes + lengthBytes);
  }
  return undefined;
}

/** Location of such an item in the file. */
function placeOf(
  bytes: Uint8Array,
  view: DataView,
  type: string,
  contentType?: string,
): IsoBox | undefined {
  const meta = findBox(view, 0, bytes.length, 'meta');
  if (!meta) return undefined;
  const items = findBox(view, meta.start + 4, meta.end, 'iinf');
  const places = findBox(view, meta.start + 4, meta.end, 'iloc');
  if (!items || !places) return undefined;
  const item = findItem(view, items, type, contentType);
  return item === undefined ? undefined : itemPlace(view, places, item);
}

/**
 * The EXIF item of an AVIF picture, from its TIFF header on.
 *
 * @throws RangeError if a size points outside the file
 */
export function avifExif(bytes: Uint8Array, view: DataView): Uint8Array | undefined {
  const place = placeOf(bytes, view, 'Exif');
  if (!place) return undefined;
  // The first four bytes are the offset from their end to the TIFF header (ISO/IEC 23008-12,
  // A.2.1).
  const tiff = place.start + 4 + view.getUint32(place.start);
  return bytes.subarray(tiff, Math.max(tiff, place.end));
}

/**
 * The XMP item of an AVIF picture.
 *
 * @throws RangeError if a size points outside the file
 */
export function avifXmp(bytes: Uint8Array, view: DataView): Uint8Array | undefined {
  const place = placeOf(bytes, view, 'mime', 'application/rdf+xml');
  return place && bytes.subarray(place.start, Math.max(place.start, place.end));
}
