import type { ErrorReport } from '../base/errors.ts';
import type { BackendName, BackendReport, EngineStatus } from './backends.ts';
import type { FaceFindingContract } from './faceWorkers.ts';
import type { MovingContract } from './moving.ts';
import type {
  Credit,
  ExplainedExample,
  LayerMaps,
  PairHeat,
  PhotoId,
  PictureVector,
} from './photo.ts';
import type { RegionBox } from './query.ts';

/** A file to import, with its folder and, for a sample photo, its author. */
export interface ImportFile {
  readonly file: File;
  readonly path?: string;
  readonly credit?: Credit;
}

/** An item to import that can't be opened; it is listed as a failure. */
export interface UnreadableItem extends ErrorReport {
  readonly name: string;
  /** Its folder; `''` for none. */
  readonly path: string;
  readonly code: 'unreadable-file' | 'unreadable-folder';
}

/** One item to import: a file, or a placeholder for one that can't be opened. */
export type ImportItem = ImportFile | UnreadableItem;

/** What happened to the files of one import, after all of them were processed. */
export interface ImportReport {
  /** Ids of new photos, now in the gallery and searchable. */
  readonly imported: readonly PhotoId[];
  /** Ids of photos already in the library with the same bytes; trashed ones are restored. */
  readonly duplicates: readonly PhotoId[];
  /** Ids of files that failed; `failures` has the reasons. */
  readonly failed: readonly PhotoId[];
  /** Number of files that are not photos and don't claim to be: system files, sidecars, videos. */
  readonly skipped: number;
  /** Number of files dropped because the import was cancelled. */
  readonly cancelled: number;
}

/** What happened to the files of one `stage` call. */
export interface StageReport {
  /** Ids of the new files, now waiting. */
  readonly queued: readonly PhotoId[];
  /** Ids of waiting files with the same bytes. */
  readonly waiting: readonly PhotoId[];
  /** Ids of photos already in the library with the same bytes. */
  readonly duplicates: readonly PhotoId[];
  /** The `duplicates` that were restored from the trash. */
  readonly restored: readonly PhotoId[];
  /** Ids of files rejected during staging; `failures` has the reasons. */
  readonly failed: readonly PhotoId[];
  /** As in `ImportReport`. */
  readonly skipped: number;
  /** Number of leading files of the call that are done: stored, duplicate, rejected or skipped. */
  readonly through: number;
  /** Why the rest was not staged, e.g. a full disk. */
  readonly stopped?: ErrorReport;
}

/** A failed file, recorded so that it can be inspected and retried. */
export interface ImportFailure extends ErrorReport {
  readonly id: PhotoId;
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  readonly failedAt: number;
}

/** A stored file waiting to be imported: enough to recognize it by. */
export interface WaitingFile {
  readonly id: PhotoId;
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  readonly type: string;
  readonly hash: string | undefined;
}

/** Possible outcomes for a file. Each is counted by the tab in which it happens. */
export const OUTCOMES = ['imported', 'duplicates', 'failed', 'skipped'] as const;
export type Outcome = (typeof OUTCOMES)[number];
export type Tally = Readonly<Record<Outcome, number>>;

/** One tab's contribution to an import; the import's counts are the sum over all tabs. */
export interface TabTally {
  readonly importId: string;
  /**
   * When the import began, in milliseconds since 1970; of two concurrent starts, the earlier wins.
   */
  readonly begunAt: number;
  /** Name of the tab's worker, also of the lock it holds for its lifetime. */
  readonly member: string;
  readonly tally: Tally;
  /** Files this tab has yet to store. */
  readonly unstaged: number;
}

/** An import's counts over all tabs. Broadcast about four times a second. */
export interface ImportCounts extends Tally {
  /** The same in every tab, from first file to end; see `libraryOf`. */
  readonly importId: string;
  /** Files of this import, and those done: imported, duplicate, failed or skipped. */
  readonly total: number;
  readonly done: number;
  /** Recent photos per second, and seconds left at that rate; null until known. */
  readonly rate: number | null;
  readonly secondsLeft: number | null;
}

