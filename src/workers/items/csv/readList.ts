import type Papa from 'papaparse';
import { AkinError } from '../../../base/errors.ts';
import { decodeText } from './decodeText.ts';

/** Files and lists larger than this are not read. */
export const MOST_LIST_BYTES = 64 * 1024 * 1024;
export const MOST_ROWS = 100_000;

/** Columns that a list has, or may have; all others are facts. */
export const COLUMNS = ['file', 'sku', 'title', 'link'] as const;
const NEEDED = ['file', 'sku', 'title'] as const;
/** What other programs call them, without spaces, hyphens and underscores. */
const OTHER_NAMES: Readonly<Record<string, (typeof COLUMNS)[number]>> = {
  filename: 'file',
  image: 'file',
  photo: 'file',
  picture: 'file',
  datei: 'file',
  dateiname: 'file',
  itemnumber: 'sku',
  articlenumber: 'sku',
  artikelnummer: 'sku',
  producttitle: 'title',
  titel: 'title',
  bezeichnung: 'title',
  url: 'link',
};

/** A row of a list. `row` counts from 1, as spreadsheets do. */
export interface ListRow {
  readonly row: number;
  /** What is wrong with it, if it can't be read. */
  readonly values:
    | {
        readonly file: string;
        readonly sku: string;
        readonly title: string;
        readonly link: string;
        readonly facts: readonly (readonly [name: string, value: string])[];
      }
    | 'wrong-columns'
    | 'open-quote';
}

export interface List {
  readonly rows: readonly ListRow[];
  /** Whether the list has more rows than were read. */
  readonly isCut: boolean;
  readonly hasLink: boolean;
  /** Names of the columns that are facts. */
  readonly factNames: readonly string[];
}

/**
 * Reads a list of items: `file, sku, title`, optionally `link`, and further columns, separated by
 * commas, semicolons or tabs, in any of the encodings of `decodeText`. Column names match in upper
 * and lower case; a column by another usual name, such as *File name*, is taken if there is none by
 * its own.
 *
 * @throws AkinError `file-too-large`; `invalid-argument` with reason `columns` if a column is
 *   missing or occurs twice
 */
export async function readList(file: Blob): Promise<List> {
  if (file.size > MOST_LIST_BYTES) {
    throw new AkinError('file-too-large', 'The list is larger than 64 MB.');
  }
  const text = decodeText(new Uint8Array(await file.arrayBuffer()));
  // Only who imports a list loads the parser.
  const { default: papa } = await import('papaparse');
  return listOf(parse(papa, text));
}

interface Parsed {
  /** Empty rows included, or the numbers of those after them would be wrong. */
  readonly rows: readonly (readonly string[])[];
  /** Whether the last row has a quotation mark that is never closed, which swallows all others. */
  readonly isOpen: boolean;
}

function parse(papa: typeof Papa, text: string): Parsed {
  // One more than the header and all rows tells whether there are more.
  const { data, errors } = papa.parse<string[]>(text, { preview: MOST_ROWS + 2 });
  return { rows: data, isOpen: errors.some(({ code }) => code === 'MissingQuotes') };
}

const isEmpty = (cells: readonly string[]): boolean => cells.every((cell) => cell.trim() === '');

function listOf({ rows, isOpen }: Parsed): List {
  const first = rows.findIndex((cells) => !isEmpty(cells));
  const header = (rows[first] ?? []).map((name) => name.replace(/^\uFEFF/, '').trim());
  const names = columnNames(header);
  const missing = NEEDED.filter((name) => !names.includes(name));
  const twice = names.filter((name, i) => name !== '' && names.indexOf(name) !== i);
  if (missing.length > 0 || twice.length > 0) {
    throw new AkinError(
      'invalid-argument',
      missing.length > 0
        ? `The list has no column named ${missing.join(', ')}.`
        : `The list has two columns named ${twice[0]}.`,
      { details: { reason: 'columns', columns: [...missing, ...twice].join(', ') } },
    );
  }
  const at = (name: (typeof COLUMNS)[number]) => names.indexOf(name);
  const [file, sku, title, link] = [at('file'), at('sku'), at('title'), at('link')];
  const facts = header.flatMap((name, i) =>
    name === '' || [file, sku, title, link].includes(i) ? [] : [[name, i] as const],
  );
  const read = rows.slice(0, MOST_ROWS + 1).flatMap((cells, i): ListRow | [] => {
    if (i <= first || isEmpty(cells)) return [];
    const row = i + 1;
    if (isOpen && i === rows.length - 1) return { row, values: 'open-quote' };
    // Spreadsheets leave out empty cells at the end, and some write one separator too many.
    if (!isEmpty(cells.slice(header.length))) return { row, values: 'wrong-columns' };
    const cell = (place: number) => unescaped((cells[place] ?? '').trim());
    return {
      row,
      values: {
        file: cell(file),
        sku: cell(sku),
        title: cell(title),
        link: link < 0 ? '' : cell(link),
        facts: facts.map(([name, place]) => [name, cell(place)] as const),
      },
    };
  });
  return {
    rows: read,
    isCut: !isEmpty(rows[MOST_ROWS + 1] ?? []),
    hasLink: link >= 0,
    factNames: facts.map(([name]) => name),
  };
}

/** The header's names in lower case, with columns by other usual names renamed. */
function columnNames(header: readonly string[]): readonly string[] {
  const names = header.map((name) => name.toLowerCase());
  const own = new Set(names);
  return names.map((name) => {
    const column = OTHER_NAMES[name.replace(/[\s_-]/g, '')];
    if (column === undefined || own.has(column)) return name;
    // Only the first; a second is a fact.
    own.add(column);
    return column;
  });
}

/** Undoes the escape of an export: see `writeList`. */
function unescaped(cell: string): string {
  return /^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell;
}
