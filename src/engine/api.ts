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
  SearchAnswer,
  Thumb,
  VectorExport,
  WordAnswer,
  WordLanguage,
  WordSuggestion,
} from '../protocol/index.ts';
import type { CallOptions } from './callOptions.ts';
import type { Faces } from './facesApi.ts';
import type { Observable } from './observable.ts';
import type { Trial } from './trialApi.ts';

/** The photos of the gallery as the page sees them; a new object at every change. */
export interface GallerySnapshot {
  /** `opening` until the store has answered, `failed` when it can't be opened. */
  readonly status: 'opening' | 'open' | 'failed';
  readonly error: AkinError | null;
  readonly length: number;
  /** (length) ids, oldest import first. Do not keep or change: a view of a growing array. */
  readonly ids: Uint32Array;
  /** (length) width / height of each. */
  readonly aspects: Float32Array;
  /** (length) `takenAt` of each, NaN where it is not known. */
  readonly takenAt: Float64Array;
  /** (length) `addedAt` of each. */
  readonly addedAt: Float64Array;
}

/** Whether the store is well; anything else is shown as a banner. */
export type StorageState =
  | { readonly state: ConnectionState }
  /**
   * The browser has deleted the library, and Akin has begun an empty one: `again` files are being
   * imported again, `lost` waited and are not at hand any more.
   */
  | { readonly state: 'deleted'; readonly again: number; readonly lost: number }
  /** An earlier visit ended before so many files that it was given were stored. */
  | { readonly state: 'interrupted'; readonly files: number };

/** Something worth telling once, that stops nothing. */
export interface Notice {
  readonly id: number;
  readonly code: 'search-restarted' | 'import-restarted' | 'index-rebuilt';
}

export interface EngineStats extends LibraryStats {
  /** `null` until something asked for the nets: they are not loaded to browse and search. */
  readonly backend: BackendName | null;
  readonly tensors: number | null;
}

export interface WordOptions extends CallOptions {
  /** Which language’s words come first; the browser’s without it. */
  readonly language?: WordLanguage;
  /** One meaning of a word that has several, as `suggestWords` tells them. */
  readonly synset?: string;
}

export interface MeasureOptions extends CallOptions {
  /** Told how far it is; `row` as soon as there is a new one, else `null`. */
  readonly onProgress?: (progress: MeasureProgress, row: MeasureRow | null) => void;
}

/** Moving the library to another space, in the background. Methods reject with an `AkinError`. */
export interface Moving {
  /** How far it is, in whichever tab it is worked on. */
  readonly work: Observable<MoveWork>;
  /** From which spaces photos are still moving, and what could not be moved. */
  report(): Promise<MoveReport>;
  /** Until `resume`, also over restarts. Search goes on as it is. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Tries once more what could not be moved. */
  retry(): Promise<void>;
}

/** The models that photos can be seen with. Methods reject with an `AkinError`. */
export interface Models {
  /** Counts up whenever the list may have changed, in whichever tab. */
  readonly version: Observable<number>;
  list(): Promise<readonly ModelInfo[]>;
  /**
   * Photos are seen with this model from now on, and those that are there move to it: see `moving`.
   * During a move from one model to another, choosing the former one takes the move back.
   */
  choose(id: string): Promise<void>;
  /** Begins with a model that is to be brought: see `Trial`. Nothing runs before its first call. */
  trial(): Trial;
  /** Deletes a user's model, unless it is chosen or photos are still moving away from it. */
  remove(id: string): Promise<void>;
}

/** Everything a person can do with Akin. Methods reject with an `AkinError`. */
export interface Akin {
  readonly gallery: Observable<GallerySnapshot>;
  /** The running import, wherever it runs: this tab or another. */
  readonly progress: Observable<ImportProgress>;
  readonly failures: Observable<readonly ImportFailure[]>;
  readonly storage: Observable<StorageState>;
  /** Whether this seems to be a private window, which keeps the library only until it is closed. */
  readonly fleeting: Observable<boolean>;
  /** A person has read that the library was deleted, or an import was interrupted. */
  dismissStorage(): void;
  /** The last thing worth telling that stops nothing. */
  readonly notice: Observable<Notice | null>;
  /** Work on the index, wherever it is done: this tab or another. No search waits for it. */
  readonly indexWork: Observable<IndexWork>;
  readonly faces: Faces;
  readonly moving: Moving;
  readonly models: Models;

