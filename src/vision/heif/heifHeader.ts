import { findBox, type IsoBox, kindAt, type NamedBox, nextBox, uint } from '../headers/isoBoxes.ts';

/** What a HEIF file declares about its displayed picture, before decoding. */
export interface HeifHeader {
  /** Codec of the picture or its tiles: `hvc1`, `av01`, … */
  readonly codec: string;
  /** As coded, before the file's own rotation. */
  readonly width: number;
  readonly height: number;
}

/** Maximum depth of pictures derived from others: more than any camera uses. */
const MOST_STEPS = 8;

/**
 * The header of the primary picture, or of the first video track if the file has no pictures.
 * `undefined` if unreadable.
 *
 * @param bytes the whole file, untrusted
 */
export function heifHeader(bytes: Uint8Array): HeifHeader | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const meta = findBox(view, 0, bytes.length, 'meta');
    return (meta && primaryItem(view, meta)) ?? firstTrack(view, bytes.length);
  } catch (thrown) {
    // A size points outside the file.
    if (thrown instanceof RangeError) return undefined;
    throw thrown;
  }
}

function primaryItem(view: DataView, meta: IsoBox): HeifHeader | undefined {
  const inside = (kind: string) => findBox(view, meta.start + 4, meta.end, kind);
  const primary = inside('pitm');
  const items = inside('iinf');
  const properties = inside('iprp');
  if (!primary || !items || !properties) return undefined;
  const id = uint(view, primary.start + 4, view.getUint8(primary.start) === 0 ? 2 : 4);
  const size = sizeOf(view, properties, id);
  if (!size) return undefined;
  const references = inside('iref');
  let item: number | undefined = id;
  for (let step = 0; item !== undefined && step < MOST_STEPS; step++) {
    const kind = itemKind(view, items, item);
    if (kind !== 'grid' && kind !== 'iden' && kind !== 'iovl' && kind !== 'tmap') {
      return kind === undefined ? undefined : { codec: kind, ...size };
    }
    item = references && madeOf(view, references, item);
  }
  return undefined;
}

/** The type of an item (`iinf`, ISO/IEC 14496-12, 8.11.6). */
function itemKind(view: DataView, items: IsoBox, item: number): string | undefined {
  let at = items.start + 4 + (view.getUint8(items.start) === 0 ? 2 : 4);
  for (let entry = nextBox(view, at, items.end); entry; entry = nextBox(view, at, items.end)) {
    at = entry.end;
    const version = view.getUint8(entry.start);
    const idBytes = version === 3 ? 4 : 2;
    const id = entry.start + 4;
    if (version < 2 || uint(view, id, idBytes) !== item) continue;
    return kindAt(view, id + idBytes + 2);
  }
  return undefined;
}

/** The first item that another is derived from (`dimg`, 8.11.12). */
function madeOf(view: DataView, references: IsoBox, item: number): number | undefined {
  const idBytes = view.getUint8(references.start) === 0 ? 2 : 4;
  let at = references.start + 4;
  for (let box = nextBox(view, at, references.end); box; box = nextBox(view, at, references.end)) {
    at = box.end;
    if (box.kind !== 'dimg' || uint(view, box.start, idBytes) !== item) continue;
    return uint(view, box.start + idBytes + 2, idBytes);
  }
  return undefined;
}

type Size = Pick<HeifHeader, 'width' | 'height'>;

/** The size property of an item (`ispe`, ISO/IEC 23008-12, 6.5.3). */
function sizeOf(view: DataView, properties: IsoBox, item: number): Size | undefined {
  const all = findBox(view, properties.start, properties.end, 'ipco');
  if (!all) return undefined;
  // Several boxes may associate properties with items.
  let at = properties.start;
  for (let box = nextBox(view, at, properties.end); box; box = nextBox(view, at, properties.end)) {
    at = box.end;
    const size = box.kind === 'ipma' ? sizeAmong(view, box, all, item) : undefined;
    if (size) return size;
  }
  return undefined;
}

function sizeAmong(view: DataView, places: IsoBox, all: IsoBox, item: number): Size | undefined {
  const { start, end } = places;
  const idBytes = view.getUint8(start) === 0 ? 2 : 4;
  const wide = (view.getUint8(start + 3) & 1) === 1;
  for (let at = start + 8; at < end; ) {
    const id = uint(view, at, idBytes);
    const count = view.getUint8(at + idBytes);
    const first = at + idBytes + 1;
    at = first + count * (wide ? 2 : 1);
    if (id !== item) continue;
    for (let i = 0; i < count; i++) {
      const index = wide ? view.getUint16(first + 2 * i) & 0x7fff : view.getUint8(first + i) & 0x7f;
      const size = readSize(view, nthBox(view, all, index));
      if (size) return size;
    }
  }
  return undefined;
}

/** The n-th property, counted from 1. */
function nthBox(view: DataView, { start, end }: IsoBox, n: number): NamedBox | undefined {
  if (n === 0) return undefined;
  let box = nextBox(view, start, end);
  for (let i = 1; box && i < n; i++) box = nextBox(view, box.end, end);
  return box;
}

function readSize(view: DataView, box: NamedBox | undefined): Size | undefined {
  if (box?.kind !== 'ispe' || box.end - box.start < 12) return undefined;
  return { width: view.getUint32(box.start + 4), height: view.getUint32(box.start + 8) };
}

/** For a sequence without a still picture: the sample description of its first picture track. */
function firstTrack(view: DataView, length: number): HeifHeader | undefined {
  const movie = findBox(view, 0, length, 'moov');
  if (!movie) return undefined;
  let at = movie.start;
  for (let box = nextBox(view, at, movie.end); box; box = nextBox(view, at, movie.end)) {
    at = box.end;
    const samples = box.kind === 'trak' ? sampleEntry(view, box) : undefined;
    // A visual sample entry has its size at byte 24 (ISO/IEC 14496-12, 12.1.3).
    if (!samples || samples.end - samples.start < 28) continue;
    const [width, height] = [24, 26].map((offset) => view.getUint16(samples.start + offset));
    return { codec: samples.kind, width: width!, height: height! };
  }
  return undefined;
}

function sampleEntry(view: DataView, track: IsoBox): NamedBox | undefined {
  const media = findBox(view, track.start, track.end, 'mdia');
  const handler = media && findBox(view, media.start, media.end, 'hdlr');
  // HEIF requires `pict`; some write `vide`.
  const kind = handler && kindAt(view, handler.start + 8);
  if (!media || (kind !== 'pict' && kind !== 'vide')) return undefined;
  const information = findBox(view, media.start, media.end, 'minf');
  const table = information && findBox(view, information.start, information.end, 'stbl');
  const descriptions = table && findBox(view, table.start, table.end, 'stsd');
  return descriptions && nextBox(view, descriptions.start + 8, descriptions.end);
}
