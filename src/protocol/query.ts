import type { Box } from '../base/boxes.ts';
import type { ColorDescriptor } from '../base/colors/descriptor.ts';
import type { ErrorReport } from '../base/errors.ts';
import type { ColorShare, FilterSuggestion, PhotoFilter } from '../query/index.ts';
import type { ItemSearch, ItemView } from './items.ts';
import type { PeopleSearch, PersonView } from './people.ts';
import type { PhotoId, PictureVector, SearchHit } from './photo.ts';
import type { SuggestQuery, WordLanguage, WordSuggestion } from './words.ts';

export type {
  ColorShare,
  DatePhrase,
  FilterSuggestion,
  Orientation,
  PhotoFilter,
  Range,
} from '../query/index.ts';
export { LOOK_ALIKE_CHANCE } from '../query/index.ts';

/** A part of a picture as seen, in fractions of its width and height. */
export type RegionBox = Box;

/** One thing to look for. Above 0, `weight` means more like this; below 0, less; 0 is ignored. */
export type QueryTerm = { readonly weight: number } & (
  | { readonly kind: 'photo'; readonly photoId: PhotoId; readonly colorWeight?: ColorWeight }
  /** All photos of an item together. */
  | { readonly kind: 'item'; readonly item: string }
  | {
      readonly kind: 'picture';
      readonly picture: PictureVector;
      readonly colorWeight?: ColorWeight;
    }
  /** One to three colors, and how much of the photo each should cover, relative to the others. */
  | { readonly kind: 'color'; readonly colors: readonly ColorShare[] }
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

/** How much the colors of an example count beside what it shows: 0 to 1, 0.1 by default. */
export type ColorWeight = number | undefined;

export interface PhotoQuery {
  readonly terms: readonly QueryTerm[];
  /** Only photos that pass. */
  readonly filter: PhotoFilter;
  /** No photos that match any entry of this. */
  readonly without: PhotoFilter;
  /** Only photos that show these people; all photos if omitted. */
  readonly people?: PeopleSearch | undefined;
  /** Only photos that show these items; all photos if omitted. */
  readonly items?: ItemSearch | undefined;
  /** Language of the words. */
  readonly language: WordLanguage;
  /** Number of photos to find. */
  readonly k: number;
  /** Also groups the results by the item or the people that they show. */
  readonly groupBy?: GroupBy | undefined;
}

/** What each result is: a photo, or all photos found of an item or a person. */
export const GROUPS = ['photo', 'item', 'person'] as const;
export type GroupBy = (typeof GROUPS)[number];

/** The photos found of an item or a person, in the order of the results. */
export type ResultGroup = { readonly photos: readonly PhotoId[] } & (
  | { readonly item: ItemView; readonly person?: undefined }
  | { readonly person: PersonView; readonly item?: undefined }
);

/**
 * What became of a term: `gone`: the photo is not in the library or in the trash, or no
 * photo shows the item; `not-ready`: its
 * vector is not computed yet; `other-space`: a picture or word of a model that is no longer in use;
 * `unknown-word`; `unreadable`: a picture that can't be opened, as `error` says.
 */
export type TermState =
  | 'used'
  | 'gone'
  | 'not-ready'
  | 'other-space'
  | 'unknown-word'
  | 'unreadable';

export interface TermReport {
  readonly state: TermState;
  /** The word that was searched for; the nearest known one if the typed one isn't known. */
  readonly word?: string;
  /** Whether `word` is the typed one. */
  readonly exact?: boolean;
  readonly error?: ErrorReport;
}

interface QueryResult {
  /** One per term, in order. */
  readonly terms: readonly TermReport[];
  /** Number of photos that pass all filters. */
  readonly passing: number;
  readonly searchMs: number;
  readonly codesScanned: number;
  /** The group of the best photo first, as asked for with `groupBy`. */
  readonly groups?: readonly ResultGroup[];
}

export type QueryAnswer =
  /**
   * Most similar first. `pValue` and `cosine` are those of the positive term that is most similar.
   * If only colors count, `cosine` is how well a photo matches them, from 0 to 1, and `pValue` the
   * part of the photos that match them at least as well.
   */
  | (QueryResult & {
      readonly ranked: true;
      readonly hits: readonly SearchHit[];
      /** Leading hits that count as answers; `null` unless all terms are words and colors. */
      readonly answers: number | null;
      /**
       * Number of leading hits that are worth listing: the answers, if there are any, or those that
       * are more than noise. All, if there is nothing to be like.
       */
      readonly end: number;
      /** Photos that pass but can't be compared with any term, e.g. still moving to this model. */
      readonly unsearched: number;
    })
  /** Without a usable term: all photos that pass, newest first. */
  | (QueryResult & { readonly ranked: false; readonly ids: Uint32Array<ArrayBuffer> });

/** What a typed text may mean, most likely first within each kind. */
export interface QuerySuggestions {
  /** Named people, if faces are on. */
  readonly people: readonly PersonView[];
  readonly items: readonly ItemView[];
  /** What photos show. */
  readonly words: readonly WordSuggestion[];
  /** Dates, folders, file formats and file names. */
  readonly filters: readonly FilterSuggestion[];
}

/** Queries of several terms, served by the `library` worker. */
export interface QueryContract {
  /** Finds photos by any number of terms and filters. */
  query(query: PhotoQuery): QueryAnswer;
  /**
   * The colors of a photo; `null` if they aren't known yet, or there are none.
   *
   * @throws AkinError `not-found`
   */
  colorsOf(id: PhotoId): ColorDescriptor | null;
  /**
   * The parts of a photo that tell most about it, those that have been found: at most four.
   *
   * @throws AkinError `not-found`
   */
  partsOf(id: PhotoId): readonly RegionBox[];
  suggest(query: SuggestQuery): QuerySuggestions;
}
