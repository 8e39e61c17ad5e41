import {
  MOST_TERM_COLORS,
  type QueryOptions,
  storedTermKey,
  type Term,
} from '../../../engine/index.ts';
import type { Mark, PhotoFilter, StoredTerm } from '../../../protocol/index.ts';

export type { Mark } from '../../../protocol/index.ts';

/** A term of a query as the page shows it. */
export type PageTerm =
  | StoredTerm
  /** A picture that is not in the library; `null` after a reload, since it is never stored. */
  | {
      readonly kind: 'picture';
      readonly picture: Blob | null;
      readonly colorWeight?: number;
      readonly mark: Mark;
    };

/** Photos to find similar ones of at once: as many as fit as terms above the results. */
export const MOST_EXAMPLES = 20;

/** Terms that photos are compared with, rather than filtered by. */
export function isExample(term: PageTerm): boolean {
  return isPicture(term) || term.kind === 'region' || term.kind === 'word' || term.kind === 'color';
}

/** Terms that are photos, of the library or not. */
export function isPicture(
  term: PageTerm,
): term is Extract<PageTerm, { readonly kind: 'photo' | 'picture' }> {
  return term.kind === 'photo' || term.kind === 'picture';
}

/** Terms that are photos or parts of them. */
export function hasPicture(term: PageTerm): boolean {
  return isPicture(term) || term.kind === 'region';
}

/** The terms that a result can be compared with part by part: pictures to be more like. */
export function comparedTerms(terms: readonly PageTerm[]): readonly PageTerm[] {
  return terms.filter(
    (term) =>
      term.mark === 'more' &&
      (term.kind === 'photo' ||
        term.kind === 'region' ||
        (term.kind === 'picture' && term.picture)),
  );
}

/** The place of the term that picking a color changes; -1 if it makes a new one. */
export function pickedPlace(terms: readonly PageTerm[]): number {
  return terms.findLastIndex(({ kind, mark }) => kind === 'color' && mark === 'more');
}

/** The colors of the term that picking a color changes. */
export function pickedColors(terms: readonly PageTerm[]): readonly string[] {
  const term = terms[pickedPlace(terms)];
  return term?.kind === 'color' ? term.colors : [];
}

/** Replaces the colors that are picked. */
export function withColors(
  terms: readonly PageTerm[],
  colors: readonly string[],
): readonly PageTerm[] {
  const place = pickedPlace(terms);
  const term: PageTerm = { kind: 'color', colors: colors.slice(0, MOST_TERM_COLORS), mark: 'more' };
  if (place < 0) return colors.length > 0 ? withTerm(terms, term) : terms;
  return colors.length > 0 ? terms.with(place, term) : withoutTerm(terms, place);
}

/** Identifies what a term is about: a query has each only once. */
export function termKey(term: PageTerm): unknown {
  return term.kind === 'picture' ? term.picture : storedTermKey(term);
}

/** The terms as they can be stored; `null` with a picture that isn't in the library. */
export function storable(terms: readonly PageTerm[]): readonly StoredTerm[] | null {
  return terms.every((term) => term.kind !== 'picture') ? terms : null;
}

/** Adds a term, or changes the mark of one that is there already. */
export function withTerm(terms: readonly PageTerm[], term: PageTerm): readonly PageTerm[] {
  const key = termKey(term);
  const place = key === null ? -1 : terms.findIndex((each) => termKey(each) === key);
  return place < 0 ? [...terms, term] : terms.with(place, { ...terms[place]!, mark: term.mark });
}

export function withoutTerm(terms: readonly PageTerm[], place: number): readonly PageTerm[] {
  return terms.filter((_, i) => i !== place);
}

/**
 * The query the terms ask for.
 *
 * @returns also which term of the page each term of the query is
 */
export function toQuery(terms: readonly PageTerm[]): {
  readonly query: Pick<QueryOptions, 'terms' | 'filter' | 'without' | 'people' | 'items'>;
  readonly places: readonly number[];
} {
  const examples: Term[] = [];
  const places: number[] = [];
  const filters: Record<'more' | 'less', PhotoFilter[]> = { more: [], less: [] };
  const people: Record<'more' | 'less', string[]> = { more: [], less: [] };
  const items: Record<'more' | 'less', string[]> = { more: [], less: [] };
  for (const [place, term] of terms.entries()) {
    const { mark } = term;
    if (mark === 'off') continue;
    if (term.kind === 'person') people[mark].push(term.key);
    if (term.kind === 'item') items[mark].push(term.key);
    if (term.kind === 'filter') filters[mark].push(term.filter);
    const example = exampleOf(term, mark === 'more' ? 1 : -1);
    if (!example) continue;
    examples.push(example);
    places.push(place);
  }
  const hasPeople = people.more.length + people.less.length > 0;
  const hasItems = items.more.length + items.less.length > 0;
  return {
    places,
    query: {
      terms: examples,
      filter: joined(filters.more),
      without: joined(filters.less),
      people: hasPeople ? { all: people.more, none: people.less } : undefined,
      ...(hasItems && {
        // A photo shows one item: any of several.
        items: { none: items.less, ...(items.more.length > 0 && { any: items.more }) },
      }),
    },
  };
}

function exampleOf(term: PageTerm, weight: number): Term | null {
  if (term.kind === 'photo') return { photo: term.id, weight, ...colorWeightOf(term) };
  if (term.kind === 'picture') {
    return term.picture && { blob: term.picture, weight, ...colorWeightOf(term) };
  }
  if (term.kind === 'color') {
    return { color: term.colors.map((color) => ({ color })), weight };
  }
  if (term.kind === 'region') return { region: { photo: term.id, box: term.box }, weight };
  if (term.kind === 'word') return { word: term.text, synset: term.synset, weight };
  return null;
}

function colorWeightOf({ colorWeight }: { readonly colorWeight?: number }) {
  return colorWeight === undefined ? {} : { colorWeight };
}

/** One filter with the entries of all, by condition. */
function joined(filters: readonly PhotoFilter[]): PhotoFilter {
  const all: Record<string, unknown[]> = {};
  for (const filter of filters) {
    for (const [name, entries] of Object.entries(filter)) {
      all[name] = [...(all[name] ?? []), ...(entries as unknown[])];
    }
  }
  return all as PhotoFilter;
}
