import type { FaceKey } from './faces.ts';
import type { ImportCommand, ImportProgress, TabTally } from './import.ts';
import type { IndexWork, MeasureProgress, MeasureRow } from './indexing.ts';
import type { MoveWork } from './moving.ts';
import type { FaceWork } from './people.ts';
import type { PhotoId } from './photo.ts';

/**
 * One channel that every page and worker of every tab hears: what changes in the library, how the
 * import goes, and what a tab asks of the tab that imports.
 */
export const CHANNEL = 'akin';

/** The page names its workers `role#tab`, so that they know which tab they belong to. */
export const TAB_SEPARATOR = '#';

/** A connection to the store: `blocked` waits for another tab, `outdated` must reload, `lost` is made anew. */
export type ConnectionState = 'ok' | 'blocked' | 'outdated' | 'lost';

export type AkinEvent =
  | {
      readonly type: 'imported';
      readonly ids: readonly PhotoId[];
      readonly aspects: readonly number[];
      /** Of each photo, `null` where `takenAt` is not known; tabs of earlier versions tell neither. */
      readonly takenAt?: readonly (number | null)[];
      readonly addedAt?: readonly number[];
    }
  | { readonly type: 'removed'; readonly ids: readonly PhotoId[] }
  | { readonly type: 'restored'; readonly ids: readonly PhotoId[] }
  | { readonly type: 'purged'; readonly ids: readonly PhotoId[] }
  | { readonly type: 'cleared' }
  /** It has come out when these photos of before were taken. */
  | {
      readonly type: 'dated';
      readonly ids: readonly PhotoId[];
      /** Of each photo; tabs of earlier versions don't tell. */
      readonly takenAt?: readonly number[];
    }
  /** The list of failed files changed. */
  | { readonly type: 'failures' }
  /** `works`: told by the tab that works on the files, not by one that only adds some. */
  | { readonly type: 'progress'; readonly progress: ImportProgress; readonly works?: boolean }
  | { readonly type: 'tally'; readonly tally: TabTally }
  /** A person has put away the result of an import, for all tabs. */
  | { readonly type: 'summary-dismissed'; readonly importId: string }
  | { readonly type: 'command'; readonly command: ImportCommand }
  /** The importing worker died, perhaps before its last event: read the library again. */
  | { readonly type: 'resync' }
  /** Files were staged by a tab; whoever works on the import counts anew. */
  | { readonly type: 'staged' }
  /** How a worker's connection to the store is. */
  | {
      readonly type: 'storage';
      /** The tab whose connection it is. */
      readonly tab: string;
      /** The worker whose connection it is; each has its own. */
      readonly role: string;
      readonly state: ConnectionState;
    }
  /** The browser has deleted the library `was`; `now` takes its place, and is empty. */
  | {
      readonly type: 'storage-lost';
      /** The tab whose worker found it so. */
      readonly tab: string;
      readonly was: string;
      readonly now: string;
    }
  /** Faces were found, or found anew. */
  | {
      readonly type: 'faces';
      readonly added: readonly FaceKey[];
      readonly removed: readonly FaceKey[];
    }
  /** Something was said of people, by this tab. */
  | { readonly type: 'people'; readonly tab: string }
  /** This tab has reclustered all faces, and saved what came of it. */
  | { readonly type: 'reclustered'; readonly tab: string }
  /** What this tab's worker knows of faces and people has changed. */
  | { readonly type: 'people-seen'; readonly tab: string }
  /** What is done about faces: told by the tab that does it. */
  | { readonly type: 'face-work'; readonly work: FaceWork }
  /** Faces were turned on or off, looking was stopped or goes on, all of it was erased. */
  | { readonly type: 'faces-setting'; readonly erased: boolean }
  /** How far the library has moved to another space: told by the tab that works on it. */
  | { readonly type: 'move-work'; readonly work: MoveWork }
  /** Moving was paused, or goes on. */
  | { readonly type: 'move-setting' }
  /** These photos have a vector in the new space now. */
  | { readonly type: 'moved'; readonly ids: readonly PhotoId[] }
  /** All photos have: whoever has the index may finish. */
  | { readonly type: 'moved-all' }
  /** This space is dropped: nobody is to use it any more. */
  | { readonly type: 'space-dropped'; readonly spaceId: string }
  /** Photos are seen with another model from now on. */
  | { readonly type: 'model-chosen'; readonly id: string }
  /** A user's model was added or removed. */
  | { readonly type: 'models' }
  /** A person looks at this photo. */
  | { readonly type: 'viewed'; readonly id: PhotoId }
  /** Work on the index began, went on or ended: told by the tab that does it. */
  | { readonly type: 'index-work'; readonly work: IndexWork }
  /** Whoever works on the index is to end it. */
  | { readonly type: 'index-cancel' }
  /** How far "measure my library" is, in the tab that asked; `row` as soon as there is one. */
  | {
      readonly type: 'measure';
      readonly tab: string;
      readonly progress: MeasureProgress;
      readonly row: MeasureRow | null;
    }
  /** Something worth telling that stops nothing, such as an index rebuilt. */
  | { readonly type: 'notice'; readonly code: 'index-rebuilt' };
