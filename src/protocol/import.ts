import type { ErrorReport } from '../base/errors.ts';
import type { BackendName, BackendReport, EngineStatus } from './backends.ts';
import type { FaceFindingContract } from './faceWorkers.ts';
import type { MovingContract } from './moving.ts';
import type { Credit, PhotoId } from './photo.ts';

/** A file to bring in, with the folder it was found in and, for a sample, who made it. */
export interface ImportFile {
  readonly file: File;
  readonly path?: string;
  readonly credit?: Credit;
}

/** Something that was to be brought in and can't be opened; it is listed as a failure. */
export interface UnreadableItem extends ErrorReport {
  readonly name: string;
  /** The folder it is in; `''` for none. */
  readonly path: string;
  readonly code: 'unreadable-file' | 'unreadable-folder';
}

/** One thing to bring in, as a drop gives them: a file, or what is there in place of one. */
export type ImportItem = ImportFile | UnreadableItem;

/** What became of the files of one import, once all of them are done with. */
export interface ImportReport {
  /** Ids of new photos, in the gallery and searchable. */
  readonly imported: readonly PhotoId[];
  /** Ids of photos the library held already: the same bytes. One from the trash is restored. */
  readonly duplicates: readonly PhotoId[];
  /** Ids of files that could not be read; `failures` says why. */
  readonly failed: readonly PhotoId[];
  /** How many files are no photos and don't claim to be: system files, sidecars, videos. */
  readonly skipped: number;
  /** How many files were given up because the import was cancelled. */
  readonly cancelled: number;
}

/** What became of the files of one `stage` call. */
export interface StageReport {
  /** Ids given to the new files, which wait their turn now. */
  readonly queued: readonly PhotoId[];
  /** Ids of files with the same bytes that wait already. */
  readonly waiting: readonly PhotoId[];
  /** Ids of photos the library held already: the same bytes. */
  readonly duplicates: readonly PhotoId[];
  /** Those of `duplicates` that were in the trash and are in the gallery again. */
  readonly restored: readonly PhotoId[];
  /** Ids of files refused at the door; `failures` says why. */
  readonly failed: readonly PhotoId[];
  /** As in `ImportReport`. */
  readonly skipped: number;
  /** The first so many files of the call are done with: stored, known, refused or skipped. */
  readonly through: number;
  /** Why the rest is not, as on a full disk. */
  readonly stopped?: ErrorReport;
}

/** A file that could not be read, kept so that it can be looked at and tried again. */
export interface ImportFailure extends ErrorReport {
  readonly id: PhotoId;
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  readonly failedAt: number;
}

/** A file that is stored and waits to be read: enough to tell which it is. */
export interface WaitingFile {
  readonly id: PhotoId;
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  readonly type: string;
  readonly hash: string | undefined;
}

/** What can become of a file of an import. Each is counted by the tab in which it happens. */
export const OUTCOMES = ['imported', 'duplicates', 'failed', 'skipped'] as const;
export type Outcome = (typeof OUTCOMES)[number];
export type Tally = Readonly<Record<Outcome, number>>;

/** What one tab has done so far for an import; the import's counts are the sum over all tabs. */
export interface TabTally {
  readonly importId: string;
  /** When the import began, in milliseconds since 1970: of two begun at once, the earlier counts. */
  readonly begunAt: number;
  /** Name of the tab's worker, under which it holds a lock for as long as it lives. */
  readonly member: string;
  readonly tally: Tally;
  /** Files that this tab has yet to store. */
  readonly unstaged: number;
}

/** Where an import stands, in all tabs together. Sent about four times a second to every tab. */
export interface ImportCounts extends Tally {
  /** The same in every tab, from the first file to the end; see `libraryOf`. */
  readonly importId: string;
  /** Files of this import, and those done with: imported, already there, failed, or skipped. */
  readonly total: number;
  readonly done: number;
  /** Photos a second over the last stretch, and the seconds left at that rate; null until known. */
  readonly rate: number | null;
  readonly secondsLeft: number | null;
}

/** An import's id begins with that of its library: what is told of one that is gone is nobody's. */
export function importIn(library: string): string {
  return `${library}/${crypto.randomUUID()}`;
}

/** The library of an import. */
export function libraryOf(importId: string): string {
  return importId.split('/', 1)[0] ?? '';
}

/** Before anything is counted. */
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
  /** `step` is `models` while they load, else `photos`. `loaded` is 0 to 1. */
  | ({ readonly state: 'running'; readonly step: 'models'; readonly loaded: number } & ImportCounts)
  | ({ readonly state: 'running'; readonly step: 'photos' } & ImportCounts)
  | ({ readonly state: 'paused' } & ImportCounts)
  /** Stopped by a failure that concerns all files (a full disk, no backend); `resume` tries again. */
  | ({ readonly state: 'stopped' } & ErrorReport & ImportCounts)
  | ({ readonly state: 'done'; readonly cancelled: boolean } & ImportCounts);

/** `report`: whoever works on the import tells how far it is. */
export type ImportCommand = 'pause' | 'resume' | 'cancel' | 'report';

/** Milliseconds spent in each stage of the import so far, for the bench and the curious. */
export interface ImportTimings {
  readonly photos: number;
  readonly wallMs: number;
  /** Of all workers of the nets together. */
  readonly netMs: number;
  readonly msByStage: Readonly<Record<string, number>>;
  /** Workers of the nets that took part, at most at a time. */
  readonly workers: number;
}

/** What the `import` worker answers: everything that brings photos in. */
export interface ImportContract extends FaceFindingContract, MovingContract {
  connect(vectors: MessagePort): void;
  /**
   * Says how many files the next `stage` calls will bring, so that progress knows its total. With
   * `more`, others that nobody has counted yet will follow: the import is not over before another
   * call without it.
   */
  announce(files: number, more: boolean): void;
  /** Reads, checks, hashes and stores files; they are then safe and wait their turn. */
  stage(files: readonly ImportItem[], again: boolean): StageReport;
  /** Goes on with what an earlier tab or session left; resolves with how many files wait. */
  wake(): number;
  /** Resolves when no file waits any more, in whichever tab it is worked on. */
  settled(): void;
  /** What a person asks for; told to the other tabs too, since the import is one. */
  command(command: ImportCommand): void;
  /** Which of these staged files were imported, and which failed; the rest were cancelled. */
  outcomes(ids: readonly PhotoId[]): Pick<ImportReport, 'imported' | 'failed'>;
  /** Tries failed files again; `null` means all. Returns how many are queued again. */
  retry(ids: readonly PhotoId[] | null): number;
  /** Forgets failed files; `null` means all. */
  dismiss(ids: readonly PhotoId[] | null): void;
  /** A JPEG or PNG made of a picture that the browser itself does not show. */
  showable(picture: Blob): Blob;
  probe(): BackendReport;
  chooseBackend(choice: BackendName | 'auto'): BackendReport;
  /** What runs now, without loading anything: `null` where the nets are not loaded. */
  status(): EngineStatus;
  timings(): ImportTimings;
}
