import type { PhotoInfo, RegionBox, SearchHit } from '../../../protocol/index.ts';

/** A result as it is exported. */
export interface ExportedResult {
  readonly name: string;
  readonly path: string;
  /** N, where 1 in N unrelated photos is at least this similar; `null` where that means nothing. */
  readonly oneIn: number | null;
  /** The part of the photo that matches, in fractions of it; `null` if the whole does. */
  readonly box: RegionBox | null;
}

/**
 * @param infos of the library
 * @param withOdds whether the odds of the hits can be shown
 */
export function exportedResults(
  hits: readonly SearchHit[],
  infos: readonly PhotoInfo[],
  withOdds: boolean,
): readonly ExportedResult[] {
  const byId = new Map(infos.map((info) => [info.id, info]));
  return hits.flatMap(({ id, pValue, box }) => {
    const info = byId.get(id);
    if (!info) return [];
    const oneIn = withOdds ? Math.round(1 / pValue) : null;
    return [{ name: info.name, path: info.path, oneIn, box: box ?? null }];
  });
}

/** CSV (RFC 4180) with a header, as spreadsheets read it. */
export function toCsv(results: readonly ExportedResult[]): string {
  const sides = ['x', 'y', 'width', 'height'] as const;
  const rows = results.map(({ name, path, oneIn, box }) => [
    name,
    path,
    oneIn ?? '',
    ...sides.map((side) => (box ? Number(box[side].toFixed(4)) : '')),
  ]);
  const header = ['name', 'folder', 'one_in', ...sides];
  return [header, ...rows].map((row) => row.map(cell).join(',')).join('\r\n');
}

export function toJson(results: readonly ExportedResult[]): string {
  return JSON.stringify(results, null, 2);
}

/**
 * Spreadsheets run cells that start with one of these as formulas, and a file may be named so by
 * anyone; an apostrophe makes them text.
 */
const FORMULA = /^[=+\-@\t\r]/;

function cell(value: string | number): string {
  const text = typeof value === 'string' && FORMULA.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
