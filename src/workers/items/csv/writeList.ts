import { COLUMNS } from './readList.ts';

/** An item with the file names of its photos. */
export interface ListedItem {
  readonly sku: string;
  readonly title: string;
  readonly link: string;
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly files: readonly string[];
}

/**
 * Items as CSV: a row for each photo, and one for an item without any. A cell that a spreadsheet
 * would take for a formula gets an apostrophe first, which `readList` removes.
 */
export async function writeList(items: readonly ListedItem[]): Promise<string> {
  const { default: papa } = await import('papaparse');
  const names = [...new Set(items.flatMap(({ facts }) => facts.map(([name]) => name)))];
  const rows = items.flatMap(({ sku, title, link, facts, files }) => {
    const values = new Map(facts);
    const rest = [sku, title, link, ...names.map((name) => values.get(name) ?? '')];
    return (files.length > 0 ? files : ['']).map((file) => [file, ...rest]);
  });
  const text = papa.unparse([[...COLUMNS, ...names], ...rows], { escapeFormulae: true });
  return `${text}\r\n`;
}
