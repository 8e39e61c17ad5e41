import type { AkinError } from '../base/errors.ts';
import type {
  BackendName,
  BackendReport,
  ConnectionState,
  Gallery,
  ImportFailure,
  ImportFile,
  ImportItem,
  ImportProgress,
  ImportReport,
  ImportTimings,
  IndexChoice,
  IndexQuality,
  IndexReport,
  IndexWork,
  LibraryStats,
  MeasureProgress,
  MeasureRow,
  ModelInfo,
  MoveReport,
  MoveWork,
  PeopleSearch,
  PhotoId,
  PhotoInfo,
  QuerySuggestions,
  RegionBox,
  SearchAnswer,
  Thumb,
  VectorExport,
  WordAnswer,
  WordLanguage,
  WordSuggestion,
} from '../protocol/index.ts';
import type { CallOptions } from './callOptions.ts';
import type { Faces } from './faces/facesApi.ts';
import type { ItemsApi } from './items/itemsApi.ts';
import type { LabApi } from './lab/labApi.ts';
import type { MapApi } from './map/mapApi.ts';
import type { Trial } from './models/trialApi.ts';
import type { Observable } from './observable.ts';
import type { Explain } from './queries/explain.ts';
import type { QueriesApi } from './queries/queries.ts';
import type { ColorsOf, Query } from './queries/query.ts';
import type { TeachApi } from './teaching/teach.ts';
import type { NamedVectorFile, VectorFileOptions } from './vectorFiles.ts';

/** The gallery as the page sees it; a new object on every change. */
export interface GallerySnapshot {
  /** `opening` until the store has answered, `failed` if it can't be opened. */
  readonly status: 'opening' | 'open' | 'failed';
  readonly error: AkinError | null;
  readonly length: number;
  /** (length) ids, oldest import first. Don't hold on to or modify: a view of a growing array. */
  readonly ids: Uint32Array;
  /** (length) width / height. */
  readonly aspects: Float32Array;
  /** (length) `takenAt`, NaN if unknown. */
  readonly takenAt: Float64Array;
  /** (length) `addedAt`. */
  readonly addedAt: Float64Array;
}

/** Health of the store; any state but `ok` is shown as a banner. */
export type StorageState =
  | { readonly state: ConnectionState }
  /**
   * The browser deleted the library and Akin started an empty one: `again` files are being imported
   * again; `lost` files were waiting and are no longer at hand.
   */
  | { readonly state: 'deleted'; readonly again: number; readonly lost: number }
  /** An earlier visit ended before this many of its files were stored. */
  | { readonly state: 'interrupted'; readonly files: number };

/** A one-off message that interrupts nothing. */
export interface Notice {
  readonly id: number;
  readonly code: 'search-restarted' | 'import-restarted' | 'index-rebuilt';
}

export interface EngineStats extends LibraryStats {
  /** `null` until the models are needed: browsing and searching don't load them. */
  readonly backend: BackendName | null;
  readonly tensors: number | null;
}

export interface WordOptions extends CallOptions {
  /** Language to prefer; defaults to the browser's. */
  readonly language?: WordLanguage;
  /** One meaning of an ambiguous word, as returned by `suggestWords`. */
  readonly synset?: string;
}

export interface MeasureOptions extends CallOptions {
  /** Called with the progress; `row` is the new row if there is one, else `null`. */
  readonly onProgress?: (progress: MeasureProgress, row: MeasureRow | null) => void;
}

/**
 * Moves the library to another embedding space in the background. Methods reject with an
 * `AkinError`.
 */
export interface Moving {
  /** Progress, in whichever tab does the work. */
  readonly work: Observable<MoveWork>;
  /** The spaces photos are still moving from, and the photos that failed. */
  report(): Promise<MoveReport>;
  /** Pauses until `resume`, across restarts. Search keeps working. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Retries failed photos. */
  retry(): Promise<void>;
}

/** The available embedding models. Methods reject with an `AkinError`. */
export interface Models {
  /** Incremented whenever the list may have changed, in any tab. */
  readonly version: Observable<number>;
  list(): Promise<readonly ModelInfo[]>;
  /**
   * Uses this model from now on and moves existing photos to it: see `moving`. Choosing the
   * previous model during a move reverts the move.
   */
  choose(id: string): Promise<void>;
  /** Starts adding a user model: see `Trial`. Nothing runs before its first call. */
  trial(): Trial;
  /** Deletes a user model, unless it is chosen or photos are still moving away from it. */
  remove(id: string): Promise<void>;
}

/** Akin's whole API: anything the page can do. Methods reject with an `AkinError`. */
export interface Akin {
  readonly gallery: Observable<GallerySnapshot>;
  /** The running import, in this tab or another. */
  readonly progress: Observable<ImportProgress>;
  readonly failures: Observable<readonly ImportFailure[]>;
  readonly storage: Observable<StorageState>;
  /** Whether this looks like a private window, which loses the library when closed. */
  readonly fleeting: Observable<boolean>;
  /** Dismisses the message about a deleted library or an interrupted import. */
  dismissStorage(): void;
  /** The latest notice. */
  readonly notice: Observable<Notice | null>;
  /** Index work, in this tab or another. Searches never wait for it. */
  readonly indexWork: Observable<IndexWork>;
  readonly faces: Faces;
  readonly items: ItemsApi;
  readonly moving: Moving;
  readonly models: Models;
  readonly teach: TeachApi;
  readonly map: MapApi;
  readonly lab: LabApi;

