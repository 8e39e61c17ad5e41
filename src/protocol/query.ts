import type { Box } from '../base/boxes.ts';
import type { FilterSuggestion, PhotoFilter } from '../query/index.ts';
import type { PeopleSearch, PersonView } from './people.ts';
import type { PhotoId, SearchHit } from './photo.ts';
import type { SuggestQuery, WordLanguage, WordSuggestion } from './words.ts';

export type {
  DatePhrase,
  FilterSuggestion,
  Orientation,
  PhotoFilter,
  Range,
} from '../query/index.ts';

/** The vector of a picture that is not in the library. */
export interface PictureVector {
  readonly spaceId: string;
  /** `d` values, unit length. */
  readonly vector: Float32Array<ArrayBuffer>;
}

/** A part of a picture as seen, in fractions of its width and height. */
export type RegionBox = Box;

/** One thing to look for. Above 0, `weight` means more like this; below 0, less; 0 is ignored. */
export type QueryTerm = { readonly weight: number } & (
  | { readonly kind: 'photo'; readonly photoId: PhotoId }
  | { readonly kind: 'picture'; readonly picture: PictureVector }
  /** A part of a photo; `picture` is `null` if the photo is not in the library. */
  | {
      readonly kind: 'region';
      readonly photoId: PhotoId;
      readonly box: RegionBox;
      readonly picture: PictureVector | null;
    }
  /** What a photo shows, as typed; `synset` is one of its meanings. */
  | { readonly kind: 'word'; readonly text: string; readonly synset?: string | undefined }
);

export interface PhotoQuery {
  readonly terms: readonly QueryTerm[];
  /** Only photos that pass. */
  readonly filter: PhotoFilter;
  /** No photos that match any entry of this. */
  readonly without: PhotoFilter;
  /** Only photos that show these people; all photos if omitted. */
  readonly people?: PeopleSearch | undefined;
  /** Language of the words. */
  readonly language: WordLanguage;
  /** Number of photos to find. */
  readonly k: number;
}

/**
 * What became of a term: `gone`: the photo is not in the library or in the trash; `not-ready`: its
 * vector is not computed yet; `other-space`: a picture or word of a model that is no longer in use;
 * `unknown-word`.
 */
export type TermState = 'used' | 'gone' | 'not-ready' | 'other-space' | 'unknown-word';

export interface TermReport {
  readonly state: TermState;
  /** The word that was searched for; the nearest known one if the typed one isn't known. */
  readonly word?: string;
  /** Whether `word` is the typed one. */
  readonly exact?: boolean;
}

interface QueryResult {
  /** One per term, in order. */
  readonly terms: readonly TermReport[];
  /** Number of photos that pass all filters. */
  readonly passing: number;
  readonly searchMs: number;
  readonly codesScanned: number;
}

export type QueryAnswer =
  /** Most similar first. `pValue` and `cosine` are those of the positive term that is most similar. */
  | (QueryResult & {
      readonly ranked: true;
      readonly hits: readonly SearchHit[];
      /** Leading hits that count as answers to words; `null` unless all terms are words. */
      readonly answers: number | null;
      /** Photos that pass but can't be compared with any term, e.g. still moving to this model. */
      readonly unsearched: number;
    })
  /** Without a usable term: all photos that pass, newest first. */
  | (QueryResult & { readonly ranked: false; readonly ids: Uint32Array<ArrayBuffer> });

/** What a typed text may mean, most likely first within each kind. */
export interface QuerySuggestions {
  /** Named people, if faces are on. */
  readonly people: readonly PersonView[];
  /** What photos show. */
  readonly words: readonly WordSuggestion[];
  /** Dates, folders, file formats and file names. */
  readonly filters: readonly FilterSuggestion[];
}

/** Queries of several terms, served by the `library` worker. */
export interface QueryContract {
  /** Finds photos by any number of terms and filters. */
  query(query: PhotoQuery): QueryAnswer;
  suggest(query: SuggestQuery): QuerySuggestions;
}
