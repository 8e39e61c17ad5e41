import { findBox, nextBox } from '../../headers/isoBoxes.ts';

// HEIF files built by hand, for what no encoder writes: tiles, rotations, lies.

type Part = Uint8Array | string | readonly number[];

function join(parts: readonly Part[]): Uint8Array<ArrayBuffer> {
  const all = parts.map((part) =>
    typeof part === 'string'
      ? Uint8Array.from(part, (c) => c.charCodeAt(0))
      : Uint8Array.from(part),
  );
  const bytes = new Uint8Array(all.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of all) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

export const u16 = (n: number): number[] => [(n >> 8) & 255, n & 255];
export const u32 = (n: number): number[] => [...u16(n >>> 16), ...u16(n & 0xffff)];

export function box(kind: string, ...parts: Part[]): Uint8Array<ArrayBuffer> {
  const content = join(parts);
  return join([u32(content.length + 8), kind, content]);
}

export function fullBox(kind: string, version: number, flags: number, ...parts: Part[]) {
  return box(kind, u32(version * 2 ** 24 + flags), ...parts);
}

export const ispe = (width: number, height: number) =>
  fullBox('ispe', 0, 0, u32(width), u32(height));
/** @param quarters counterclockwise quarter turns */
export const irot = (quarters: number) => box('irot', [quarters]);
/** @param axis 0: top becomes bottom, 1: left becomes right */
export const imir = (axis: number) => box('imir', [axis]);
/** Colors by their numbers in ITU-T H.273, full range. */
export const nclx = (primaries: number, transfer: number, matrix: number) =>
  box('colr', 'nclx', u16(primaries), u16(transfer), u16(matrix), [128]);
/** The description of a tiled picture. */
export const grid = (rows: number, columns: number, width: number, height: number) =>
  join([[0, 1, rows - 1, columns - 1], u32(width), u32(height)]);

export interface Item {
  readonly type: string;
  readonly data: Uint8Array;
  readonly properties: readonly Uint8Array[];
  /** Numbers of its source items, from 1. */
  readonly madeOf?: readonly number[];
}

/** A file of items, numbered from 1 in order. */
export function heifFile(
  items: readonly Item[],
  { primary = 1, brands = ['heic', 'mif1'] }: { primary?: number; brands?: readonly string[] } = {},
): Uint8Array<ArrayBuffer> {
  const head = box('ftyp', brands[0]!, u32(0), ...brands);
  // Properties shared by all tiles are written once, as cameras do.
  const properties = [...new Set(items.flatMap((item) => item.properties))];
  const ipma = items.map((item, i) => {
    const numbers = item.properties.map((each) => 0x8000 | (properties.indexOf(each) + 1));
    return [...u16(i + 1), numbers.length, ...numbers.flatMap(u16)];
  });
  const references = items.flatMap(({ madeOf }, i) =>
    madeOf ? [box('dimg', u16(i + 1), u16(madeOf.length), madeOf.flatMap(u16))] : [],
  );
  const meta = (start: number) => {
    let at = start;
    const places = items.flatMap(({ data }, i) => {
      const place = [...u16(i + 1), ...u16(0), ...u16(1), ...u32(at), ...u32(data.length)];
      at += data.length;
      return place;
    });
    return fullBox(
      'meta',
      0,
      0,
      fullBox('hdlr', 0, 0, u32(0), 'pict', u32(0), u32(0), u32(0), [0]),
      fullBox('pitm', 0, 0, u16(primary)),
      fullBox('iloc', 0, 0, [0x44, 0], u16(items.length), places),
      fullBox(
        'iinf',
        0,
        0,
        u16(items.length),
        ...items.map(({ type }, i) => fullBox('infe', 2, 0, u16(i + 1), u16(0), type, [0])),
      ),
      ...(references.length > 0 ? [fullBox('iref', 0, 0, ...references)] : []),
      box(
        'iprp',
        box('ipco', ...properties),
        fullBox('ipma', 0, 1, u32(items.length), ipma.flat()),
      ),
    );
  };
  const start = head.length + meta(0).length + 8;
  return join([head, meta(start), box('mdat', ...items.map(({ data }) => data))]);
}

/** The coded picture of a single-picture file from `encodeHeic`, and its configuration box. */
export function codedOf(file: Uint8Array): { data: Uint8Array; hvcC: Uint8Array } {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const find = (kind: string, from = 0, to = file.length) => {
    const found = findBox(view, from, to, kind);
    if (!found) throw new Error(`no ${kind}`);
    return found;
  };
  const mdat = find('mdat');
  const meta = find('meta');
  const iprp = find('iprp', meta.start + 4, meta.end);
  const ipco = find('ipco', iprp.start, iprp.end);
  const hvcC = find('hvcC', ipco.start, ipco.end);
  return {
    data: file.slice(mdat.start, mdat.end),
    hvcC: file.slice(hvcC.start - 8, hvcC.end),
  };
}

/** Offsets of all boxes, including nested ones, for tests that damage them. */
export function allBoxes(file: Uint8Array): { kind: string; start: number; end: number }[] {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const inside: Readonly<Record<string, number>> = { meta: 4, iprp: 0, ipco: 0, iinf: 6, iref: 4 };
  const found: { kind: string; start: number; end: number }[] = [];
  const walk = (from: number, to: number) => {
    for (let one = nextBox(view, from, to); one; one = nextBox(view, one.end, to)) {
      found.push(one);
      const skip = inside[one.kind];
      if (skip !== undefined) walk(one.start + skip, one.end);
    }
  };
  walk(0, file.length);
  return found;
}
