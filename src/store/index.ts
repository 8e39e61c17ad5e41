export { calibratedSpaceId, isCalibratedSpace } from './calibrations/calibratedSpaces.ts';
export type { CalibrationSize, Calibrations } from './calibrations/calibrations.ts';
export type { Extender, ReadCalibration } from './calibrations/extenders.ts';
export type { ConnectionHooks } from './database/connection.ts';
export type { AppendAnswer, EventLog, RewriteLog } from './database/eventLog.ts';
export type { Meta } from './database/meta.ts';
export { type StorageUse, storageUse } from './database/quota.ts';
export type {
  CalibrationRow,
  JobRow,
  LedgerRow,
  LogEntryRow,
  ManifestRow,
  QueryRow,
  SegmentEntry,
  UserModelRow,
} from './database/schema.ts';
export { FIRST_FACE, isFaceKey, MAX_ENTRY_ID } from './faces/faceRows.ts';
export type { ScanCounts } from './faces/faceScans.ts';
export type { FaceCounts, Faces, StoredChip } from './faces/faces.ts';
export type { AddedFace, FoundFaces, KeptFaces, NewFace } from './faces/keepFaces.ts';
export type { JobCounts, Jobs } from './jobs/jobs.ts';
export type { RefusedFile, Staged, StageFile } from './jobs/staging.ts';
export type { SavedCluster, SavedMap } from './maps/mapRows.ts';
export type { Maps } from './maps/maps.ts';
export { CHOSEN_MODEL, type ChosenModel, chosenModel, type Models } from './models/models.ts';
export { type OpenOptions, openStore, type Store } from './open.ts';
export { type Classes, decodeClasses, encodeClasses } from './photos/classes.ts';
export { type GarbageReport, TRASH_AGE_MS } from './photos/collectGarbage.ts';
export type { ColorBlock, Colors } from './photos/colors.ts';
export type { Derived, KeepMoved, Ledger, Missing, Wanted } from './photos/ledger.ts';
export type {
  KeepRequest,
  Kept,
  KeptWithFaces,
  PhotoCounts,
  PhotoFile,
  Photos,
} from './photos/photos.ts';
export type { Trash } from './photos/trash.ts';
export type { Queries, QueryChange } from './queries/queries.ts';
export { encodeRegions, REGIONS_PER_PHOTO, type Regions, windowBox } from './regions/regionRows.ts';
export type { PhotoRegionVectors, RegionVectors, SavedRegions } from './regions/regionVectors.ts';
export type {
  Indexes,
  LoadedIndex,
  LoadedSegment,
  NewSegment,
  SaveAnswer,
  SaveRequest,
} from './vectors/indexes.ts';
export type { Spaces } from './vectors/spaces.ts';
export type { VectorFile, VectorFileWriter } from './vectors/vectorFile.ts';
export type { OpenFolder, VectorFiles } from './vectors/vectorFiles.ts';
export type { Space, VectorBlock } from './vectors/vectors.ts';
