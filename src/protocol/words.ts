import type { PhotoId, SearchHit } from './photo.ts';

/** Languages that words are known in; each takes words of the other as well. */
export type WordLanguage = 'en' | 'de';

export interface WordQuery {
  /** As it was typed: any case, singular or plural. */
  readonly text: string;
  /** Which language's words come first where both have one, and what is answered in. */
  readonly language: WordLanguage;
  /** How many photos to find at most. */
  readonly k: number;
  /** One meaning of a word that has several: a WordNet synset, such as `n02012849`. */
  readonly synset?: string | undefined;
}

/** What a word found. */
export type WordAnswer =
  | { readonly known: false; readonly text: string }
  | {
      readonly known: true;
      readonly text: string;
      /** What is shown: the word itself, or the nearest that is known ("shoe" for "sneaker"). */
      readonly word: string;
      /** Whether `word` is what was asked for. */
      readonly exact: boolean;
      /** WordNet synsets that were searched for; several where the word means several things. */
      readonly synsets: readonly string[];
      /**
       * Best first; ties by id. `pValue`: how rarely a photo that doesn't show a word fits it this
       * well.
       */
      readonly hits: readonly SearchHit[];
      /** How many of them, from the first on, fit so well that they are an answer. */
      readonly answers: number;
      /** Photos that are in a space without words, as on their way from a user's model. */
      readonly unsearched: number;
      readonly searchMs: number;
      readonly codesScanned: number;
    };

export interface WordSuggestion {
  readonly word: string;
  readonly synset: string;
  /** What tells it from another meaning of the same word: "crane", a bird. */
  readonly hint: string | null;
  /** What is searched for in its place, where it isn't known itself. */
  readonly instead: string | null;
}

export interface SuggestQuery {
  readonly text: string;
  readonly language: WordLanguage;
}

/** What the `library` worker answers about words. */
export interface WordsContract {
  /** Rejects with `wrong-space` while the photos' vectors are of an earlier model. */
  searchWord(query: WordQuery): WordAnswer;
  suggestWords(query: SuggestQuery): readonly WordSuggestion[];
  /** What a photo shows, in a word; `null` where that isn't sure enough. */
  looksLike(id: PhotoId, language: WordLanguage): string | null;
}
