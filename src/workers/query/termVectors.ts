import type { PhotoId, QueryTerm, TermReport, WordLanguage } from '../../protocol/index.ts';
import type { VectorTerm } from '../../query/index.ts';
import type { CalibrationTable } from '../../vision/types.ts';
import type { LibraryIndex } from '../indexing/libraryIndex.ts';
import type { Meaning, WordSearch } from '../words/wordSearch.ts';
import type { RegionIndex } from './regionIndex.ts';

/** An index that a query searches. */
export interface QuerySpace {
  readonly index: Pick<LibraryIndex, 'space' | 'nearest' | 'vectorOf' | 'liveIds' | 'has'>;
  /** Of the cosines between two photos. */
  readonly calibration: CalibrationTable;
  /** Of parts of the photos, compared by the same calibration; absent for a model without. */
  readonly regions?: Pick<RegionIndex, 'search'> | undefined;
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
}

/** @throws AkinError `model-missing`, `model-corrupt` if there are words */
export async function readTerms(
  terms: readonly QueryTerm[],
  language: WordLanguage,
  words: Pick<WordSearch, 'meaning'>,
): Promise<ReadTerms> {
  const meanings = await Promise.all(
    terms.map((term) =>
      term.kind === 'word'
        ? words.meaning({ text: term.text, language, synset: term.synset })
        : null,
    ),
  );
  return { terms, meanings };
}

/**
 * The terms as vectors of a space, one per term; `null` for a term that has none there.
 *
 * @throws AkinError `model-missing`, `model-corrupt` if there are words
 */
export function vectorsIn(
  { index, calibration }: QuerySpace,
  { terms, meanings }: ReadTerms,
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
      const meaning = meanings[i];
      const word = meaning ? await words.vectorIn(spaceId, meaning.classes) : null;
      return word && { ...word, weight };
    }),
  );
}

/**
 * @param used whether a space has a vector of the term
 * @param photo whether the photo of a term is in the gallery
 */
export async function reportTerm(
  term: QueryTerm,
  meaning: Meaning | null,
  used: boolean,
  photo: (id: PhotoId) => Promise<boolean>,
): Promise<TermReport> {
  const word = meaning && { word: meaning.word, exact: meaning.exact };
  if (used) return { state: 'used', ...word };
  switch (term.kind) {
    case 'photo':
      return { state: (await photo(term.photoId)) ? 'not-ready' : 'gone' };
    case 'region':
      if (!(await photo(term.photoId))) return { state: 'gone' };
      return { state: term.picture ? 'other-space' : 'not-ready' };
    case 'picture':
      return { state: 'other-space' };
    case 'word':
      return word ? { state: 'other-space', ...word } : { state: 'unknown-word' };
  }
}
