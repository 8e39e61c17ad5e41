import { Bin } from './bin.ts';
import { clearAll } from './clear.ts';
import { Connection, type ConnectionHooks } from './connection.ts';
import { Faces } from './faces.ts';
import { Indexes } from './indexes.ts';
import { Jobs } from './jobs.ts';
import { Meta } from './meta.ts';
import { Photos } from './photos.ts';
import { type SweepReport, sweep } from './sweep.ts';
import { type OpenFolder, VectorFiles } from './vectorFiles.ts';

/** The library on disk. Every method is one transaction unless it says otherwise. */
export interface Store {
  readonly jobs: Jobs;
  readonly photos: Photos;
  readonly bin: Bin;
  readonly faces: Faces;
  readonly indexes: Indexes;
  readonly meta: Meta;
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
  /** Clears away what nothing needs: three transactions, keys only. Once after opening is enough. */
  sweep(now?: number): Promise<SweepReport>;
  /** Closes for good; later calls reject with `storage-closed`. */
  close(): void;
}

export interface OpenOptions extends ConnectionHooks {
  /** Name of the database, for tests; `akin` without it. */
  readonly name?: string | undefined;
  /** Where files of vectors are kept, for tests; the origin's private file system without it. */
  readonly folder?: OpenFolder | undefined;
}

/**
 * Opens the library, bringing an older one up to date. While an older version of Akin holds it
 * open in another tab this waits, and `onBlocked` says so.
 *
 * @throws AkinError `too-new`, `quota-exceeded`, `storage-failed`
 */
export async function openStore({ name, folder, ...hooks }: OpenOptions = {}): Promise<Store> {
  const connection = new Connection(hooks, name);
  await connection.database();
  return {
    jobs: new Jobs(connection),
    photos: new Photos(connection),
    bin: new Bin(connection),
    faces: new Faces(connection),
    indexes: new Indexes(connection),
    meta: new Meta(connection),
    vectorFiles: new VectorFiles(folder),
    verify: () => connection.verify(),
    clear: () => clearAll(connection),
    sweep: (now) => sweep(connection, now),
    close: () => connection.close(),
  };
}