/** Import ids start with the library's id, so messages about a deleted library can be ignored. */
export function importIn(library: string): string {
  return `${library}/${crypto.randomUUID()}`;
}

/** The library id of an import. */
export function libraryOf(importId: string): string {
  return importId.split('/', 1)[0] ?? '';
}

/** Initial counts. */
export const NO_COUNTS: ImportCounts = {
  importId: '',
  total: 0,
  done: 0,
  imported: 0,
  duplicates: 0,
  failed: 0,
  skipped: 0,
  rate: null,
  secondsLeft: null,
};

export type ImportProgress =
  | { readonly state: 'idle' }
  /** `step` is `models` while they load, else `photos`. `loaded` is in [0, 1]. */
  | ({ readonly state: 'running'; readonly step: 'models'; readonly loaded: number } & ImportCounts)
  | ({ readonly state: 'running'; readonly step: 'photos' } & ImportCounts)
  | ({ readonly state: 'paused' } & ImportCounts)
  /** Stopped by a global failure (full disk, no backend); `resume` retries. */
  | ({ readonly state: 'stopped' } & ErrorReport & ImportCounts)
  | ({ readonly state: 'done'; readonly cancelled: boolean } & ImportCounts);

/** `report` asks the importing tab for its progress. */
export type ImportCommand = 'pause' | 'resume' | 'cancel' | 'report';

/** Milliseconds spent in each stage of the import so far, for benchmarks and diagnostics. */
export interface ImportTimings {
  readonly photos: number;
  readonly wallMs: number;
  /** Summed over all inference workers. */
  readonly netMs: number;
  readonly msByStage: Readonly<Record<string, number>>;
  /** Maximum number of inference workers in use at once. */
  readonly workers: number;
}

/** Importing, served by the `import` worker. */
export interface ImportContract extends FaceFindingContract, MovingContract {
  connect(vectors: MessagePort): void;
  /**
   * Announces how many files the next `stage` calls will bring, so progress knows the total.
   * `more`: further files, not yet counted, will follow; the import stays open until a call without
   * it.
   */
  announce(files: number, more: boolean): void;
  /** Reads, checks, hashes and stores files; they are then safe and wait to be imported. */
  stage(files: readonly ImportItem[], again: boolean): StageReport;
  /** Continues what an earlier tab or visit left; resolves with the number of waiting files. */
  wake(): number;
  /** Resolves when no file is waiting any more, whichever tab imports. */
  settled(): void;
  /** Applies a user's command and broadcasts it, since all tabs share one import. */
  command(command: ImportCommand): void;
  /** Which of these staged files were imported and which failed; the rest were cancelled. */
  outcomes(ids: readonly PhotoId[]): Pick<ImportReport, 'imported' | 'failed'>;
  /** Retries failed files; `null` means all. Returns how many are queued again. */
  retry(ids: readonly PhotoId[] | null): number;
  /** Removes failed files from the list; `null` means all. */
  dismiss(ids: readonly PhotoId[] | null): void;
  /** Converts a picture the browser can't display to JPEG or PNG. */
  showable(picture: Blob): Blob;
  /** The vector of a picture that is not in the library. Stores nothing. */
  embedPicture(picture: Blob): PictureVector;
  /** The vector of a part of a photo or picture, drawn from the original. Stores nothing. */
  embedRegion(of: PhotoId | Blob, box: RegionBox): PictureVector;
  /**
   * Which parts of a photo make it similar to the most similar of some examples; `box` is the part
   * of the photo that matches. Stores nothing. Rejects with `no-feature-map` if the model in use
   * gives one vector per picture.
   */
  explain(examples: readonly ExplainedExample[], photo: PhotoId, box: RegionBox | null): PairHeat;
  /**
   * What layers of the first net of the model in use respond to on a photo. Stores nothing. Rejects
   * with `no-feature-map` if the layers of the model aren't known.
   */
  layers(photo: PhotoId): LayerMaps;
  probe(): BackendReport;
  chooseBackend(choice: BackendName | 'auto'): BackendReport;
  /** Current status without loading anything: `null` if the models are not loaded. */
  status(): EngineStatus;
  timings(): ImportTimings;
}
