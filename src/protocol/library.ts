import type { PeopleContract } from './faceWorkers.ts';
import type { ImportFailure, WaitingFile } from './import.ts';
import type { IndexChoice, IndexQuality, IndexReport, MeasureRow } from './indexing.ts';
import type { ModelsContract } from './models.ts';
import type { MoveReport } from './moving.ts';
import type { PeopleSearch } from './people.ts';
import type { Gallery, PhotoId, PhotoInfo, SearchHit, Thumb } from './photo.ts';
import type { WordsContract } from './words.ts';

export interface SearchQuery {
  readonly photoId: PhotoId;
  /** How many photos to find; the query itself is not among them. */
  readonly k: number;
  /** Only photos that show these people; all without it. */
  readonly people?: PeopleSearch | undefined;
}

export interface SearchAnswer {
  readonly photoId: PhotoId;
  /** Best first; ties by id. */
  readonly hits: readonly SearchHit[];
  /** Milliseconds in the index, and how many codes it read. */
  readonly searchMs: number;
  readonly codesScanned: number;
}

export interface LibraryStats {
  readonly photos: number;
  readonly vectors: number;
  readonly trashed: number;
  /** Whether nothing at all is kept, of photos that are gone neither. */
  readonly empty: boolean;
  readonly index: {
    readonly kind: string;
    readonly kernels: 'simd' | 'scalar';
    readonly segments: number;
    readonly bytes: number;
    readonly spaceId: string;
    readonly d: number;
  };
  /** What the browser says is used and granted, in bytes; 0 where it does not say. */
  readonly usedBytes: number;
  readonly quotaBytes: number;
  /** Whether the browser promised not to evict the library. */
  readonly persisted: boolean;
}

export interface VectorExport {
  readonly spaceId: string;
  readonly d: number;
  readonly ids: Uint32Array<ArrayBuffer>;
  readonly names: readonly string[];
  /** (n × d) row-major, unit length, in the order of `ids`. Transferred. */
  readonly vectors: Float32Array<ArrayBuffer>;
}

/** How the index came up: from its saved form, or rebuilt from the stored vectors and why. */
export interface OpenReport {
  /** Id of the library: another one once the browser has deleted it. */
  readonly library: string;
  readonly photos: number;
  readonly spaceId: string;
  readonly rebuilt: string | null;
  /** Files that an earlier visit left waiting to be imported. */
  readonly waiting: number;
  /** Files of imports that tabs which are gone had not stored: they have to be added again. */
  readonly interrupted: number;
  /** Whether faces are on, and looking for them was not stopped. */
  readonly looksForFaces: boolean;
  /** Whether photos have vectors of another space, which are to be moved. */
  readonly moves: boolean;
  /** Whether this window seems to be a private one, which keeps the library only until it is closed. */
  readonly fleeting: boolean;
}

/** What the `library` worker answers: everything that is asked of a library that already exists. */
export interface LibraryContract extends PeopleContract, WordsContract, ModelsContract {
  /** Opens store and index; every other call waits for it. */
  open(): OpenReport;
  /** `vectors`: a port on which the `import` worker sends what it keeps. */
  connect(vectors: MessagePort): void;
  /** Looks whether the library is still there. Rejects with `storage-lost` where it is not. */
  verify(): void;
  /** Files that wait to be imported. */
  waiting(): readonly WaitingFile[];
  /** Lists as failed those that waited in a library that is gone. */
  listLost(files: readonly WaitingFile[]): void;
  gallery(): Gallery;
  trash(): Gallery;
  list(): readonly PhotoInfo[];
  photo(id: PhotoId): PhotoInfo;
  original(id: PhotoId): Blob;
  /** Thumbnails of those ids that exist, in the order asked. */
  thumbs(ids: readonly PhotoId[]): readonly Thumb[];
  search(query: SearchQuery): SearchAnswer;
  /** Moves photos to the trash; returns the ids that were moved. */
  remove(ids: readonly PhotoId[]): readonly PhotoId[];
  /** Brings photos back from the trash; returns the ids that came back. */
  restore(ids: readonly PhotoId[]): readonly PhotoId[];
  /** Deletes trashed photos for good; `null` means all of the trash. */
  purge(ids: readonly PhotoId[] | null): number;
  /** Deletes everything Akin ever stored. */
  clear(): void;
  /** Files that could not be imported, latest first. */
  failures(): readonly ImportFailure[];
  stats(): LibraryStats;
  exportVectors(): VectorExport;
  moveReport(): MoveReport;
  index(): IndexReport;
  /** Keeps the choice, and builds what it asks for in the background. */
  chooseIndex(choice: IndexChoice): void;
  /** Builds the whole index anew in the background. */
  rebuildIndex(): void;
  /** Ends work on the index; the one in use stays. */
  cancelIndexWork(): void;
  /** Measures the index in use against exact search, on photos of the library. */
  checkIndex(): IndexQuality;
  /** Builds each kind for the measure alone, and tells each row as it comes (`measure` events). */
  measureIndexes(): readonly MeasureRow[];
}

/** A vector on its way from the `import` to the `library` worker; `vector` is transferred. */
export interface VectorMessage {
  readonly id: PhotoId;
  readonly spaceId: string;
  readonly vector: Float32Array<ArrayBuffer>;
}
