import type { FaceKey } from './faces.ts';
import type { ImportCommand, ImportProgress, TabTally } from './import.ts';
import type { IndexWork, MeasureProgress, MeasureRow } from './indexing.ts';
import type { ListProgress } from './items.ts';
import type { LabWork } from './lab.ts';
import type { MapWork } from './map.ts';
import type { MoveWork } from './moving.ts';
import type { FaceWork } from './people.ts';
import type { PhotoId } from './photo.ts';
import type { CalibrationWork } from './teaching.ts';

/**
 * The one channel shared by the pages and workers of all tabs: library changes, import progress,
 * and requests to the importing tab.
 */
export const CHANNEL = 'akin';

/** A worker's name is `role#tab`, so it knows which tab it belongs to. */
export const TAB_SEPARATOR = '#';

/**
 * State of a store connection: `blocked` waits for another tab, `outdated` must reload, `lost` is
 * reopened.
 */
export type ConnectionState = 'ok' | 'blocked' | 'outdated' | 'lost';

export type AkinEvent =
  | {
      readonly type: 'imported';
      readonly ids: readonly PhotoId[];
      readonly aspects: readonly number[];
      /** Per photo, `null` if `takenAt` is unknown; tabs of earlier versions send neither field. */
      readonly takenAt?: readonly (number | null)[];
      readonly addedAt?: readonly number[];
    }
  | { readonly type: 'removed'; readonly ids: readonly PhotoId[] }
  | { readonly type: 'restored'; readonly ids: readonly PhotoId[] }
  | { readonly type: 'purged'; readonly ids: readonly PhotoId[] }
  | { readonly type: 'cleared' }
  /** Capture dates of existing photos were determined. */
  | {
      readonly type: 'dated';
      readonly ids: readonly PhotoId[];
      /** Per photo; omitted by tabs of earlier versions. */
      readonly takenAt?: readonly number[];
    }
  /** Colors of existing photos were determined. */
  | { readonly type: 'colored'; readonly ids: readonly PhotoId[] }
  /** The list of failed files changed. */
  | { readonly type: 'failures' }
  /** `works` is set by the importing tab and not by tabs that only add files. */
  | { readonly type: 'progress'; readonly progress: ImportProgress; readonly works?: boolean }
  | { readonly type: 'tally'; readonly tally: TabTally }
  /** The result of an import was dismissed, for all tabs. */
  | { readonly type: 'summary-dismissed'; readonly importId: string }
  | { readonly type: 'command'; readonly command: ImportCommand }
  /** The importing worker died, perhaps before its last event: read the library again. */
  | { readonly type: 'resync' }
  /** A tab staged files; the importing tab must recount. */
  | { readonly type: 'staged' }
  /** State of a worker's store connection. */
  | {
      readonly type: 'storage';
      /** The connection's tab. */
      readonly tab: string;
      /** The connection's worker role; each worker has its own connection. */
      readonly role: string;
      readonly state: ConnectionState;
    }
  /** The browser deleted library `was`; the empty library `now` replaces it. */
  | {
      readonly type: 'storage-lost';
      /** The tab whose worker noticed. */
      readonly tab: string;
      readonly was: string;
      readonly now: string;
    }
  /** Faces were detected, or detected again. */
  | {
      readonly type: 'faces';
      readonly added: readonly FaceKey[];
      readonly removed: readonly FaceKey[];
    }
  /** This tab added assertions about people. */
  | { readonly type: 'people'; readonly tab: string }
  /** This tab added assertions about items. */
  | { readonly type: 'items'; readonly tab: string }
  /** This tab changed what is said about pairs of photos, or whether marks are learned from. */
  | { readonly type: 'pairs'; readonly tab: string }
  /** Progress of a list of items that a tab is importing; `call` is its own. */
  | { readonly type: 'list-progress'; readonly call: string; readonly progress: ListProgress }
  /** Recent or saved queries changed. */
  | { readonly type: 'queries' }
  /** This tab reclustered all faces and saved the result. */
  | { readonly type: 'reclustered'; readonly tab: string }
  /** This tab's worker has a new view of faces and people. */
  | { readonly type: 'people-seen'; readonly tab: string }
  /** State of face work, sent by the tab that does it. */
  | { readonly type: 'face-work'; readonly work: FaceWork }
  /** Faces were turned on or off, the scan was stopped or resumed, or all face data was erased. */
  | { readonly type: 'faces-setting'; readonly erased: boolean }
  /** Progress of the move to another space, sent by the tab that does it. */
  | { readonly type: 'move-work'; readonly work: MoveWork }
  /** The move was paused or resumed. */
  | { readonly type: 'move-setting' }
  /** These photos now have a vector in the new space. */
  | { readonly type: 'moved'; readonly ids: readonly PhotoId[] }
  /** All photos have one; the tab that holds the index may finish the move. */
  | { readonly type: 'moved-all' }
  /** This space was dropped and must no longer be used. */
  | { readonly type: 'space-dropped'; readonly spaceId: string }
  /** Another model is in use from now on. */
  | { readonly type: 'model-chosen'; readonly id: string }
  /** A user model was added or removed. */
  | { readonly type: 'models' }
  /** A calibration was adopted or removed, or can be chosen now. */
  | { readonly type: 'calibrations' }
  /** Searches use this calibration from now on; `null` for the model's own space. */
  | { readonly type: 'calibration-chosen'; readonly id: string | null }
  /** State of work on calibrations, sent by the tab that does it. */
  | { readonly type: 'calibration-work'; readonly work: CalibrationWork }
  /** A map was laid out, or photos were placed on it. */
  | { readonly type: 'map' }
  /** State of a layout, sent by the tab that does it. */
  | { readonly type: 'map-work'; readonly work: MapWork }
  /** Requests the tab that does a layout to cancel it. */
  | { readonly type: 'map-cancel' }
  /** What this tab's Lab is doing. */
  | { readonly type: 'lab-work'; readonly tab: string; readonly work: LabWork }
  /** The user is viewing this photo. */
  | { readonly type: 'viewed'; readonly id: PhotoId }
  /** Index work started, progressed or ended; sent by the tab that does it. */
  | { readonly type: 'index-work'; readonly work: IndexWork }
  /** Requests the tab working on the index to cancel. */
  | { readonly type: 'index-cancel' }
  /**
   * Progress of "measure my library" in the tab that asked; `row` is set when a new row is ready.
   */
  | {
      readonly type: 'measure';
      readonly tab: string;
      readonly progress: MeasureProgress;
      readonly row: MeasureRow | null;
    }
  /** A one-off message that interrupts nothing, such as a rebuilt index. */
  | { readonly type: 'notice'; readonly code: 'index-rebuilt' };
