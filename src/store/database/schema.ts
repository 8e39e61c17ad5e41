import type { DBSchema, IDBPDatabase } from 'idb';
import type { ErrorCode, ErrorDetails, ErrorReport } from '../../base/errors.ts';
import type {
  CalibrationInfo,
  Credit,
  DateSource,
  FaceInfo,
  FaceKey,
  PhotoId,
} from '../../protocol/index.ts';
import type { StoredOriginal } from '../photos/storedOriginal.ts';

/** Name of the database. */
export const DATABASE = 'akin';

/**
 * A photo of the library. It exists if and only if this row does: its original, thumbnail and
 * vector are written no later than the row, and deleted with it.
 */
export interface PhotoRow {
  /** The id of its import job. */
  readonly id: PhotoId;
  /** SHA-256 of the original's bytes, 64 lower-case hex digits. */
  readonly hash: string;
  readonly name: string;
  readonly path: string;
  readonly type: string;
  readonly bytes: number;
  /** Pixels, after EXIF orientation. */
  readonly width: number;
  readonly height: number;
  readonly thumbWidth: number;
  readonly thumbHeight: number;
  /** Milliseconds since 1970. */
  readonly addedAt: number;
  /** As in `PhotoInfo`; absent on photos from before dates were read. */
  readonly takenAt?: number;
  readonly dateSource?: DateSource;
  /** Replaces a `dateSource` of `file`, in rows from before that field. */
  readonly fileDated?: true;
  /** When it was moved to the trash; absent otherwise, so its index holds only the trash. */
  readonly deletedAt?: number;
  readonly credit?: Credit;
  /** As in `PhotoInfo`; absent on photos from before they were recorded. */
  readonly endMissing?: true;
  readonly backdrop?: string;
}

/** A file that is being imported, or whose import failed. */
export interface JobRow {
  readonly id: PhotoId;
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  readonly type: string;
  /** Absent if its bytes could not be read at all. */
  readonly hash?: string;
  readonly credit?: Credit;
  /** As in `PhotoInfo`. */
  readonly takenAt?: number;
  readonly dateSource?: DateSource;
  /** Replaces a `dateSource` of `file`, in rows from before that field. */
  readonly fileDated?: true;
  readonly state: 'queued' | 'failed';
  /** Attempts started: identifies a file that crashes its worker. */
  readonly attempts: number;
  readonly code?: ErrorCode;
  readonly message?: string;
  readonly details?: ErrorDetails;
  readonly addedAt: number;
  readonly failedAt?: number;
  /** Whether the original's bytes are stored; a retry needs them. */
  readonly stored: boolean;
}

/** A sealed segment of an index, as listed in its manifest. The bytes carry their own CRC-32. */
export interface SegmentEntry {
  /** Key in `segments`. */
  readonly id: number;
  readonly kind: string;
  readonly formatVersion: number;
  readonly byteLength: number;
  /** Name of the file of its full-precision vectors, if any: see `VectorFiles`. */
  readonly vectorFile?: string;
}

/** Whether a space holds vectors of photos or of faces. */
export type VectorOwner = 'photos' | 'faces';

/** The sealed part of one space's index. */
export interface ManifestRow {
  readonly spaceId: string;
  /** Incremented at each seal; detects concurrent seals of two tabs. */
  readonly generation: number;
  readonly segments: readonly SegmentEntry[];
  /** Owner of its vectors, if known: can't be derived once all of them are gone. */
  readonly holds?: VectorOwner;
  /**
   * Permanently deleted ids that none of its segments holds any more, though those of another space
   * may: their tombstones are no longer for this space.
   */
  readonly without?: readonly number[];
  /** Milliseconds since 1970. */
  readonly savedAt: number;
}

/** A face of a photo. It exists if and only if this row does, as a photo does. */
export type FaceRow = FaceInfo;

/** A scan of a photo for faces, even if it found none. */
export interface FaceScanRow {
  /** Models and settings of the scan, as one word. */
  readonly version: string;
  /** Faces found and stored. */
  readonly faces: number;
  /** Faces found above the limit. */
  readonly leftOut: number;
  /** Why the scan failed, if it did; earlier faces stay. */
  readonly failed?: ErrorCode;
}

/**
 * Which derived data a photo has, by the version that derived it; an absent field means missing.
 * Rows come with new photos, and over time for older ones: see `Ledger`.
 */
export interface LedgerRow {
  /** Version of the date reader that ran, whether or not it found a date. */
  readonly date?: number;
  /** The space of its newest vector. */
  readonly vector?: string;
  /** The space of the model that predicted its classes. */
  readonly classes?: string;
  /** Version of the color descriptor that was made, or tried: see `COLORS_VERSION`. */
  readonly colors?: number;
  /** Why vector and classes come from the thumbnail: the original is missing or unreadable. */
  readonly reduced?: ErrorCode;
  /** Why making a vector for a space failed. */
  readonly failed?: { readonly space: string } & ErrorReport;
  /** When its page was last opened, in milliseconds since 1970: recent ones are derived first. */
  readonly viewedAt?: number;
}

/** An entry of the log of people or items: plain data of which only the id is known here. */
export interface LogEntryRow {
  readonly id: number;
}

/** The codes of a space's regions, saved so that opening needn't train them. */
export interface RegionIndexRow {
  /** (n) photo ids, uint32: row `4 · i + r + 1` of the index is part `r` of photo `i`. */
  readonly photos: ArrayBuffer;
  /** (8 n) their views, `x, y, width, height` in steps of 1/255, and their four windows. */
  readonly places: ArrayBuffer;
  /** A container of `ann/format`. */
  readonly codes: ArrayBuffer;
}

