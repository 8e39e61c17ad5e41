import { AkinError } from '../base/errors.ts';
import { Calibrations } from './calibrations/calibrations.ts';
import { Extenders, type ReadCalibration } from './calibrations/extenders.ts';
import { clearAll, isEmpty } from './database/clear.ts';
import { Connection, type ConnectionHooks } from './database/connection.ts';
import { EventLog, type RewriteLog } from './database/eventLog.ts';
import { Meta } from './database/meta.ts';
import { Faces } from './faces/faces.ts';
import { Jobs } from './jobs/jobs.ts';
import { Maps } from './maps/maps.ts';
import { Models } from './models/models.ts';
import { collectGarbage, type GarbageReport } from './photos/collectGarbage.ts';
import { Colors } from './photos/colors.ts';
import { Ledger } from './photos/ledger.ts';
import { OriginalForm } from './photos/originals.ts';
import { Photos } from './photos/photos.ts';
import { Trash } from './photos/trash.ts';
import { Queries } from './queries/queries.ts';
import { RegionVectors } from './regions/regionVectors.ts';
import { Indexes } from './vectors/indexes.ts';
import { Spaces } from './vectors/spaces.ts';
import { type OpenFolder, VectorFiles } from './vectors/vectorFiles.ts';

/** The library on disk. Each method is one transaction unless stated otherwise. */
export interface Store {
  readonly jobs: Jobs;
  readonly photos: Photos;
  readonly trash: Trash;
  readonly faces: Faces;
  readonly itemLog: EventLog;
  readonly pairLog: EventLog;
  readonly indexes: Indexes;
  readonly regions: RegionVectors;
  readonly ledger: Ledger;
  readonly colors: Colors;
  readonly queries: Queries;
  readonly spaces: Spaces;
  readonly meta: Meta;
  readonly models: Models;
  readonly calibrations: Calibrations;
  readonly maps: Maps;
  /** Outside the database and its transactions. */
  readonly vectorFiles: VectorFiles;
  /**
   * Checks that the library is still the one that was opened, and returns its id.
   *
   * @throws AkinError `storage-lost` if it is not
   */
  verify(): Promise<string>;
  /** Deletes everything. */
  clear(): Promise<void>;
  /**
   * Whether this looks like a private window, whose storage is deleted on close: it refuses blobs,
   * or the origin private file system that the browser otherwise has. Not all can be detected.
   */
  isFleeting(): Promise<boolean>;
  /** Whether `clear` would have nothing to delete. */
  isEmpty(): Promise<boolean>;
  /** Collects garbage in three transactions, keys only. Once after opening is enough. */
  collectGarbage(now?: number): Promise<GarbageReport>;
  /** Closes permanently; later calls reject with `storage-closed`. */
  close(): void;
}

export interface OpenOptions extends ConnectionHooks {
  /** Name of the database, for tests; `akin` by default. */
  readonly name?: string | undefined;
  /** Where vector files are stored, for tests; the origin private file system by default. */
  readonly folder?: OpenFolder | undefined;
  /**
   * Rewrites the people log when photos are deleted permanently; by default, it stays unchanged.
   */
  readonly rewriteLog?: RewriteLog | undefined;
  /** As `rewriteLog`, of the log of items. */
  readonly rewriteItemLog?: RewriteLog | undefined;
  /** As `rewriteLog`, of the log of pairs. */
  readonly rewritePairLog?: RewriteLog | undefined;
  /** Reads calibrations, for their spaces to get the vectors of new photos. */
  readonly readCalibration?: ReadCalibration | undefined;
}

/**
 * Opens the library, migrating an older one. Waits while an older version of Akin holds it open in
 * another tab, and calls `onBlocked`.
 *
 * @throws AkinError `too-new`, `quota-exceeded`, `storage-failed`
 */
export async function openStore({
  name,
  folder,
  rewriteLog = unchanged,
  rewriteItemLog = unchanged,
  rewritePairLog = unchanged,
  readCalibration = unreadable,
  ...hooks
}: OpenOptions = {}): Promise<Store> {
  const connection = new Connection(hooks, name);
  await connection.database();
  const trash = new Trash(connection, {
    peopleLog: rewriteLog,
    itemLog: rewriteItemLog,
    pairLog: rewritePairLog,
  });
  const form = new OriginalForm(connection);
  const vectorFiles = new VectorFiles(folder);
  const extenders = new Extenders(readCalibration);
  return {
    jobs: new Jobs(connection, form),
    photos: new Photos(connection, extenders),
    trash,
    faces: new Faces(connection),
    itemLog: new EventLog(connection, 'itemLog'),
    pairLog: new EventLog(connection, 'pairLog'),
    indexes: new Indexes(connection),
    regions: new RegionVectors(connection),
    ledger: new Ledger(connection, extenders),
    colors: new Colors(connection),
    queries: new Queries(connection),
    spaces: new Spaces(connection),
    meta: new Meta(connection),
    models: new Models(connection),
    calibrations: new Calibrations(connection, extenders),
    maps: new Maps(connection),
    vectorFiles,
    verify: () => connection.verify(),
    clear: () => clearAll(connection),
    isFleeting: async () => !(await form.takesBlobs()) || (await vectorFiles.areDenied()),
    isEmpty: () => isEmpty(connection),
    collectGarbage: (now) => collectGarbage(connection, trash, now),
    close: () => connection.close(),
  };
}

const unchanged: RewriteLog = () => ({ changed: [], removed: [] });

const unreadable: ReadCalibration = () => {
  throw new AkinError('not-configured', 'This store was opened without reading calibrations.');
};
