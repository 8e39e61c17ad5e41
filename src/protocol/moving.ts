import type { ErrorReport } from '../base/errors.ts';
import type { PhotoId } from './photo.ts';

/** Progress of the library's move to another space, in whichever tab does it. */
export type MoveWork =
  | { readonly state: 'idle' }
  | {
      readonly state: 'moving';
      /** Photos with a vector in the new space, and all photos. */
      readonly done: number;
      readonly total: number;
      /** `null` until the pace is known. */
      readonly secondsLeft: number | null;
      /** Loading progress of the models, in [0, 1]. */
      readonly loaded: number;
    }
  /** Paused by the user. */
  | { readonly state: 'paused'; readonly done: number; readonly total: number }
  /** All photos have moved: sealing and measuring the new index, then dropping the old space. */
  | { readonly state: 'finishing'; readonly total: number }
  /** Stopped by a global failure such as a full disk. Resuming retries. */
  | ({
      readonly state: 'stopped';
      readonly done: number;
      readonly total: number;
    } & ErrorReport);

/**
 * A photo that failed to move, or moved by its thumbnail only; the error is the photo's or its
 * original's.
 */
export interface MoveNote extends ErrorReport {
  readonly id: PhotoId;
  readonly name: string;
  /** False if the thumbnail replaced the original. */
  readonly failed: boolean;
}

/** State of the move, whether or not it is running. */
export interface MoveReport {
  /** The target space, and the spaces some photos are still in. */
  readonly target: string;
  readonly from: readonly string[];
  /** Photos that failed to move, and photos that moved by their thumbnail. */
  readonly failed: number;
  readonly reduced: number;
  /** The first notes, by photo id. */
  readonly notes: readonly MoveNote[];
}

/** Moving, served by the `import` worker, which computes the vectors. */
export interface MovingContract {
  /** Continues with what is left, unless paused. */
  wakeMove(): void;
  /** Pauses in all tabs and across restarts. */
  pauseMove(): void;
  resumeMove(): void;
  /** Retries failed photos. */
  retryMove(): void;
}
