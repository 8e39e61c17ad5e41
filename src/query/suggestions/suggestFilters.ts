import { type DatePhrase, parseDate, rangeOf } from '../dates/datePhrase.ts';
import { isInFolder, type PhotoFilter } from '../filters/filters.ts';
import { foldName } from '../filters/foldName.ts';
import type { PhotoFacts } from '../filters/photoFacts.ts';

/** A filter that a typed text may mean, with the number of photos that pass it. */
export type FilterSuggestion = { readonly filter: PhotoFilter; readonly count: number } & (
  | { readonly kind: 'date'; readonly date: DatePhrase }
  | { readonly kind: 'folder'; readonly folder: string }
  | { readonly kind: 'type'; readonly type: string }
  | { readonly kind: 'name'; readonly text: string }
);

/** Suggestions of each kind. */
const MOST = 3;
/** Characters from which a text is looked for in names: a single one is in most of them. */
const LEAST_LETTERS = 2;

/**
 * What a typed text may mean as a filter: a date, a folder, a file format, a part of file names.
 * Only what some photo passes.
 *
 * @param language BCP 47 tag, for dates
 */
export function suggestFilters(
  text: string,
  facts: PhotoFacts,
  language: string,
): FilterSuggestion[] {
  const sought = foldName(text.trim());
  if (sought === '') return [];
  return [
    ...dates(text, facts, language),
    ...folders(sought, facts),
    ...types(sought, facts),
    ...names(text.trim(), sought, facts),
  ];
}

function dates(text: string, { time }: PhotoFacts, language: string): FilterSuggestion[] {
  const parsed = parseDate(text, language);
  if (!parsed) return [];
  const years = parsed.year === undefined ? yearsIn(time) : [parsed.year];
  return years
    .flatMap((year): FilterSuggestion[] => {
      const date = { ...parsed, year };
      const range = rangeOf(date)!;
      let count = 0;
      for (const each of time) if (each >= range.from && each < range.to) count++;
      return count > 0 ? [{ kind: 'date', date, filter: { time: [range] }, count }] : [];
    })
    .slice(0, MOST);
}

/** Newest first. */
function yearsIn(time: Float64Array): number[] {
  const years = new Set<number>();
  for (const each of time) years.add(new Date(each).getUTCFullYear());
  return [...years].sort((a, b) => b - a);
}

function folders(sought: string, { path }: PhotoFacts): FilterSuggestion[] {
  const counts = countsOf(path);
  const matching = new Set<string>();
  for (const folder of counts.keys()) {
    const parts = folder.split('/');
    for (let i = 0; i < parts.length; i++) {
      if (foldName(parts[i]!).includes(sought)) matching.add(parts.slice(0, i + 1).join('/'));
    }
  }
  return [...matching]
    .map((folder) => {
      let count = 0;
      for (const [each, photos] of counts) if (isInFolder(each, folder)) count += photos;
      return { kind: 'folder' as const, folder, filter: { folder: [folder] }, count };
    })
    .sort((a, b) => b.count - a.count || a.folder.length - b.folder.length)
    .slice(0, MOST);
}

function types(sought: string, { type }: PhotoFacts): FilterSuggestion[] {
  const name = sought === 'jpg' ? 'jpeg' : sought.replace(/^\./, '');
  return [...countsOf(type)].flatMap(([each, count]): FilterSuggestion[] => {
    const subtype = each.slice(each.indexOf('/') + 1).replace(/^(x-|vnd\.)/, '');
    const matches = name.length >= LEAST_LETTERS && subtype.startsWith(name);
    return matches ? [{ kind: 'type', type: each, filter: { type: [each] }, count }] : [];
  });
}

function names(text: string, sought: string, { name }: PhotoFacts): FilterSuggestion[] {
  if (sought.length < LEAST_LETTERS) return [];
  let count = 0;
  for (const each of name) if (foldName(each).includes(sought)) count++;
  return count > 0 ? [{ kind: 'name', text, filter: { name: [text] }, count }] : [];
}

function countsOf(values: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  counts.delete('');
  return counts;
}