  /**
   * Resolves when the library is open and no import is running: all of it can be searched, and
   * `failures` is complete.
   */
  ready(): Promise<void>;
  /**
   * Brings files in. Resolves when the import they are part of is done or cancelled; `progress`
   * tells of it meanwhile. What a file's failure is, `failures` says; it rejects nothing. What is
   * found little by little, as in a folder, may come in batches.
   */
  importFiles(
    files: Iterable<File | ImportFile> | AsyncIterable<readonly ImportItem[]>,
  ): Promise<ImportReport>;
  /** The pictures that come with the app, brought in like any others. */
  importSamples(): Promise<ImportReport>;
  pause(): void;
  resume(): void;
  /** Stops the import; what is kept stays, what waits is forgotten. */
  cancel(): void;
  /** Puts away the result of the last import, in every tab: `progress` is `idle` again. */
  dismissSummary(): void;
  retry(ids?: readonly PhotoId[]): Promise<number>;
  dismiss(ids?: readonly PhotoId[]): Promise<void>;

  /**
   * The photos most like one of the library, best first, at most `k` (default 60); with `people`, only
   * among those that show them.
   */
  search(
    photoId: PhotoId,
    options?: CallOptions & { readonly k?: number; readonly people?: PeopleSearch },
  ): Promise<SearchAnswer>;
  /**
   * The photos that show what a word means, best first, at most `k` (default 60). Any word of WordNet's
   * for the things Akin knows, in English or German, singular or plural; `known` is `false` for others.
   */
  searchWord(text: string, options?: WordOptions & { readonly k?: number }): Promise<WordAnswer>;
  /** Words that begin as a text does, the likeliest first, at most 8. */
  suggestWords(text: string, options?: WordOptions): Promise<readonly WordSuggestion[]>;
  /** What a photo shows, in a word; `null` where that isn’t sure enough. */
  looksLike(id: PhotoId, options?: WordOptions): Promise<string | null>;
  list(): Promise<readonly PhotoInfo[]>;
  photo(id: PhotoId): Promise<PhotoInfo>;
  /** The file as it came in. */
  original(id: PhotoId): Promise<Blob>;
  /**
   * A JPEG or PNG made of a picture that the browser itself does not show, as of HEIC most do not.
   *
   * @throws AkinError `damaged-picture`, `decoder-failed`, `decoder-missing`, …
   */
  showable(picture: Blob, options?: { readonly signal?: AbortSignal }): Promise<Blob>;
  thumbs(ids: readonly PhotoId[]): Promise<readonly Thumb[]>;

  /** Moves photos to the trash. `restore` undoes it. */
  remove(ids: readonly PhotoId[]): Promise<readonly PhotoId[]>;
  restore(ids: readonly PhotoId[]): Promise<readonly PhotoId[]>;
  trash(): Promise<Gallery>;
  /** Deletes trashed photos for good; all of them without `ids`. */
  purge(ids?: readonly PhotoId[]): Promise<number>;
  /** Deletes everything. Not undone. */
  clear(): Promise<void>;

  stats(): Promise<EngineStats>;
  exportVectors(): Promise<VectorExport>;
  /** Which backend runs and why the better ones do not; loads TF.js if it is not loaded yet. */
  backend(): Promise<BackendReport>;
  chooseBackend(choice: BackendName | 'auto'): Promise<BackendReport>;
  timings(): Promise<ImportTimings>;

  /** What the index is made of, what was chosen for it, and how good it is. */
  index(): Promise<IndexReport>;
  /**
   * Keeps the choice, and builds what it asks for in the background; the index in use answers until
   * then. Rejects with `invalid-argument` where the library can't have it, saying why.
   */
  chooseIndex(choice: IndexChoice): Promise<void>;
  /** Builds the whole index anew in the background, from the stored vectors. */
  rebuildIndex(): Promise<void>;
  /** Ends work on the index, in whichever tab; the index in use stays. */
  cancelIndexWork(): Promise<void>;
  /** Measures the index in use against exact search, on 100 photos of the library. */
  checkIndex(options?: CallOptions): Promise<IndexQuality>;
  /** Builds every kind in turn, for the measure alone, and gives its recall and time. */
  measureIndexes(options?: MeasureOptions): Promise<readonly MeasureRow[]>;
}
