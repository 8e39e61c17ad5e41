import type {
  PeopleSearch,
  PhotoId,
  PhotoQuery,
  QueryAnswer,
  QueryTerm,
  SearchHit,
  TermReport,
} from '../../protocol/index.ts';
import { combine, isFiltering, passing } from '../../query/index.ts';
import type { Classes } from '../../store/index.ts';
import { oneIn } from '../../vision/calibration.ts';
import { mergeHits, type SpaceHits } from '../shared/mergeHits.ts';
import type { WordSearch } from '../words/wordSearch.ts';
import { checkQuery } from './checkQuery.ts';
import type { FactsCache } from './factsCache.ts';
import {
  type QuerySpace,
  type ReadTerms,
  readTerms,
  reportTerm,
  type TermVector,
  vectorsIn,
} from './termVectors.ts';
import { withRegions } from './withRegions.ts';

/** No photo has this id, so the search excludes none. */
const NOBODY = 0;

export interface QueryServiceOptions {
  /** Of every space the library has vectors in, the one in use first. */
  readonly spaces: () => readonly QuerySpace[];
  readonly words: Pick<WordSearch, 'meaning' | 'vectorIn'>;
  readonly facts: Pick<FactsCache, 'get'>;
  /** The likeliest classes of photos, those that have any. */
  readonly classesOf: (ids: readonly PhotoId[]) => Promise<ReadonlyMap<PhotoId, Classes>>;
  /** Ids of the photos that show certain people. */
  readonly photosOf: (people: PeopleSearch) => Promise<readonly PhotoId[]>;
}

/** A space with the terms that have a vector there. */
interface Searched {
  readonly space: QuerySpace;
  readonly vectors: readonly TermVector[];
  /** The combined vector; `null` if no term has one, or if they cancel out. */
  readonly query: Float32Array<ArrayBuffer> | null;
}

/**
 * Answers queries of several terms: the terms of each space are combined into one vector, filters
 * decide which photos it is compared with, and the results of all spaces are merged by their odds.
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
    const { words, spaces } = this.#options;
    const [read, allowed] = await Promise.all([
      readTerms(this.#withoutGone(asked.terms), asked.language, words),
      this.#allowed(asked),
    ]);
    const perSpace = await Promise.all(
      spaces().map(async (space) => {
        const found = await vectorsIn(space, read, words);
        return { space, found, used: found.map((vector) => vector !== null) };
      }),
    );
    const terms = await this.#report(
      read,
      asked.terms.map((_, i) => perSpace.some(({ used }) => used[i])),
    );
    const searched = perSpace.map(({ space, found }): Searched => {
      const vectors = found.filter((vector) => vector !== null);
      return { space, vectors, query: combine(vectors, space.index.space.d) };
    });
    const from = performance.now();
    if (!searched.some(({ query }) => query)) {
      const ids = await this.#newestFirst(allowed);
      const none = { ranked: false, ids, codesScanned: 0 } as const;
      return result({ terms, passing: ids.length }, from, none);
    }
    const { hits, ...found } = nearest(asked, searched, allowed);
    const onlyWords = asked.terms.every(({ kind, weight }) => kind === 'word' || weight === 0);
    const answers = onlyWords ? await this.#answers(hits, read, searched) : null;
    return result({ terms, passing: allowed?.size ?? liveIn(searched) }, from, {
      ...found,
      ranked: true,
      // Answers first, however they were recognized.
      hits: answers ? [...answers, ...hits.filter((hit) => !answers.includes(hit))] : hits,
      answers: answers?.length ?? null,
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
  async #allowed({ filter, without, people }: PhotoQuery): Promise<ReadonlySet<PhotoId> | null> {
    const { facts, photosOf } = this.#options;
    const [byFacts, byPeople] = await Promise.all([
      isFiltering(filter) || isFiltering(without)
        ? facts.get().then((all) => passing(filter, all, without))
        : null,
      people ? photosOf(people) : null,
    ]);
    if (!byFacts || !byPeople) return byFacts || byPeople ? new Set(byFacts ?? byPeople) : null;
    const shown = new Set(byPeople);
    return new Set(byFacts.filter((id) => shown.has(id)));
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
    { terms, meanings }: ReadTerms,
    used: readonly boolean[],
  ): Promise<readonly TermReport[]> {
    const { facts } = this.#options;
    const isInGallery = async (id: PhotoId) => (await facts.get()).ids.includes(id);
    return Promise.all(
      terms.map((term, i) => reportTerm(term, meanings[i] ?? null, used[i]!, isInGallery)),
    );
  }
}

/** The nearest photos of all spaces, best first, without the examples themselves. */
function nearest(
  { terms, k }: PhotoQuery,
  searched: readonly Searched[],
  allowed: ReadonlySet<PhotoId> | null,
): { readonly hits: SearchHit[]; readonly codesScanned: number; readonly unsearched: number } {
  const examples = new Set(terms.flatMap((term) => ('photoId' in term ? term.photoId : [])));
  const found: SpaceHits[] = [];
  let codesScanned = 0;
  let unsearched = 0;
  for (const { space, vectors, query } of searched) {
    const among = amongOf(space, allowed);
    if (!query) unsearched += among?.length ?? space.index.liveIds().length;
    if (!query || among?.length === 0) continue;
    const answer = space.index.nearest(query, k + examples.size, NOBODY, among);
    codesScanned += answer.codesScanned;
    const hits = answer.hits.filter(({ id }) => !examples.has(id));
    const { calibration } = mainTerm(vectors);
    found.push({ hits, oneIn: (score) => oneIn(calibration, score) });
  }
  let hits = mergeHits(found, k);
  for (const { space, vectors, query } of searched) {
    if (!query || !looksInside(vectors)) continue;
    const among = amongOf(space, allowed);
    const parts = space.regions?.search(query, k + examples.size, among) ?? [];
    const others = parts.filter(({ id }) => !examples.has(id));
    hits = withRegions(hits, others, (score) => oneIn(mainTerm(vectors).calibration, score), k);
  }
  return { hits: oddsOfBest(hits, searched), codesScanned, unsearched };
}

