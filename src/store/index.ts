export type { Bin } from './bin.ts';
export { type Classes, decodeClasses, encodeClasses } from './classes.ts';
export type { ConnectionHooks } from './connection.ts';
export { FIRST_FACE, isFaceNumber, LAST_STEP } from './faceRows.ts';
export type { ScanCounts } from './faceScans.ts';
export type { FaceCounts, Faces, StoredChip } from './faces.ts';
export type {
  Indexes,
  LoadedIndex,
  LoadedSegment,
  NewSegment,
  SaveAnswer,
  SaveRequest,
} from './indexes.ts';
export type { JobCounts, Jobs } from './jobs.ts';
export type { AddedFace, FoundFaces, KeptFaces, NewFace } from './keepFaces.ts';
export type { Derived, KeepMoved, Ledger, Missing, Wanted } from './ledger.ts';
export type { Meta } from './meta.ts';
export { CHOSEN_MODEL, type ChosenModel, chosenModel, type Models } from './models.ts';
export { type OpenOptions, openStore, type Store } from './open.ts';
export type { AppendAnswer, RewriteLog } from './peopleLog.ts';
export type { KeepRequest, Kept, KeptWithFaces, PhotoCounts, Photos } from './photos.ts';
export { type StorageUse, storageUse } from './quota.ts';
export type {
  JobRow,
  LedgerRow,
  ManifestRow,
  SegmentEntry,
  StepRow,
  UserModelRow,
} from './schema.ts';
export type { Spaces } from './spaces.ts';
export type { RefusedFile, Staged, StageFile } from './staging.ts';
export { BIN_AGE_MS, type SweepReport } from './sweep.ts';
export type { VectorFile, VectorFileWriter } from './vectorFile.ts';
export type { OpenFolder, VectorFiles } from './vectorFiles.ts';
export type { Space, VectorBlock } from './vectors.ts';
