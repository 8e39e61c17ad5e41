import type { PhotoId, SearchHit } from './photo.ts';

/** Languages with word lists; each also accepts words of the other. */
export type WordLanguage = 'en' | 'de';

export interface WordQuery {
  /** As typed: any case, singular or plural. */
  readonly text: string;
  /** Language to prefer for words that exist in both, and to answer in. */
  readonly language: WordLanguage;
  /** Maximum number of photos to find. */
  readonly k: number;
  /** One meaning of an ambiguous word: a WordNet synset such as `n02012849`. */
  readonly synset?: string | undefined;
}

/** The result of a word search. */
export type WordAnswer =
  | { readonly known: false; readonly text: string }
  | {
      readonly known: true;
      readonly text: string;
      /** The matched word: the query itself or the nearest known word ("shoe" for "sneaker"). */
      readonly word: string;
      /** Whether `word` is the query. */
      readonly exact: boolean;
      /** The WordNet synsets searched for; several if the word is ambiguous. */
      readonly synsets: readonly string[];
      /**
       * Best first; ties by id. `pValue`: how rarely a photo that doesn't show a word matches it
       * this well.
       */
      readonly hits: readonly SearchHit[];
      /** Number of leading hits that match well enough to count as answers. */
      readonly answers: number;
      /** Photos in a space without words, e.g. still moving from a user model. */
      readonly unsearched: number;
      readonly searchMs: number;
      readonly codesScanned: number;
    };

export interface WordSuggestion {
  readonly word: string;
  readonly synset: string;
  /** Disambiguates meanings of the same word: "crane", a bird. */
  readonly hint: string | null;
  /** The known word searched for instead, if this one isn't known. */
  readonly instead: string | null;
}

export interface SuggestQuery {
  readonly text: string;
  readonly language: WordLanguage;
}

/** Words, served by the `library` worker. */
export interface WordsContract {
  /** Rejects with `wrong-space` while the photos' vectors are of an earlier model. */
  searchWord(query: WordQuery): WordAnswer;
  suggestWords(query: SuggestQuery): readonly WordSuggestion[];
  /** Names what a photo shows in one word; `null` if that isn't certain enough. */
  looksLike(id: PhotoId, language: WordLanguage): string | null;
}
