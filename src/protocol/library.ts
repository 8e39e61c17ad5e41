import type { ExportSource } from './exporting.ts';
import type { PeopleContract } from './faceWorkers.ts';
import type { ImportFailure, WaitingFile } from './import.ts';
import type { IndexChoice, IndexQuality, IndexReport, MeasureRow } from './indexing.ts';
import type { ItemsContract } from './items.ts';
import type { MapContract } from './map.ts';
import type { ModelsContract } from './models.ts';
import type { MoveReport } from './moving.ts';
import type { PairsContract } from './pairs.ts';
import type { PeopleSearch } from './people.ts';
import type { Gallery, PhotoId, PhotoInfo, SearchHit, Thumb } from './photo.ts';
import type { QueryContract } from './query.ts';
import type { StoredQueriesContract } from './storedQueries.ts';
import type { CalibrationsContract } from './teaching.ts';
import type { WordsContract } from './words.ts';

export interface SearchQuery {
  readonly photoId: PhotoId;
  /** Number of photos to find, excluding the query itself. */
  readonly k: number;
  /** Only photos that show these people; all photos if omitted. */
  readonly people?: PeopleSearch | undefined;
}

export interface SearchAnswer {
  readonly photoId: PhotoId;
  /** Best first; ties by id. */
  readonly hits: readonly SearchHit[];
  /** Number of leading hits that are worth listing: the rest is noise. */
  readonly end: number;
  /** Milliseconds spent in the index, and number of codes scanned. */
  readonly searchMs: number;
  readonly codesScanned: number;
}

export interface LibraryStats {
  readonly photos: number;
  readonly vectors: number;
  readonly trashed: number;
  /** Whether nothing at all is stored, not even records of deleted photos. */
  readonly empty: boolean;
  readonly index: {
    readonly kind: string;
    readonly kernels: 'simd' | 'scalar';
    readonly segments: number;
    readonly bytes: number;
    readonly spaceId: string;
    readonly d: number;
  };
  /** The index of parts of photos. */
  readonly regions: { readonly photos: number; readonly bytes: number };
  /** Usage and quota in bytes as reported by the browser; 0 if it doesn't say. */
  readonly usedBytes: number;
  readonly quotaBytes: number;
  /** Whether the browser has granted persistent storage. */
  readonly persisted: boolean;
}

/** Vectors of the space that photos are compared in: the model's or the calibration's in use. */
export interface VectorExport {
  readonly spaceId: string;
  readonly d: number;
  readonly ids: Uint32Array<ArrayBuffer>;
  readonly names: readonly string[];
  /** (n × d) row-major, unit length, in the order of `ids`. Transferred. */
  readonly vectors: Float32Array<ArrayBuffer>;
}

/** How the index was opened: from its saved form, or rebuilt from the stored vectors and why. */
export interface OpenReport {
  /** Library id; a new one after the browser deleted the library. */
  readonly library: string;
  readonly photos: number;
  readonly spaceId: string;
  readonly rebuilt: string | null;
  /** Number of files an earlier visit left waiting. */
  readonly waiting: number;
  /** Number of files that closed tabs had not stored yet: they have to be added again. */
  readonly interrupted: number;
  /** Whether faces are on and the scan was not stopped. */
  readonly looksForFaces: boolean;
  /** Whether photos lack something to be made in the background: vectors of this space, dates, colors. */
  readonly moves: boolean;
  /** Whether this looks like a private window, which loses the library when closed. */
  readonly fleeting: boolean;
}

/** Queries on the existing library, served by the `library` worker. */
export interface LibraryContract
  extends PeopleContract,
    WordsContract,
    ModelsContract,
    ItemsContract,
    QueryContract,
    StoredQueriesContract,
    CalibrationsContract,
    MapContract,
    PairsContract {
  /** Opens store and index; every other call waits for it. */
  open(): OpenReport;
  /** `vectors`: a port on which the `import` worker sends new vectors. */
  connect(vectors: MessagePort): void;
  /** Checks that the library still exists. Rejects with `storage-lost` if not. */
  verify(): void;
  /** Files waiting to be imported. */
  waiting(): readonly WaitingFile[];
  /** Lists the files that were waiting in a deleted library as failed. */
  listLost(files: readonly WaitingFile[]): void;
  gallery(): Gallery;
  trash(): Gallery;
  list(): readonly PhotoInfo[];
  photo(id: PhotoId): PhotoInfo;
  original(id: PhotoId): Blob;
  /** Thumbnails of those ids that exist, in the requested order. */
  thumbs(ids: readonly PhotoId[]): readonly Thumb[];
  search(query: SearchQuery): SearchAnswer;
  /** Moves photos to the trash; returns the ids that were moved. */
  remove(ids: readonly PhotoId[]): readonly PhotoId[];
  /** Restores photos from the trash; returns the ids that were restored. */
  restore(ids: readonly PhotoId[]): readonly PhotoId[];
  /** Permanently deletes trashed photos; `null` means the whole trash. */
  purge(ids: readonly PhotoId[] | null): number;
  /** Deletes everything Akin has stored. */
  clear(): void;
  /** Files that failed to import, latest first. */
  failures(): readonly ImportFailure[];
  stats(): LibraryStats;
  exportVectors(): VectorExport;
  /** What the `export` worker needs. @param people whether named people are, too */
  exportSource(people: boolean): ExportSource;
  moveReport(): MoveReport;
  index(): IndexReport;
  /** Stores the choice and builds the index it asks for in the background. */
  chooseIndex(choice: IndexChoice): void;
  /** Rebuilds the whole index in the background. */
  rebuildIndex(): void;
  /** Cancels index work; the current index stays. */
  cancelIndexWork(): void;
  /** Compares the current index with exact search on photos of the library. */
  checkIndex(): IndexQuality;
  /** Builds each index type, only to measure it, and broadcasts each row (`measure` events). */
  measureIndexes(): readonly MeasureRow[];
}

/** A vector sent from the `import` to the `library` worker; `vector` is transferred. */
export interface VectorMessage {
  readonly id: PhotoId;
  readonly spaceId: string;
  readonly vector: Float32Array<ArrayBuffer>;
}
