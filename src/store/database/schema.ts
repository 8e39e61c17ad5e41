import type { DBSchema, IDBPDatabase } from 'idb';
import type { ErrorCode, ErrorDetails, ErrorReport } from '../../base/errors.ts';
import type { Credit, DateSource, FaceInfo, FaceKey, PhotoId } from '../../protocol/index.ts';
import type { StoredOriginal } from '../photos/storedOriginal.ts';

/** Name of the one database. */
export const DATABASE = 'akin';

/**
 * A photo of the library. It exists if and only if this row does: its original, thumbnail and
 * vector are written no later than the row, and deleted with it.
 */
export interface PhotoRow {
  /** The id of the job that brought it in. */
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
  /** As in `PhotoInfo`; photos from before dates were read have none. */
  readonly takenAt?: number;
  readonly dateSource?: DateSource;
  /** In place of a `dateSource` of `file`, in rows from before there was one. */
  readonly fileDated?: true;
  /** When it was moved to the trash; absent otherwise, so that the index on it holds the trash alone. */
  readonly deletedAt?: number;
  readonly credit?: Credit;
  /** As in `PhotoInfo`; photos from before they were told have neither. */
  readonly endMissing?: true;
  readonly backdrop?: string;
}

/** A file on its way in, or one that could not be read. */
export interface JobRow {
  readonly id: PhotoId;
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  readonly type: string;
  /** Absent for a file whose bytes could not be read at all. */
  readonly hash?: string;
  readonly credit?: Credit;
  /** As in `PhotoInfo`. */
  readonly takenAt?: number;
  readonly dateSource?: DateSource;
  /** In place of a `dateSource` of `file`, in rows from before there was one. */
  readonly fileDated?: true;
  readonly state: 'queued' | 'failed';
  /** How often work on it has begun: a file that kills its worker is told by it. */
  readonly attempts: number;
  readonly code?: ErrorCode;
  readonly message?: string;
  readonly details?: ErrorDetails;
  readonly addedAt: number;
  readonly failedAt?: number;
  /** Whether the original's bytes are kept; without them it can't be tried again. */
  readonly stored: boolean;
}

/** One sealed segment of an index, as its manifest lists it. The bytes carry their own CRC-32. */
export interface SegmentEntry {
  /** Key in `segments`. */
  readonly id: number;
  readonly kind: string;
  readonly formatVersion: number;
  readonly byteLength: number;
  /** Name of the file of its exact vectors, where it has one: see `VectorFiles`. */
  readonly vectorFile?: string;
}

/** What the vectors of a space are of. */
export type VectorOwner = 'photos' | 'faces';

/** The sealed part of one space's index. */
export interface ManifestRow {
  readonly spaceId: string;
  /** One more at each seal; what two tabs that seal at once are told apart by. */
  readonly generation: number;
  readonly segments: readonly SegmentEntry[];
  /** What its vectors are of, where that was known: it is not to be seen once all of them are gone. */
  readonly holds?: VectorOwner;
  /** Milliseconds since 1970. */
  readonly savedAt: number;
}

/** A face of a photo. It exists if and only if this row does, as a photo does. */
export type FaceRow = FaceInfo;

/** A photo was looked through for faces, also one that has none. */
export interface FaceScanRow {
  /** Of what looked: its nets and settings, in one word. */
  readonly version: string;
  /** Faces that were found and kept. */
  readonly faces: number;
  /** Faces that were found and are too many to keep. */
  readonly leftOut: number;
  /** Why it could not be looked through, where it could not; the faces of before stay then. */
  readonly failed?: ErrorCode;
}

/**
 * What a photo has of all that is derived from it, by the version of what derived it; what is not told
 * of is missing. Rows come with photos, and to photos of before by and by: see `Ledger`.
 */
