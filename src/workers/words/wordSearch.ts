import { AkinError } from '../../base/errors.ts';
import type {
  PhotoId,
  SuggestQuery,
  WordAnswer,
  WordLanguage,
  WordQuery,
  WordSuggestion,
} from '../../protocol/index.ts';
import {
  type Entry,
  isName,
  type Lexicon,
  mostChance,
  nameOf,
  type Vocabulary,
  wordVector,
} from '../../query/words/index.ts';
import type { Classes } from '../../store/index.ts';
import { oneIn } from '../../vision/calibration.ts';
import type { CalibrationTable } from '../../vision/types.ts';
import type { LibraryIndex } from '../indexing/libraryIndex.ts';
import { checkK } from '../shared/checkK.ts';
import { mergeHits, type SpaceHits } from '../shared/mergeHits.ts';
import type { WordFiles } from './wordFiles.ts';

/** No photo has this id, so the search excludes none. */
const NOBODY = 0;

/** An index to search for words. */
export interface WordIndex {
  readonly index: Pick<LibraryIndex, 'space' | 'nearest'>;
  /** Number of photos it can find. */
  readonly photos: number;
  /** The only photos to consider; all if omitted. */
  readonly among?: readonly PhotoId[];
}

/** What a typed word means. */
export interface Meaning {
  /** The matched word: the typed one, or the nearest known one. */
  readonly word: string;
  /** Whether `word` is the typed one. */
  readonly exact: boolean;
  /** WordNet synsets; several if the word is ambiguous. */
  readonly synsets: readonly string[];
  /** The model's classes below them. */
  readonly classes: readonly number[];
}

/** A meaning in one space. */
export interface WordVector {
  /** `d` values, unit length. */
  readonly vector: Float32Array<ArrayBuffer>;
  /** How rarely a photo that doesn't show a word has at least this cosine with it. */
  readonly calibration: CalibrationTable;
  /** Chance at or below which a photo counts as showing the word. */
  readonly mostChance: number;
  /** Probability of its classes, together, from which a photo counts as showing it. */
  readonly nameCut: number;
}

/** Answers queries about words: their meanings, suggestions, and the photos that match. */
export class WordSearch {
  readonly #files: WordFiles;

  constructor(files: WordFiles) {
    this.#files = files;
  }

  /**
   * @param indexes of every space the library has vectors in, newest first; skips spaces without
   *   words
   * @throws AkinError `invalid-argument`, `wrong-space` if none has words, `model-missing`,
   *   `model-corrupt`
   */
  async search(
    { text, language, k, synset }: WordQuery,
    indexes: readonly WordIndex[],
  ): Promise<WordAnswer> {
    checkK(k);
    const meaning = await this.meaning({ text, language, synset });
    if (!meaning) return { known: false, text };
    const { word, exact, synsets, classes } = meaning;
    const vectors = await Promise.all(
      indexes.map(({ index }) => this.vectorIn(index.space.id, classes)),
    );
    const first = vectors.find((vector) => vector !== null);
    if (!first) throw withoutWords(indexes[0]!.index.space.id);
    const found: SpaceHits[] = [];
    let codesScanned = 0;
    let unsearched = 0;
    const from = performance.now();
    for (const [i, { index, photos, among }] of indexes.entries()) {
      const query = vectors[i];
      if (!query) unsearched += among?.length ?? photos;
      if (!query || among?.length === 0) continue;
      const answer = index.nearest(query.vector, k, NOBODY, among);
      codesScanned += answer.codesScanned;
      found.push({ hits: answer.hits, oneIn: (score) => oneIn(query.calibration, score) });
    }
    const hits = mergeHits(found, k);
    const searchMs = performance.now() - from;
    return {
      known: true,
      text,
      word,
      exact,
      synsets,
      hits,
      answers: hits.filter(({ pValue }) => pValue <= first.mostChance).length,
      unsearched,
      searchMs,
      codesScanned,
    };
  }

