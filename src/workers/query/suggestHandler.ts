import type { Handlers, ItemView, PersonView, QueryContract } from '../../protocol/index.ts';
import { foldName, suggestFilters } from '../../query/index.ts';
import type { WordSearch } from '../words/wordSearch.ts';
import type { FactsCache } from './factsCache.ts';

const MOST_PEOPLE = 4;
const MOST_ITEMS = 4;

export interface SuggestOptions {
  /** Named people. */
  readonly people: () => Promise<readonly PersonView[]>;
  /** All items, by title. */
  readonly items: () => Promise<readonly ItemView[]>;
  readonly words: Pick<WordSearch, 'suggest'>;
  readonly facts: Pick<FactsCache, 'get'>;
}

/** Suggests what a typed text may mean. */
export function suggestHandler({
  people,
  items,
  words,
  facts,
}: SuggestOptions): Handlers<QueryContract>['suggest'] {
  return async (_signal, query) => {
    const sought = foldName(query.text.trim());
    if (sought === '') return { people: [], items: [], words: [], filters: [] };
    const [everyone, everything, suggested, all] = await Promise.all([
      people(),
      items(),
      words.suggest(query),
      facts.get(),
    ]);
    return {
      people: everyone.filter(({ name }) => matches(name, sought)).slice(0, MOST_PEOPLE),
      items: everything
        .filter(({ sku, title }) => matches(title, sought) || matches(sku, sought))
        .slice(0, MOST_ITEMS),
      words: suggested,
      filters: suggestFilters(query.text, all, query.language),
    };
  };
}

/** Whether a name, or any word of it, starts with a text. */
function matches(name: string, sought: string): boolean {
  const folded = foldName(name);
  return folded.startsWith(sought) || folded.split(/\s+/).some((part) => part.startsWith(sought));
}
