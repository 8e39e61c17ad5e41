import { AkinError } from '../base/errors.ts';
import { type Cells, type Column, cellText, checkCells, plainText } from './cells.ts';
import { checkRows, type Rows } from './rows.ts';

/** Significant digits from which a float32 reads back as the same. */
const DIGITS = 9;

/** Rows of `vectors.tsv` of the Embedding Projector, which has no header. */
export function tsvRows(rows: Rows): string {
  checkRows(rows);
  const { values, n, d } = rows;
  let text = '';
  for (let row = 0, at = 0; row < n; row++) {
    for (let i = 0; i < d; i++, at++) {
      text += `${values[at]!.toPrecision(DIGITS)}${i + 1 < d ? '\t' : '\n'}`;
    }
  }
  return text;
}

/**
 * The first line of `metadata.tsv` of the Embedding Projector, which takes a single column to have
 * none. Throws `invalid-argument` for fewer than two columns.
 */
export function tsvHeader(columns: readonly Column[]): string {
  if (columns.length < 2) throw new AkinError('invalid-argument', 'Fewer than two columns');
  return `${columns.map(({ name }) => plainText(name)).join('\t')}\n`;
}

/**
 * The next `n` lines. The Projector knows no quotes and no escapes, so a cell can't hold a tab or a
 * line break: see `plainText`. Throws `invalid-argument` for cells of another shape.
 */
export function tsvCells(cells: Cells, columns: readonly Column[], n: number): string {
  checkCells(cells, columns, n);
  let text = '';
  for (let row = 0; row < n; row++) {
    text += `${columns.map(({ kind }, i) => cellText(cells[i]![row]!, kind)).join('\t')}\n`;
  }
  return text;
}
