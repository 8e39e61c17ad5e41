import type { ErrorReport } from '../base/errors.ts';
import type { PhotoId } from './photo.ts';

/** Where the library stands on its way to another space, in whichever tab that is worked on. */
export type MoveWork =
  /** Nothing to do. */
  | { readonly state: 'idle' }
  | {
      readonly state: 'moving';
      /** Photos that have their vector in the new space, and all photos. */
      readonly done: number;
      readonly total: number;
      /** `null` until their pace is known. */
      readonly secondsLeft: number | null;
      /** While the nets are loaded: 0 to 1. */
      readonly loaded: number;
    }
  /** A person has paused it. */
  | { readonly state: 'paused'; readonly done: number; readonly total: number }
  /** All have moved: the new index is sealed and measured, and what was before is dropped. */
  | { readonly state: 'finishing'; readonly total: number }
  /** Stopped by what concerns all photos, such as a full disk. Resuming tries again. */
  | ({
      readonly state: 'stopped';
      readonly done: number;
      readonly total: number;
    } & ErrorReport);

/** A photo that could not be moved, or only by its thumbnail; the error is the photo's or its original's. */
export interface MoveNote extends ErrorReport {
  readonly id: PhotoId;
  readonly name: string;
  /** False where the thumbnail took the original's place. */
  readonly failed: boolean;
}

/** How the library stands, whether or not anything is done about it. */
export interface MoveReport {
  /** The space that photos move to, and those that some still are in. */
  readonly target: string;
  readonly from: readonly string[];
  /** Photos that could not be moved, and photos that moved by their thumbnail. */
  readonly failed: number;
  readonly reduced: number;
  /** The first of them, by id. */
  readonly notes: readonly MoveNote[];
}

/** What the `import` worker does about moving: it makes the vectors. */
export interface MovingContract {
  /** Goes on with what is left, unless a person has paused it. */
  wakeMove(): void;
  /** Pauses it in all tabs, and over restarts. */
  pauseMove(): void;
  resumeMove(): void;
  /** Tries once more what could not be moved. */
  retryMove(): void;
}
