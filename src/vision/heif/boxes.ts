import { type IsoBox, kindAt } from '../isoBoxes.ts';

export interface NamedBox extends IsoBox {
  readonly kind: string;
}

/** The box that begins at `at`, of whatever kind; `undefined` where there is none that ends by `to`. */
export function nextBox(view: DataView, at: number, to: number): NamedBox | undefined {
  if (at + 8 > to) return undefined;
  const short = view.getUint32(at);
  const header = short === 1 ? 16 : 8;
  // A size of 0 means "to the end", 1 a 64-bit size.
  const size = short === 0 ? to - at : short === 1 ? Number(view.getBigUint64(at + 8)) : short;
  if (size < header || at + size > to) return undefined;
  return { kind: kindAt(view, at + 4), start: at + header, end: at + size };
}