  /**
   * What a typed word means; `null` if it isn't known.
   *
   * @throws AkinError `model-missing`, `model-corrupt`
   */
  async meaning({
    text,
    language,
    synset,
  }: Pick<WordQuery, 'text' | 'language' | 'synset'>): Promise<Meaning | null> {
    const { lexicon } = await this.#files.typed();
    const meant = chosen(lexicon, lexicon.find(text, language), synset);
    const entry = meant[0];
    if (!entry) return null;
    const { synsets } = lexicon.vocabulary;
    return {
      word: entry.near ? lexicon.wordOf(entry.place, language) : entry.word,
      exact: !entry.near,
      synsets: meant.map(({ place }) => synsets[place]!.id),
      classes: [...new Set(meant.flatMap(({ place }) => [...synsets[place]!.classes]))],
    };
  }

  /**
   * Maps a meaning into a space; `null` for a space without words.
   *
   * @throws AkinError `model-missing`, `model-corrupt`
   */
  async vectorIn(spaceId: string, classes: readonly number[]): Promise<WordVector | null> {
    const fit = await this.#files.fitOf(spaceId);
    if (!fit) return null;
    return {
      vector: wordVector(fit.rows, classes),
      calibration: fit.calibration,
      mostChance: mostChance(classes.length, fit.chancePerClass),
      nameCut: fit.nameCut,
    };
  }

  /**
   * Names what a photo shows; `null` if that isn't certain enough or its classes are unknown.
   *
   * @throws AkinError `model-missing`, `model-corrupt`
   */
  async name(classes: Classes | null, language: WordLanguage): Promise<string | null> {
    if (classes === null) return null;
    const { lexicon, fit } = await this.#files.known();
    const { vocabulary } = lexicon;
    const place = nameOf(
      vocabulary,
      classes.ids,
      classes.probabilities,
      fit.nameCut,
      // Synsets without an everyday word were not translated.
      (each) => lexicon.isTranslated(each) && isName(vocabulary, fit.rows, each),
    );
    return place < 0 ? null : lexicon.wordOf(place, language);
  }

  /** @throws AkinError `model-missing`, `model-corrupt` */
  async suggest({ text, language }: SuggestQuery): Promise<readonly WordSuggestion[]> {
    const { lexicon, suggester } = await this.#files.typed();
    const entries = suggester.suggest(text, language);
    const words = entries.map(({ word }) => word);
    return entries.map((entry) => ({
      word: entry.word,
      synset: lexicon.vocabulary.synsets[entry.place]!.id,
      hint:
        words.indexOf(entry.word) === words.lastIndexOf(entry.word)
          ? null
          : hintOf(lexicon, entry, language),
      instead: entry.near ? lexicon.wordOf(entry.place, language) : null,
    }));
  }
}

/**
 * Explains why words find nothing in a space: a user model has none; a space of another fit will.
 */
function withoutWords(spaceId: string): AkinError {
  const isUsers = spaceId.startsWith('user-');
  return new AkinError(
    'wrong-space',
    isUsers
      ? 'Your own model doesn’t understand words. To search by word, choose one of Akin’s models in Settings.'
      : 'Photos can be searched by word once Akin has looked at them anew. Try again later.',
    { details: { reason: isUsers ? 'words' : 'words-later' } },
  );
}

/** The chosen meaning, if one was chosen and the word has it. */
function chosen(
  { vocabulary }: Lexicon,
  found: readonly Entry[],
  synset: string | undefined,
): readonly Entry[] {
  if (synset === undefined) return found;
  const place = vocabulary.placeOf(synset);
  const one = found.filter((entry) => entry.place === place);
  return one.length > 0 ? one : found;
}

/** The category of a meaning: the nearest hypernym with another name. */
function hintOf(lexicon: Lexicon, { place, word }: Entry, language: WordLanguage): string | null {
  const above = ancestors(lexicon.vocabulary, place)
    .map((each) => lexicon.wordOf(each, language))
    .find((each) => each !== '' && each.toLowerCase() !== word.toLowerCase());
  return above ?? null;
}

/** Hypernyms, nearest first. */
function ancestors({ synsets }: Vocabulary, place: number): number[] {
  const found: number[] = [];
  let level: readonly number[] = synsets[place]!.parents;
  while (level.length > 0) {
    const fresh = level.filter((each) => !found.includes(each));
    found.push(...fresh);
    level = fresh.flatMap((each) => synsets[each]!.parents);
  }
  return found;
}