export interface LedgerRow {
  /** Of the reader of dates that has looked, whether or not it found one. */
  readonly date?: number;
  /** The space of its newest vector. */
  readonly vector?: string;
  /** The space of the net that told its classes. */
  readonly classes?: string;
  /** Why vector and classes were made of the thumbnail: the original is gone, or can't be read. */
  readonly reduced?: ErrorCode;
  /** Why there is no vector in a space, where it was tried. */
  readonly failed?: { readonly space: string } & ErrorReport;
  /** When it was last looked at closely, in milliseconds since 1970: what is derived first, next time. */
  readonly viewedAt?: number;
}

/** A step of what the user has said of people: plain data, of which only the id is known here. */
export interface LogEntryRow {
  readonly id: number;
}

/** A model that the user has brought. What its reader has to check is left open here. */
export interface UserModelRow {
  readonly id: string;
  readonly title: string;
  readonly spaceId: string;
  /** Dimensions of its vectors. */
  readonly d: number;
  /** Of its files. */
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly addedAt: number;
  /** How the net is run: `NetSpec`. */
  readonly spec: unknown;
  /** What its cosines mean: `CalibrationTable`. */
  readonly calibration: unknown;
}

/**
 * Key of what belongs to a space: all ids of a space are one range, in id order. A space holds
 * vectors of photos or of faces, never of both, and their ids never meet: see `isFaceNumber`.
 */
export type SpaceKey = [spaceId: string, id: PhotoId | FaceKey];

/** The whole database. Keys of `photos` and `jobs` are in the row, all others beside the value. */
export interface AkinSchema extends DBSchema {
  photos: {
    key: PhotoId;
    value: PhotoRow;
    indexes: { byHash: string; byDeletedAt: number };
  };
  /** Written when a file is staged, before it is embedded; see `Jobs.stage`. */
  originals: { key: PhotoId; value: StoredOriginal };
  /** WebP. */
  thumbs: { key: PhotoId; value: ArrayBuffer };
  /** `d` float32, little-endian, unit length. */
  vectors: { key: SpaceKey; value: ArrayBuffer };
  /** Ids come from the store's key generator, which never gives one twice, `clear` included. */
  jobs: {
    key: PhotoId;
    value: JobRow;
    indexes: { byState: [string, number]; byHash: string };
  };
  /** Sealed segments: container blobs of `ann/format`. */
  segments: { key: number; value: ArrayBuffer };
  manifest: { key: string; value: ManifestRow };
  /** Vectors that no sealed segment holds yet. */
  delta: { key: SpaceKey; value: true };
  /** Photos and faces that a segment may hold and that must not be found: trashed, or gone for good. */
  tombstones: { key: PhotoId | FaceKey; value: true };
  /** Settings and marks, by name. What is read back is checked by its reader. */
  meta: { key: string; value: unknown };
  /** Numbers come from the store's key generator, which starts above all photo ids. */
  faces: {
    key: FaceKey;
    value: FaceRow;
    indexes: { byPhoto: PhotoId; byFaceId: string };
  };
  /** The aligned face, 150 × 150 pixels, WebP. */
  chips: { key: FaceKey; value: ArrayBuffer };
  faceScans: { key: PhotoId; value: FaceScanRow };
  peopleLog: { key: number; value: LogEntryRow };
  /** The likeliest classes of a photo: see `encodeClasses`. */
  classes: { key: PhotoId; value: ArrayBuffer };
  ledger: {
    key: PhotoId;
    value: LedgerRow;
    /** Rows with a failure, and with a thumbnail in the original's place. */
    indexes: { byFailure: string; byReduced: string };
  };
  models: { key: string; value: UserModelRow };
  /** What `model.json` and the shards of a user's model hold, by model and name. */
  modelFiles: { key: [model: string, path: string]; value: ArrayBuffer };
}

/** Every store of the current version. */
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
  'classes',
  'ledger',
  'models',
  'modelFiles',
] as const;

export type StoreName = (typeof STORES)[number];

export type Database = IDBPDatabase<AkinSchema>;
