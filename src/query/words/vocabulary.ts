import { AkinError } from '../../base/errors.ts';
import { isRecord } from '../../base/isRecord.ts';

/** A WordNet synset: words of one meaning, identified by its index in the vocabulary. */
export interface Synset {
  /** WordNet 3.0 offset, such as `n02084071`. */
  readonly id: string;
  /** Indices of the direct parent synsets. */
  readonly parents: readonly number[];
  /** English, most common first. Empty if searching for it makes no sense, as for "entity". */
  readonly words: readonly string[];
  /** The model's classes at or below it, ascending. */
  readonly classes: Uint16Array;
}

/** The model's classes as synsets, with all their ancestors. The classes come first, in order. */
export interface Vocabulary {
  readonly classCount: number;
  readonly synsets: readonly Synset[];
  /** The index of a synset; -1 if it isn't in the vocabulary. */
  placeOf(id: string): number;
}

const MOST_SYNSETS = 20_000;
const MOST_WORDS = 64;
const LONGEST_WORD = 100;

export function wordsCorrupt(what: string): AkinError {
  return new AkinError(
    'model-corrupt',
    `The list of words is damaged (${what}). Reload the page; if that doesn’t help, install Akin again.`,
  );
}

export function areWords(value: unknown, most: number): value is string[] {
  return (
    Array.isArray(value) &&
    value.length <= most &&
    value.every((word) => typeof word === 'string' && word !== '' && word.length <= LONGEST_WORD)
  );
}

/** Classes below each synset. Terminates on cycles, which only invalid files have. */
function classesBelow(parents: readonly (readonly number[])[], classCount: number): number[][] {
  const below: number[][] = parents.map(() => []);
  const seenBy = new Int32Array(parents.length).fill(-1);
  const open: number[] = [];
  for (let c = 0; c < classCount; c++) {
    open.push(c);
    for (let place = open.pop(); place !== undefined; place = open.pop()) {
      if (seenBy[place] === c) continue;
      seenBy[place] = c;
      below[place]!.push(c);
      open.push(...parents[place]!);
    }
  }
  return below;
}

/**
 * Parses and validates `words.json`.
 *
 * @throws AkinError `model-corrupt`
 */
export function readVocabulary(json: unknown): Vocabulary {
  if (!isRecord(json) || json.version !== 1) throw wordsCorrupt('version');
  const { classes: classCount, synsets: rows } = json;
  if (!Array.isArray(rows) || rows.length === 0 || rows.length > MOST_SYNSETS) {
    throw wordsCorrupt('synsets');
  }
  if (!Number.isInteger(classCount) || (classCount as number) < 1) throw wordsCorrupt('classes');
  const count = classCount as number;
  if (count > rows.length) throw wordsCorrupt('classes');
  const places = new Map<string, number>();
  const parentsOf: (readonly number[])[] = [];
  const wordsOf: (readonly string[])[] = [];
  const ids: string[] = [];
  for (const row of rows as unknown[]) {
    if (!Array.isArray(row) || row.length !== 3) throw wordsCorrupt('synset');
    const [id, parents, words] = row as unknown[];
    if (typeof id !== 'string' || !/^n\d{8}$/.test(id) || places.has(id)) throw wordsCorrupt('id');
    const isPlace = (place: unknown) =>
      Number.isInteger(place) && (place as number) >= 0 && (place as number) < rows.length;
    if (!Array.isArray(parents) || parents.length > 16 || !parents.every(isPlace)) {
      throw wordsCorrupt('parents');
    }
    if (!areWords(words, MOST_WORDS)) throw wordsCorrupt('words');
    places.set(id, ids.length);
    ids.push(id);
    parentsOf.push(parents as number[]);
    wordsOf.push(words);
  }
  const below = classesBelow(parentsOf, count);
  return {
    classCount: count,
    synsets: ids.map((id, place) => ({
      id,
      parents: parentsOf[place]!,
      words: wordsOf[place]!,
      classes: Uint16Array.from(below[place]!),
    })),
    placeOf: (id) => places.get(id) ?? -1,
  };
}

/** Words by index of their synset. */
export type WordsByPlace = ReadonlyMap<number, readonly string[]>;

function readWordsById(
  words: unknown,
  vocabulary: Vocabulary,
  mostWords: number,
): Map<number, readonly string[]> {
  if (!isRecord(words)) throw wordsCorrupt('words');
  const read = new Map<number, readonly string[]>();
  for (const [id, list] of Object.entries(words)) {
    const place = vocabulary.placeOf(id);
    if (place < 0 || !areWords(list, mostWords)) throw wordsCorrupt(id.slice(0, 20));
    read.set(place, list);
  }
  return read;
}

/**
 * Parses words of another language: `de.json`.
 *
 * @throws AkinError `model-corrupt`
 */
export function readTranslation(json: unknown, vocabulary: Vocabulary): WordsByPlace {
  if (!isRecord(json) || json.version !== 1) throw wordsCorrupt('version');
  return readWordsById(json.words, vocabulary, MOST_WORDS);
}

/**
 * Parses further nouns, each under the closest synset of the vocabulary: `nouns.json`.
 *
 * @throws AkinError `model-corrupt`
 */
export function readNouns(json: unknown, vocabulary: Vocabulary): WordsByPlace {
  if (!isRecord(json) || json.version !== 1) throw wordsCorrupt('version');
  return readWordsById(json.nouns, vocabulary, 5_000);
}
