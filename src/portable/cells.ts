import { AkinError } from '../base/errors.ts';

/**
 * What a column of metadata holds: text; whole numbers; numbers; moments, in milliseconds since
 * 1970; or wall-clock times without a time zone, in milliseconds since 1970 as if they were UTC.
 */
export type ColumnKind = 'text' | 'integer' | 'number' | 'moment' | 'wallTime';

export interface Column {
  readonly name: string;
  readonly kind: ColumnKind;
}

/** `null` where unknown. */
export type Cell = string | number | null;

/** Cells column by column, each as long as there are rows. */
export type Cells = readonly (readonly Cell[])[];

/** Milliseconds of 9999-12-31T23:59:59.999Z: many readers know no later year. */
const LATEST = 253_402_300_799_999;
const EARLIEST = -62_135_596_800_000;
/** Significant digits of a number as text: enough for a float32. */
const NUMBER_DIGITS = 9;

/** Throws `invalid-argument` unless there are `n` cells for each of the columns. */
export function checkCells(cells: Cells, columns: readonly Column[], n: number): void {
  if (cells.length !== columns.length || cells.some(({ length }) => length !== n)) {
    throw new AkinError('invalid-argument', `Cells that aren't ${n} rows of ${columns.length}`);
  }
}

/**
 * Text that can't break a table's lines and cells, or a terminal that shows it: control characters
 * and line separators become spaces, and halves of characters become U+FFFD.
 */
export function plainText(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ').replace(/\p{Surrogate}/gu, '\ufffd');
}

/** A time that a date can have, in years 1 to 9999; otherwise `null`. */
export function validTime(time: number): number | null {
  return time >= EARLIEST && time <= LATEST ? Math.trunc(time) : null;
}

/** A cell as text; empty for `null`, and for a number or time that isn't one. */
export function cellText(cell: Cell, kind: ColumnKind): string {
  if (cell === null) return '';
  if (typeof cell === 'string') return plainText(cell);
  if (!Number.isFinite(cell)) return '';
  if (kind === 'integer' || kind === 'text') return String(cell);
  if (kind === 'number') return String(Number(cell.toPrecision(NUMBER_DIGITS)));
  const time = validTime(cell);
  if (time === null) return '';
  const text = new Date(time).toISOString();
  return kind === 'moment' ? text : text.slice(0, -1);
}
