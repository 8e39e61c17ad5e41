import type {
  ItemSearch,
  PeopleSearch,
  PhotoId,
  PhotoQuery,
  QueryAnswer,
  QueryTerm,
  SearchHit,
  TermReport,
} from '../../protocol/index.ts';
import { isFiltering, LEAST_LISTED, NO_COLORS, passing } from '../../query/index.ts';
import type { Classes } from '../../store/index.ts';
import type { WordSearch } from '../words/wordSearch.ts';
import { checkQuery } from './checkQuery.ts';
import {
  colorSharesOf,
  rankByColors,
  readColors,
  showingColors,
  wantsColors,
} from './colorRanking.ts';
import type { ColorsCache } from './colorsCache.ts';
import type { FactsCache } from './factsCache.ts';
import { groupPhotos, type Shown } from './groupPhotos.ts';
import { examplesOf, nearest, type SoughtColors } from './nearestPhotos.ts';
import { type Searched, searchedIn } from './searched.ts';
import {
  type QuerySpace,
  type ReadTerms,
  readTerms,
  reportTerm,
  vectorsIn,
} from './termVectors.ts';

export interface QueryServiceOptions {
  /** Of every space the library has vectors in, the one in use first. */
  readonly spaces: () => readonly QuerySpace[];
  readonly words: Pick<WordSearch, 'meaning' | 'vectorIn'>;
  readonly facts: Pick<FactsCache, 'get'>;
  readonly colors: Pick<ColorsCache, 'get'>;
  /** The likeliest classes of photos, those that have any. */
  readonly classesOf: (ids: readonly PhotoId[]) => Promise<ReadonlyMap<PhotoId, Classes>>;
  /** Ids of the photos that show certain people. */
  readonly photosOf: (people: PeopleSearch) => Promise<readonly PhotoId[]>;
  /** Ids of the photos that show certain items. */
  readonly photosOfItems: (items: ItemSearch) => Promise<readonly PhotoId[]>;
  /** The items or people that photos show. */
  readonly shownIn: (by: Shown['by'], ids: readonly PhotoId[]) => Promise<Shown>;
}

/**
 * Answers queries of several terms: the terms of each space are combined into one vector, filters
 * decide which photos it is compared with, the results of all spaces are merged by their odds, and
 * the best of them are ranked again by their colors.
 */
export class QueryService {
  readonly #options: QueryServiceOptions;

  constructor(options: QueryServiceOptions) {
    this.#options = options;
  }

