import { fold, keyOf, withoutAdjectiveEndings, withoutUmlautPairs } from './fold.ts';
import { singulars, type WordLanguage } from './singular.ts';
import type { Vocabulary, WordsByPlace } from './vocabulary.ts';

/** A word and its meaning. */
export interface Entry {
  /** As it is written. */
  readonly word: string;
  readonly folded: string;
  /** Index of its synset in the vocabulary. */
  readonly place: number;
  /** Its index among the synset's words, most common first. */
  readonly rank: number;
  readonly language: WordLanguage;
  /** Not a word of the synset but a related one: "sneaker", under "shoe". */
  readonly near: boolean;
}

const OTHER = { en: 'de', de: 'en' } as const;

/** Longer text is not looked up. */
const LONGEST_TEXT = 200;

/** All known words and their meanings. */
export class Lexicon {
  readonly vocabulary: Vocabulary;
  readonly #german: WordsByPlace;
  readonly #entries: Entry[] = [];
  readonly #known = { en: new Map<string, Entry[]>(), de: new Map<string, Entry[]>() };
  readonly #near = new Map<string, Entry[]>();

  constructor(vocabulary: Vocabulary, german: WordsByPlace) {
    this.vocabulary = vocabulary;
    this.#german = german;
    for (const [place, { words }] of vocabulary.synsets.entries()) {
      this.#add(words, place, 'en', false);
      // A synset not searchable by English words isn't searchable in other languages either.
      if (words.length > 0) this.#add(german.get(place) ?? [], place, 'de', false);
    }
  }

  /** Adds further nouns, each mapped to a related synset: see `readNouns`. */
  addNouns(nouns: WordsByPlace): void {
    for (const [place, words] of nouns) this.#add(words, place, 'en', true);
  }

  get entries(): readonly Entry[] {
    return this.#entries;
  }

  /** The name of a synset; in English if the language has no word for it. */
  wordOf(place: number, language: WordLanguage): string {
    const words = language === 'de' ? this.#german.get(place) : undefined;
    return words?.[0] ?? this.vocabulary.synsets[place]!.words[0] ?? '';
  }

  /** Whether a synset has a German word. */
  isTranslated(place: number): boolean {
    return this.#german.has(place);
  }

  /**
   * Looks up a text: entries of the most common meanings, several for an ambiguous word such as
   * "crane", none if unknown. Words of `language` come first, then those of the other language,
   * then further nouns.
   */
  find(text: string, language: WordLanguage): readonly Entry[] {
    const folded = fold(text.slice(0, LONGEST_TEXT));
    if (folded === '') return [];
    for (const each of [language, OTHER[language]]) {
      for (const key of keysFor(folded, each)) {
        const found = this.#known[each].get(key);
        if (found) return commonest(found);
      }
    }
    for (const key of keysFor(folded, 'en')) {
      const found = this.#near.get(key);
      if (found) return commonest(found);
    }
    return [];
  }

  #add(words: readonly string[], place: number, language: WordLanguage, near: boolean): void {
    const map = near ? this.#near : this.#known[language];
    for (const [rank, word] of words.entries()) {
      const folded = fold(word);
      if (folded === '') continue;
      const entry = { word, folded, place, rank, language, near };
      this.#entries.push(entry);
      const keys = new Set([keyOf(folded)]);
      if (language === 'de') keys.add(keyOf(withoutAdjectiveEndings(folded)));
      for (const key of keys) {
        const list = map.get(key);
        if (list) list.push(entry);
        else map.set(key, [entry]);
      }
    }
  }
}

/** Candidate lookup keys of a text, most likely first. */
function keysFor(folded: string, language: WordLanguage): string[] {
  const key = keyOf(folded);
  if (language === 'en') return [key, ...singulars(key, 'en')];
  const written = [folded, withoutUmlautPairs(folded)];
  const keys = written.flatMap((each) => [keyOf(each), keyOf(withoutAdjectiveEndings(each))]);
  return [...new Set([...keys, ...keys.flatMap((each) => singulars(each, 'de'))])];
}

function commonest(entries: readonly Entry[]): Entry[] {
  const least = Math.min(...entries.map(({ rank }) => rank));
  // Ranks of further nouns are alphabetical and carry no meaning.
  return entries.filter(({ rank, near }) => near || rank === least);
}
