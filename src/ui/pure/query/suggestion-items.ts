import { LONGEST_TERM_TEXT } from '../../../engine/index.ts';
import type { FilterSuggestion, Orientation, QuerySuggestions } from '../../../protocol/index.ts';
import { t } from '../../text/t.ts';
import { day, month, typeName } from '../format.ts';
import { colorName, colorNamed, colorsBeginning, SWATCHES } from './colors.ts';
import type { PageTerm } from './terms.ts';

export type SuggestionGroup =
  | 'people'
  | 'items'
  | 'words'
  | 'colors'
  | 'dates'
  | 'folders'
  | 'formats'
  | 'names';

/** A row of the suggestions: the term it would add. */
export interface SuggestionItem {
  readonly group: SuggestionGroup;
  /** Unique among all rows. */
  readonly key: string;
  readonly label: string;
  /** What tells it from another of the same label, or how many photos it finds. */
  readonly hint: string | null;
  readonly term: PageTerm;
}

export interface SuggestionRows {
  readonly group: SuggestionGroup;
  readonly label: string;
  readonly items: readonly SuggestionItem[];
}

const ORIENTATIONS: readonly Orientation[] = ['landscape', 'portrait', 'square'];
const GROUPS: Readonly<Record<FilterSuggestion['kind'], SuggestionGroup>> = {
  date: 'dates',
  folder: 'folders',
  type: 'formats',
  name: 'names',
};

/**
 * The suggestions in groups, in the order they are shown.
 *
 * @param text as typed
 */
export function suggestionRows(
  { people, items: found, words, filters }: QuerySuggestions,
  text: string,
): SuggestionRows[] {
  const items: SuggestionItem[] = [
    ...people.map(
      ({ key, name, photos, cover }): SuggestionItem => ({
        group: 'people',
        key: `person ${key}`,
        label: name,
        hint: t('common.photos', { count: photos }),
        term: { kind: 'person', key, name, mark: 'more', ...(cover !== null && { cover }) },
      }),
    ),
    ...found.map(
      ({ key, title, sku, photos, cover }): SuggestionItem => ({
        group: 'items',
        key: `item ${key}`,
        label: title,
        hint:
          sku === ''
            ? t('common.photos', { count: photos })
            : t('items.photosOf', { sku, count: photos }),
        term: {
          kind: 'item',
          key,
          title: title.slice(0, 200),
          mark: 'more',
          ...(cover !== null && { cover }),
        },
      }),
    ),
    ...words.map(
      ({ word, synset, hint, instead }): SuggestionItem => ({
        group: 'words',
        key: `word ${synset} ${word}`,
        label: word,
        hint: instead === null ? hint : t('query.shows', { word: instead }),
        term: { kind: 'word', text: word, synset, mark: 'more' },
      }),
    ),
    ...filters.map((each): SuggestionItem => {
      const label = filterLabel(each);
      return {
        group: GROUPS[each.kind],
        key: `${each.kind} ${JSON.stringify(each.filter)}`,
        label,
        hint: t('common.photos', { count: each.count }),
        term: { kind: 'filter', filter: each.filter, label, mark: 'more' },
      };
    }),
    ...orientations(text),
    ...colors(text),
  ];
  const groups: readonly SuggestionGroup[] = [
    ...(['people', 'items', 'words', 'colors', 'dates', 'folders', 'formats', 'names'] as const),
  ];
  return groups.flatMap((group) => {
    const rows = items.filter((item) => item.group === group);
    return rows.length > 0 ? [{ group, label: t(`query.group.${group}`), items: rows }] : [];
  });
}

/**
 * The term that a text means if no suggestion was chosen: what photos show, the name of a person or
 * item, or that of a color.
 */
export function typedTerm(rows: readonly SuggestionRows[], text: string): PageTerm {
  const typed = text.trim();
  const word: PageTerm = { kind: 'word', text: typed.slice(0, LONGEST_TERM_TEXT), mark: 'more' };
  if (suggestsWord(rows, typed)) return word;
  const named = rows
    .filter(({ group }) => group === 'people' || group === 'items')
    .flatMap(({ items }) => items)
    .find(({ label }) => label.toLowerCase() === typed.toLowerCase());
  if (named) return named.term;
  const color = colorNamed(typed);
  return color ? { kind: 'color', colors: [SWATCHES[color]], mark: 'more' } : word;
}

/** Whether a typed text is the name of something that photos show: an orange is a fruit, too. */
export function suggestsWord(rows: readonly SuggestionRows[], text: string): boolean {
  const typed = text.trim().toLowerCase();
  const words = rows.find(({ group }) => group === 'words')?.items ?? [];
  return words.some(({ label }) => label.toLowerCase() === typed);
}

function filterLabel(suggestion: FilterSuggestion): string {
  switch (suggestion.kind) {
    case 'date': {
      const { year, month: inMonth, day: onDay } = suggestion.date;
      const from = suggestion.filter.time?.[0]?.from ?? 0;
      if (onDay !== undefined) return day(from);
      return inMonth === undefined ? String(year) : month(from, 'UTC');
    }
    case 'folder':
      return suggestion.folder;
    case 'type':
      return typeName(suggestion.type);
    case 'name':
      return t('query.inName', { text: suggestion.text });
  }
}

/** As orientations. */
function colors(text: string): SuggestionItem[] {
  return colorsBeginning(text).map((color) => ({
    group: 'colors',
    key: `color ${color}`,
    label: colorName(color),
    hint: null,
    term: { kind: 'color', colors: [SWATCHES[color]], mark: 'more' },
  }));
}

/** Known only by what the page calls them, so the engine can't suggest them. */
function orientations(text: string): SuggestionItem[] {
  const sought = text.trim().toLowerCase();
  if (sought.length < 3) return [];
  return ORIENTATIONS.flatMap((orientation) => {
    const label = t(`query.${orientation}`);
    if (!label.toLowerCase().startsWith(sought)) return [];
    const filter = { orientation: [orientation] };
    const term: PageTerm = { kind: 'filter', filter, label, mark: 'more' };
    return [{ group: 'formats', key: orientation, label, hint: null, term }];
  });
}