/** The ids to search a space for; undefined: all. */
function amongOf(
  { among, index }: QuerySpace,
  allowed: ReadonlySet<PhotoId> | null,
): readonly PhotoId[] | undefined {
  if (!allowed) return among;
  return (among ?? [...index.liveIds()]).filter((id) => allowed.has(id));
}

/** The term whose calibration the combined score is read with: a picture rather than a word. */
function mainTerm(vectors: readonly TermVector[]): TermVector {
  return (
    vectors.find(({ mostChance, weight }) => mostChance === undefined && weight !== 0) ??
    vectors[0]!
  );
}

/**
 * Gives each hit the odds of the positive term it is most similar to, which people can interpret; a
 * combined vector has no pairs behind its odds.
 */
function oddsOfBest(hits: readonly SearchHit[], searched: readonly Searched[]): SearchHit[] {
  const best = new Map<PhotoId, SearchHit>();
  const ids = hits.map(({ id }) => id);
  for (const { space, vectors, query } of searched) {
    const positive = query ? vectors.filter(({ weight }) => weight > 0) : [];
    // A single example's odds are those of the hits themselves.
    if (positive.length === 1 && vectors.length === 1) continue;
    for (const { vector, calibration } of positive) {
      for (const { id, score } of space.index.nearest(vector, ids.length, NOBODY, ids).hits) {
        const pValue = 1 / oneIn(calibration, score);
        if (pValue < (best.get(id)?.pValue ?? Infinity))
          best.set(id, { id, cosine: score, pValue });
      }
      const parts = looksInside(vectors) ? space.regions?.search(vector, ids.length, ids) : [];
      const known = [...best.values()];
      const oddsOf = (score: number) => oneIn(calibration, score);
      for (const hit of withRegions(known, parts ?? [], oddsOf, Infinity)) best.set(hit.id, hit);
    }
  }
  return hits.map((hit) => best.get(hit.id) ?? hit);
}

/** Whether terms are compared with parts of photos: not words, whose odds are another scale. */
function looksInside(vectors: readonly TermVector[]): boolean {
  return vectors.every(({ mostChance }) => mostChance === undefined);
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