/** A model provided by the user. What its reader validates is `unknown` here. */
export interface UserModelRow {
  readonly id: string;
  readonly title: string;
  readonly spaceId: string;
  /** Dimensions of its vectors. */
  readonly d: number;
  /** Size of its files. */
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly addedAt: number;
  /** How to run the model: `NetSpec`. */
  readonly spec: unknown;
  /** Meaning of its cosines: `CalibrationTable`. */
  readonly calibration: unknown;
}

/** What was learned, adopted as a space. What its reader validates is `unknown` here. */
export interface CalibrationRow
  extends Pick<
    CalibrationInfo,
    'title' | 'method' | 'weight' | 'baseSpaceId' | 'spaceId' | 'd' | 'addedAt'
  > {
  /** 12 hexadecimal digits: the start of the SHA-256 of `bytes`. */
  readonly id: string;
  /** Saved form of the calibration. */
  readonly bytes: ArrayBuffer;
  /**
   * Meaning of its cosines, a `CalibrationTable`; absent until every photo has its vector and the
   * index is sealed. Only then it can be chosen.
   */
  readonly odds?: unknown;
}

/** Places of photos on the map of a space; see `SavedMap`. What its reader validates is `unknown` here. */
export interface MapRow {
  readonly ids: ArrayBuffer;
  readonly positions: ArrayBuffer;
  readonly clusters: ArrayBuffer;
  readonly clusterList: unknown;
  readonly laidOutAt: number;
  readonly placed: ArrayBuffer;
}

/** A query on disk. Whoever reads it validates its terms. */
export interface QueryRow {
  readonly id: string;
  /** Given by the user to a query that is to stay; absent on recent ones. */
  readonly name?: string;
  /** When it was last used, in milliseconds since 1970. */
  readonly at: number;
  readonly terms: unknown;
  readonly groupBy?: unknown;
}

/**
 * Key of space data: the ids of a space form one range, in order. A space holds vectors of photos
 * or of faces, never both, and their id ranges are disjoint: see `isFaceKey`.
 */
export type SpaceKey = [spaceId: string, id: PhotoId | FaceKey];

/** The whole database. Keys of `photos` and `jobs` are inline, all others out of line. */
export interface AkinSchema extends DBSchema {
  photos: {
    key: PhotoId;
    value: PhotoRow;
    indexes: { byHash: string; byDeletedAt: number };
  };
  /** Written when a file is enqueued, before it is embedded; see `Jobs.stage`. */
  originals: { key: PhotoId; value: StoredOriginal };
  /** WebP. */
  thumbs: { key: PhotoId; value: ArrayBuffer };
  /** `d` float32, little-endian, unit length. */
  vectors: { key: SpaceKey; value: ArrayBuffer };
  /** Ids come from the store's key generator, which never reuses one, even after `clear`. */
  jobs: {
    key: PhotoId;
    value: JobRow;
    indexes: { byState: [string, number]; byHash: string };
  };
  /** Sealed segments: container blobs of `ann/format`. */
  segments: { key: number; value: ArrayBuffer };
  manifest: { key: string; value: ManifestRow };
  /** Vectors not in any sealed segment yet. */
  delta: { key: SpaceKey; value: true };
  /**
   * Photos and faces that must not be found although a segment may hold them: trashed or deleted.
   */
  tombstones: { key: PhotoId | FaceKey; value: true };
  /** Settings and marks, by name. The reader validates values. */
  meta: { key: string; value: unknown };
  /** Keys come from the store's key generator, which starts above all photo ids. */
  faces: {
    key: FaceKey;
    value: FaceRow;
    indexes: { byPhoto: PhotoId; byFaceId: string };
  };
  /** The aligned face, 150 × 150 pixels, WebP. */
  chips: { key: FaceKey; value: ArrayBuffer };
  faceScans: { key: PhotoId; value: FaceScanRow };
  peopleLog: { key: number; value: LogEntryRow };
  itemLog: { key: number; value: LogEntryRow };
  pairLog: { key: number; value: LogEntryRow };
  /** Vectors of parts of photos: see `encodeRegions`. */
  regions: { key: SpaceKey; value: ArrayBuffer };
  regionIndexes: { key: string; value: RegionIndexRow };
  /** The most likely classes of a photo: see `encodeClasses`. */
  classes: { key: PhotoId; value: ArrayBuffer };
  ledger: {
    key: PhotoId;
    value: LedgerRow;
    /** Rows with a failure, and rows derived from the thumbnail. */
    indexes: { byFailure: string; byReduced: string };
  };
  models: { key: string; value: UserModelRow };
  /** Contents of `model.json` and the shards of a user's model, by model and name. */
  modelFiles: { key: [model: string, path: string]; value: ArrayBuffer };
  /** The colors of a photo: see `ColorDescriptor`. */
  colors: { key: PhotoId; value: ArrayBuffer };
  queries: { key: string; value: QueryRow };
  /** What was learned from the user's labels, adopted as spaces. */
  calibrations: { key: string; value: CalibrationRow };
  /** Where photos lie on the map, by space. */
  maps: { key: string; value: MapRow };
}

/** All stores of the current version. */
export const STORES = [
  'photos',
  'originals',
  'thumbs',
  'vectors',
  'jobs',
  'segments',
  'manifest',
  'delta',
  'tombstones',
  'meta',
  'faces',
  'chips',
  'faceScans',
  'peopleLog',
  'itemLog',
  'pairLog',
  'classes',
  'ledger',
  'models',
  'modelFiles',
  'colors',
  'regions',
  'regionIndexes',
  'queries',
  'calibrations',
  'maps',
] as const;

export type StoreName = (typeof STORES)[number];

export type Database = IDBPDatabase<AkinSchema>;
