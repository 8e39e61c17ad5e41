import { clearAll, isEmpty } from './database/clear.ts';
import { Connection, type ConnectionHooks } from './database/connection.ts';
import { Meta } from './database/meta.ts';
import { Faces } from './faces/faces.ts';
import type { RewriteLog } from './faces/peopleLog.ts';
import { Jobs } from './jobs/jobs.ts';
import { Models } from './models/models.ts';
import { collectGarbage, type GarbageReport } from './photos/collectGarbage.ts';
import { Ledger } from './photos/ledger.ts';
import { OriginalForm } from './photos/originals.ts';
import { Photos } from './photos/photos.ts';
import { Trash } from './photos/trash.ts';
import { Indexes } from './vectors/indexes.ts';
import { Spaces } from './vectors/spaces.ts';
import { type OpenFolder, VectorFiles } from './vectors/vectorFiles.ts';

/** The library on disk. Every method is one transaction unless it says otherwise. */
export interface Store {
  readonly jobs: Jobs;
  readonly photos: Photos;
  readonly trash: Trash;
  readonly faces: Faces;
  readonly indexes: Indexes;
  readonly ledger: Ledger;
  readonly spaces: Spaces;
  readonly meta: Meta;
  readonly models: Models;
  /** Beside the database, and not part of its transactions. */
  readonly vectorFiles: VectorFiles;
  /**
   * Looks whether the library is still the one that was opened, and gives its id: one transaction.
   *
   * @throws AkinError `storage-lost` where it is not
   */
  verify(): Promise<string>;
  /** Deletes everything. */
  clear(): Promise<void>;
  /**
   * Whether this looks like a private window, whose storage goes when it is closed: one that refuses
   * blobs, or files of the origin's own that the browser has otherwise. Some can't be told apart.
   */
  isFleeting(): Promise<boolean>;
  /** Whether `clear` would find nothing to delete. */
  isEmpty(): Promise<boolean>;
  /** Clears away what nothing needs: three transactions, keys only. Once after opening is enough. */
  collectGarbage(now?: number): Promise<GarbageReport>;
  /** Closes for good; later calls reject with `storage-closed`. */
  close(): void;
}

export interface OpenOptions extends ConnectionHooks {
  /** Name of the database, for tests; `akin` without it. */
  readonly name?: string | undefined;
  /** Where files of vectors are kept, for tests; the origin's private file system without it. */
  readonly folder?: OpenFolder | undefined;
  /** What deleting photos for good makes of the log of people; without it, nothing of it changes. */
  readonly rewriteLog?: RewriteLog | undefined;
}

/**
 * Opens the library, bringing an older one up to date. While an older version of Akin holds it
 * open in another tab this waits, and `onBlocked` says so.
 *
 * @throws AkinError `too-new`, `quota-exceeded`, `storage-failed`
 */
export async function openStore({
  name,
  folder,
  rewriteLog = () => ({ changed: [], removed: [] }),
  ...hooks
}: OpenOptions = {}): Promise<Store> {
  const connection = new Connection(hooks, name);
  await connection.database();
  const trash = new Trash(connection, rewriteLog);
  const form = new OriginalForm(connection);
  const vectorFiles = new VectorFiles(folder);
  return {
    jobs: new Jobs(connection, form),
    photos: new Photos(connection),
    trash,
    faces: new Faces(connection),
    indexes: new Indexes(connection),
    ledger: new Ledger(connection),
    spaces: new Spaces(connection),
    meta: new Meta(connection),
    models: new Models(connection),
    vectorFiles,
    verify: () => connection.verify(),
    clear: () => clearAll(connection),
    isFleeting: async () => !(await form.takesBlobs()) || (await vectorFiles.areDenied()),
    isEmpty: () => isEmpty(connection),
    collectGarbage: (now) => collectGarbage(connection, trash, now),
    close: () => connection.close(),
  };
}
