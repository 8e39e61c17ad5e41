import type {
  ItemSearch,
  PhotoId,
  QueryTerm,
  TermReport,
  WordLanguage,
} from '../../protocol/index.ts';
import type { VectorTerm } from '../../query/index.ts';
import type { CalibrationTable } from '../../vision/types.ts';
import type { TaughtSpace } from '../calibrations/taughtSpace.ts';
import type { LibraryIndex } from '../indexing/libraryIndex.ts';
import type { Meaning, WordSearch } from '../words/wordSearch.ts';
import type { RegionIndex } from './regionIndex.ts';

/** An index that a query searches. */
export interface QuerySpace {
  readonly index: Pick<
    LibraryIndex,
    'space' | 'nearest' | 'vectorOf' | 'liveIds' | 'engine' | 'has'
  >;
  /** Of the cosines between two photos. */
  readonly calibration: CalibrationTable;
  /** Of parts of the photos, compared by the same calibration; absent for a model without. */
  readonly regions?: Pick<RegionIndex, 'search'> | undefined;
  /** Where whole photos are compared instead, if the user has taught something. */
  readonly taught?: Pick<TaughtSpace, 'index' | 'odds' | 'extend'> | null;
  /** The only photos to find in it; all if omitted. */
  readonly among?: readonly PhotoId[];
}

/** A term as a vector of one space. */
export interface TermVector extends VectorTerm {
  /** Of its cosines with photos. */
  readonly calibration: CalibrationTable;
  /** For words: see `WordVector`. */
  readonly mostChance?: number;
  readonly nameCut?: number;
}

/** What the terms of a query mean, before they become vectors of a space. */
export interface ReadTerms {
  readonly terms: readonly QueryTerm[];
  /** One per term; `null` for other kinds and unknown words. */
  readonly meanings: readonly (Meaning | null)[];
  /** One per term: the photos of an item, none for other kinds. */
  readonly photos: readonly (readonly PhotoId[])[];
}

/** Photos of an item that are averaged. */
const MOST_AVERAGED = 32;
const NONE: readonly PhotoId[] = [];

/** @throws AkinError `model-missing`, `model-corrupt` if there are words */
export async function readTerms(
  terms: readonly QueryTerm[],
  language: WordLanguage,
  words: Pick<WordSearch, 'meaning'>,
  photosOfItems: (items: ItemSearch) => Promise<readonly PhotoId[]>,
): Promise<ReadTerms> {
  const photos = await Promise.all(
    terms.map((term) => (term.kind === 'item' ? photosOfItems({ any: [term.item] }) : NONE)),
  );
  const meanings = await Promise.all(
    terms.map((term) =>
      term.kind === 'word'
        ? words.meaning({ text: term.text, language, synset: term.synset })
        : null,
    ),
  );
  return { terms, meanings, photos };
}

/**
 * The terms as vectors of a space, one per term; `null` for a term that has none there.
 *
 * @throws AkinError `model-missing`, `model-corrupt` if there are words
 */
export function vectorsIn(
  { index, calibration }: QuerySpace,
  { terms, meanings, photos }: ReadTerms,
  words: Pick<WordSearch, 'vectorIn'>,
): Promise<readonly (TermVector | null)[]> {
  const { id: spaceId, d } = index.space;
  return Promise.all(
    terms.map(async (term, i): Promise<TermVector | null> => {
      const { weight } = term;
      if (term.kind === 'photo') {
        const vector = await index.vectorOf(term.photoId);
        return vector ? { vector, weight, calibration } : null;
      }
      if (term.kind === 'picture' || term.kind === 'region') {
        const { picture } = term;
        const fits = picture?.spaceId === spaceId && picture.vector.length === d;
        return fits ? { vector: picture.vector, weight, calibration } : null;
      }
      if (term.kind === 'color') return null;
      if (term.kind === 'item') {
        const vector = await meanOf(photos[i] ?? NONE, index);
        return vector && { vector, weight, calibration };
      }
      const meaning = meanings[i];
      const word = meaning ? await words.vectorIn(spaceId, meaning.classes) : null;
      return word && { ...word, weight };
    }),
  );
}

/** The normalized mean of the photos' vectors; `null` if none has one. */
async function meanOf(
  photos: readonly PhotoId[],
  index: QuerySpace['index'],
): Promise<Float32Array<ArrayBuffer> | null> {
  const mean = new Float32Array(index.space.d);
  for (const id of photos.slice(0, MOST_AVERAGED)) {
    const vector = await index.vectorOf(id);
    if (vector) for (let i = 0; i < mean.length; i++) mean[i] = mean[i]! + vector[i]!;
  }
  let sum = 0;
  for (const value of mean) sum += value * value;
  return sum > 0 ? mean.map((value) => value / Math.sqrt(sum)) : null;
}

/**
 * @param used whether a space has a vector of the term
 * @param photo whether the photo of a term is in the gallery
 * @param photos of the item of a term
 */
export async function reportTerm(
  term: QueryTerm,
  meaning: Meaning | null,
  used: boolean,
  photo: (id: PhotoId) => Promise<boolean>,
  photos: readonly PhotoId[],
): Promise<TermReport> {
  const word = meaning && { word: meaning.word, exact: meaning.exact };
  if (used) return { state: 'used', ...word };
  switch (term.kind) {
    case 'photo':
      return { state: (await photo(term.photoId)) ? 'not-ready' : 'gone' };
    case 'item':
      return { state: photos.length > 0 ? 'not-ready' : 'gone' };
    case 'region':
      if (!(await photo(term.photoId))) return { state: 'gone' };
      return { state: term.picture ? 'other-space' : 'not-ready' };
    case 'picture':
      return { state: 'other-space' };
    case 'color':
      return { state: 'used' };
    case 'word':
      return word ? { state: 'other-space', ...word } : { state: 'unknown-word' };
  }
}
