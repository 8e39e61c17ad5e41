/** The content range of a box of the ISO base media file format (ISO/IEC 14496-12). */
export interface IsoBox {
  readonly start: number;
  readonly end: number;
}

export interface NamedBox extends IsoBox {
  readonly kind: string;
}

/** The box at `at`, of any kind; `undefined` if none there ends by `to`. */
export function nextBox(view: DataView, at: number, to: number): NamedBox | undefined {
  if (at + 8 > to) return undefined;
  const short = view.getUint32(at);
  const header = short === 1 ? 16 : 8;
  // A size of 0 means "to the end", 1 a 64-bit size.
  const size = short === 0 ? to - at : short === 1 ? Number(view.getBigUint64(at + 8)) : short;
  if (size < header || at + size > to) return undefined;
  return { kind: kindAt(view, at + 4), start: at + header, end: at + size };
}

/** The first box of a kind in the sequence from `from` to `to`. */
export function findBox(
  view: DataView,
  from: number,
  to: number,
  kind: string,
): IsoBox | undefined {
  let box = nextBox(view, from, to);
  while (box && box.kind !== kind) box = nextBox(view, box.end, to);
  return box;
}

/** The box at the end of a path of nested boxes. */
export function boxAt(view: DataView, path: readonly string[]): IsoBox | undefined {
  let box: IsoBox | undefined = { start: 0, end: view.byteLength };
  for (const kind of path) {
    if (!box) return undefined;
    box = findBox(view, box.start, box.end, kind);
  }
  return box;
}

export function kindAt(view: DataView, at: number): string {
  return String.fromCharCode(...[0, 1, 2, 3].map((i) => view.getUint8(at + i)));
}

/** An unsigned number of 0, 2, 4 or 8 bytes. */
export function uint(view: DataView, at: number, bytes: number): number {
  if (bytes === 8) return Number(view.getBigUint64(at));
  if (bytes === 4) return view.getUint32(at);
  return bytes === 2 ? view.getUint16(at) : 0;
}