  /**
   * Resolves when the library is open and no import is running: every photo is searchable, and
   * `failures` is complete.
   */
  ready(): Promise<void>;
  /**
   * Imports files. Resolves when the import they belong to has finished or was cancelled;
   * `progress` reports it meanwhile. A file that fails doesn't reject the call; `failures` lists
   * it. Files discovered incrementally, as in a folder, can be passed in batches.
   */
  importFiles(
    files: Iterable<File | ImportFile> | AsyncIterable<readonly ImportItem[]>,
  ): Promise<ImportReport>;
  /** Imports the bundled sample photos like any other files. */
  importSamples(): Promise<ImportReport>;
  pause(): void;
  resume(): void;
  /** Cancels the import. Imported photos stay; waiting files are discarded. */
  cancel(): void;
  /** Dismisses the result of the last import in every tab: `progress` becomes `idle`. */
  dismissSummary(): void;
  retry(ids?: readonly PhotoId[]): Promise<number>;
  dismiss(ids?: readonly PhotoId[]): Promise<void>;

  /**
   * The photos most similar to one in the library, best first, at most `k` (default 60); with
   * `people`, only photos that show them.
   */
  search(
    photoId: PhotoId,
    options?: CallOptions & { readonly k?: number; readonly people?: PeopleSearch },
  ): Promise<SearchAnswer>;
  /**
   * The photos that match a word, best first, at most `k` (default 60). Accepts any WordNet noun
   * for the objects Akin knows, in English or German, singular or plural; `known` is `false` for
   * other words.
   */
  searchWord(text: string, options?: WordOptions & { readonly k?: number }): Promise<WordAnswer>;
  /** Words that start with a text, most likely first, at most 10. */
  suggestWords(text: string, options?: WordOptions): Promise<readonly WordSuggestion[]>;
  /** Names what a photo shows in one word; `null` if that isn't certain enough. */
  looksLike(id: PhotoId, options?: WordOptions): Promise<string | null>;
  /**
   * The photos that match any number of terms (photos, pictures that are not in the library, words),
   * each to be more or less like, and pass a filter. Ranked by similarity, or newest first if only
   * filters are given. Pictures are never stored.
   */
  readonly query: Query;
  /** The main colors of a photo, or of a picture that isn't in the library, largest first: at most three. */
  readonly colorsOf: ColorsOf;
  /**
   * The parts of a photo that tell most about it, as fractions of its sides: at most four, and none
   * before they have been found.
   */
  partsOf(id: PhotoId, options?: CallOptions): Promise<readonly RegionBox[]>;
  /** Recent and saved queries. */
  readonly queries: QueriesApi;
  /**
   * Which parts of a result make it similar to the query's most similar positive example: a photo,
   * a picture or a part of either. At most eight examples are compared, those of the largest
   * weights. Runs the nets on each picture, and stores nothing.
   *
   * @throws AkinError `no-feature-map` if the model in use gives one vector per picture;
   *   `invalid-argument` if no term is such an example; `not-found` for a photo that is gone
   */
  readonly explain: Explain;
  /** What a typed text may mean as a term of a query: people, things, dates, folders and so on. */
  suggest(text: string, options?: WordOptions): Promise<QuerySuggestions>;
  list(): Promise<readonly PhotoInfo[]>;
  photo(id: PhotoId): Promise<PhotoInfo>;
  /** The imported file, unmodified. */
  original(id: PhotoId): Promise<Blob>;
  /**
   * Converts a picture the browser can't display, such as HEIC in most browsers, to JPEG or PNG.
   *
   * @throws AkinError `damaged-picture`, `decoder-failed`, `decoder-missing`, …
   */
  showable(picture: Blob, options?: { readonly signal?: AbortSignal }): Promise<Blob>;
  thumbs(ids: readonly PhotoId[]): Promise<readonly Thumb[]>;

  /** Moves photos to the trash; `restore` undoes it. */
  remove(ids: readonly PhotoId[]): Promise<readonly PhotoId[]>;
  restore(ids: readonly PhotoId[]): Promise<readonly PhotoId[]>;
  trash(): Promise<Gallery>;
  /** Permanently deletes trashed photos; all of them if `ids` is omitted. */
  purge(ids?: readonly PhotoId[]): Promise<number>;
  /** Deletes everything. Can't be undone. */
  clear(): Promise<void>;

  stats(): Promise<EngineStats>;
  /** The vectors of all photos in memory, of the space that photos are compared in. */
  exportVectors(): Promise<VectorExport>;
  /**
   * The same with what is known about each photo, as a file to save. Who is in a photo is left out
   * unless it is asked for. Aborting leaves nothing behind.
   *
   * @throws AkinError `not-found` without a vector to export, `invalid-argument`, also for more than
   *   an archive can hold
   */
  exportVectors(options: VectorFileOptions): Promise<NamedVectorFile>;
  /** Which backend is in use and why the faster ones are unavailable; loads TF.js if necessary. */
  backend(): Promise<BackendReport>;
  chooseBackend(choice: BackendName | 'auto'): Promise<BackendReport>;
  timings(): Promise<ImportTimings>;

  /** The index's composition, its configured choice and its measured quality. */
  index(): Promise<IndexReport>;
  /**
   * Stores the choice and builds the index it asks for in the background; the current index answers
   * until then. Rejects with `invalid-argument` and the reason if the library can't have it.
   */
  chooseIndex(choice: IndexChoice): Promise<void>;
  /** Rebuilds the whole index in the background from the stored vectors. */
  rebuildIndex(): Promise<void>;
  /** Cancels index work in every tab; the current index stays. */
  cancelIndexWork(): Promise<void>;
  /** Compares the current index with exact search on 100 photos of the library. */
  checkIndex(options?: CallOptions): Promise<IndexQuality>;
  /** Builds every index type in turn, only to measure its recall and time. */
  measureIndexes(options?: MeasureOptions): Promise<readonly MeasureRow[]>;
}
