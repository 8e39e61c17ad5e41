/** A box of the ISO base media file format (ISO/IEC 14496-12): where its content is. */
export interface IsoBox {
  readonly start: number;
  readonly end: number;
}

/** The first box of a kind among those laid end to end from `from` to `to`. */
export function findBox(
  view: DataView,
  from: number,
  to: number,
  kind: string,
): IsoBox | undefined {
  for (let at = from; at + 8 <= to; ) {
    const short = view.getUint32(at);
    const header = short === 1 ? 16 : 8;
    // A size of 0 means "to the end", 1 a 64-bit size.
    const size = short === 0 ? to - at : short === 1 ? Number(view.getBigUint64(at + 8)) : short;
    if (size < header || at + size > to) return undefined;
    if (kindAt(view, at + 4) === kind) return { start: at + header, end: at + size };
    at += size;
  }
  return undefined;
}

/** The box at the end of a path of boxes, each inside the one before. */
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