  /**
   * @throws AkinError `invalid-argument`; `not-found` for people that are gone; `model-missing`,
   *   `model-corrupt` if there are words
   */
  async query(asked: PhotoQuery): Promise<QueryAnswer> {
    checkQuery(asked);
    const answer = await this.#find(asked);
    const { groupBy = 'photo' } = asked;
    if (groupBy === 'photo') return answer;
    const ids = answer.ranked ? answer.hits.map(({ id }) => id) : [...answer.ids];
    return { ...answer, groups: groupPhotos(ids, await this.#options.shownIn(groupBy, ids)) };
  }

  async #find(asked: PhotoQuery): Promise<QueryAnswer> {
    const { words, spaces, colors, photosOfItems } = this.#options;
    const [read, allowed, photos] = await Promise.all([
      readTerms(this.#withoutGone(asked.terms), asked.language, words, photosOfItems),
      this.#allowed(asked),
      wantsColors(asked.terms) ? colors.get() : NO_COLORS,
    ]);
    const shares = colorSharesOf(asked.terms, photos);
    const perSpace = await Promise.all(
      spaces().map(async (space) => {
        const found = await vectorsIn(space, read, words);
        return { space, found, used: found.map((vector) => vector !== null) };
      }),
    );
    const used = asked.terms.map((_, i) => perSpace.some((each) => each.used[i]));
    const terms = await this.#report(read, used);
    const sought: SoughtColors = { query: readColors(asked.terms, used, photos), photos };
    const searched = perSpace.map(({ space, found }): Searched => {
      // A term counts here as far as it isn't about colors.
      const vectors = found.flatMap((vector, i) =>
        vector ? [{ ...vector, weight: vector.weight * (1 - shares[i]!) }] : [],
      );
      return searchedIn(space, vectors);
    });
    const from = performance.now();
    if (!searched.some(({ query }) => query) && sought.query) {
      const { passing, ...found } = await this.#byColors(asked, read, sought, allowed);
      return result({ terms, passing }, from, found);
    }
    if (!searched.some(({ query }) => query)) {
      const ids = await this.#newestFirst(allowed);
      const none = { ranked: false, ids, codesScanned: 0 } as const;
      return result({ terms, passing: ids.length }, from, none);
    }
    const { hits, end, ...found } = await nearest(asked, read, searched, allowed, sought);
    const answers = hasAnswers(asked)
      ? showingColors(await this.#answers(hits, read, searched), asked.terms, photos)
      : null;
    return result({ terms, passing: allowed?.size ?? liveIn(searched) }, from, {
      ...found,
      ranked: true,
      // Answers first, however they were recognized.
      hits: answers ? [...answers, ...hits.filter((hit) => !answers.includes(hit))] : hits,
      answers: answers?.length ?? null,
      end: answers?.length ?? end,
    });
  }

  /**
   * The results that show the words: those that match well enough, and those whose own classes say
   * so, which are why the page of a photo says what it shows.
   */
  async #answers(
    hits: readonly SearchHit[],
    { terms, meanings }: ReadTerms,
    searched: readonly Searched[],
  ): Promise<readonly SearchHit[]> {
    const [word] = searched.find(({ query }) => query)?.vectors ?? [];
    const { mostChance = 0, nameCut = Infinity } = word ?? {};
    const wanted = new Set(
      terms.flatMap(({ weight }, i) => (weight > 0 ? (meanings[i]?.classes ?? []) : [])),
    );
    const classes = await this.#options.classesOf(hits.map(({ id }) => id));
    return hits.filter(({ id, pValue }) => {
      if (pValue <= mostChance) return true;
      const { ids = [], probabilities = [] } = classes.get(id) ?? {};
      let sum = 0;
      for (let i = 0; i < ids.length; i++) if (wanted.has(ids[i]!)) sum += probabilities[i]!;
      return sum >= nameCut;
    });
  }

  /** The photos that match the colors best, if nothing else is sought. */
  async #byColors(
    asked: PhotoQuery,
    read: ReadTerms,
    { query, photos }: SoughtColors,
    allowed: ReadonlySet<PhotoId> | null,
  ) {
    const passingIds = allowed ?? (await this.#options.facts.get()).ids;
    const examples = examplesOf(read);
    const ids = [...passingIds].filter((id) => !examples.has(id));
    const { hits, unknown } = rankByColors(ids, asked.k, query!, photos);
    const isLike = asked.terms.some(({ weight }) => weight > 0);
    const isSought = hasAnswers(asked) && isLike;
    const answers = isSought ? showingColors(hits, asked.terms, photos) : null;
    return {
      ranked: true,
      passing: 'size' in passingIds ? passingIds.size : passingIds.length,
      hits: answers ? [...answers, ...hits.filter((hit) => !answers.includes(hit))] : hits,
      answers: answers?.length ?? null,
      end: answers?.length ?? (isLike ? Math.min(LEAST_LISTED, hits.length) : hits.length),
      unsearched: unknown,
      codesScanned: 0,
    } as const;
  }

  /** The terms, with regions of photos that are no longer searched made unusable. */
  #withoutGone(terms: readonly QueryTerm[]): readonly QueryTerm[] {
    const spaces = this.#options.spaces();
    return terms.map((term) =>
      term.kind === 'region' && !spaces.some(({ index }) => index.has(term.photoId))
        ? { ...term, picture: null }
        : term,
    );
  }

  /** Ids of the photos that pass all filters; `null` if there are none. */
  async #allowed({
    filter,
    without,
    people,
    items,
  }: PhotoQuery): Promise<ReadonlySet<PhotoId> | null> {
    const { facts, photosOfItems } = this.#options;
    const lists = await Promise.all([
      isFiltering(filter) || isFiltering(without)
        ? facts.get().then((all) => passing(filter, all, without))
        : null,
      people ? this.#photosOfPeople(people) : null,
      items ? photosOfItems(items) : null,
    ]);
    return lists.reduce<ReadonlySet<PhotoId> | null>(
      (all, list) => (list ? new Set(all ? list.filter((id) => all.has(id)) : list) : all),
      null,
    );
  }

  /** `none` alone means all other photos, those without people included. */
  async #photosOfPeople(people: PeopleSearch): Promise<readonly PhotoId[]> {
    const { facts, photosOf } = this.#options;
    const { all = [], any = [], none = [] } = people;
    if (all.length > 0 || any.length > 0 || none.length === 0) return photosOf(people);
    const excluded = new Set(await photosOf({ any: none }));
    return [...(await facts.get()).ids].filter((id) => !excluded.has(id));
  }

  async #newestFirst(allowed: ReadonlySet<PhotoId> | null): Promise<Uint32Array<ArrayBuffer>> {
    const { ids, time } = await this.#options.facts.get();
    const places = ids.reduce<number[]>((some, id, i) => {
      if (!allowed || allowed.has(id)) some.push(i);
      return some;
    }, []);
    places.sort((a, b) => time[b]! - time[a]! || ids[b]! - ids[a]!);
    return Uint32Array.from(places, (i) => ids[i]!);
  }

  async #report(
    { terms, meanings, photos }: ReadTerms,
    used: readonly boolean[],
  ): Promise<readonly TermReport[]> {
    const { facts } = this.#options;
    const isInGallery = async (id: PhotoId) => (await facts.get()).ids.includes(id);
    return Promise.all(
      terms.map((term, i) =>
        reportTerm(term, meanings[i] ?? null, used[i]!, isInGallery, photos[i] ?? []),
      ),
    );
  }
}

/** Whether photos are answers or not, rather than more or less similar. */
function hasAnswers({ terms }: PhotoQuery): boolean {
  return terms.every(({ kind, weight }) => kind === 'word' || kind === 'color' || weight === 0);
}

function liveIn(searched: readonly Searched[]): number {
  return searched.reduce(
    (sum, { space: { among, index } }) => sum + (among?.length ?? index.liveIds().length),
    0,
  );
}

function result<T>(
  common: { terms: readonly TermReport[]; passing: number },
  from: number,
  rest: T,
): typeof common & { searchMs: number } & T {
  return { ...common, searchMs: performance.now() - from, ...rest };
}
