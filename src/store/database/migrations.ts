import type { IDBPDatabase, IDBPTransaction } from 'idb';
import { AkinError } from '../../base/errors.ts';

/**
 * One step of the schema, from version `to - 1` to `to`. Steps see the database untyped, because
 * the typed schema is the newest one and a step is about its own; once shipped, a step is never
 * changed.
 */
export interface Migration {
  readonly to: number;
  up(db: IDBPDatabase, tx: IDBPTransaction<unknown, string[], 'versionchange'>): void;
}

export const MIGRATIONS: readonly Migration[] = [
  {
    to: 1,
    up(db) {
      const photos = db.createObjectStore('photos', { keyPath: 'id' });
      // Unique: the same picture twice is a mistake that the database itself refuses.
      photos.createIndex('byHash', 'hash', { unique: true });
      photos.createIndex('byDeletedAt', 'deletedAt');
      db.createObjectStore('originals');
      db.createObjectStore('thumbs');
      db.createObjectStore('vectors');
      const jobs = db.createObjectStore('jobs', { keyPath: 'id', autoIncrement: true });
      jobs.createIndex('byState', ['state', 'id']);
      jobs.createIndex('byHash', 'hash');
      db.createObjectStore('segments', { autoIncrement: true });
      db.createObjectStore('manifest', { keyPath: 'spaceId' });
      db.createObjectStore('delta');
      db.createObjectStore('tombstones');
      db.createObjectStore('meta');
    },
  },
  {
    to: 2,
    up(db) {
      const faces = db.createObjectStore('faces', { keyPath: 'id', autoIncrement: true });
      faces.createIndex('byPhoto', 'photoId');
      faces.createIndex('byFaceId', 'faceId', { unique: true });
      db.createObjectStore('chips');
      db.createObjectStore('faceScans');
      db.createObjectStore('peopleLog', { keyPath: 'id' });
      // Photos and faces share stores that are keyed by number. A key that is given by hand takes
      // the key generator along, and deleting the row does not take it back.
      for (const request of [faces.put({ id: 2 ** 31 }), faces.delete(2 ** 31)]) {
        // A failure aborts the upgrade, and opening tells of it.
        request.catch(() => undefined);
      }
    },
  },
  {
    to: 3,
    up(db) {
      db.createObjectStore('classes');
      const ledger = db.createObjectStore('ledger');
      ledger.createIndex('byFailure', 'failed.code');
      ledger.createIndex('byReduced', 'reduced');
    },
  },
  {
    to: 4,
    up(db) {
      db.createObjectStore('models', { keyPath: 'id' });
      db.createObjectStore('modelFiles');
    },
  },
];

/** Version of the schema that this code reads and writes. */
export const DATABASE_VERSION = MIGRATIONS.length;

/**
 * Takes a database from `oldVersion` to the newest of `steps`, one step after the other.
 *
 * @throws AkinError `internal` when the steps are not numbered 1, 2, 3, … without a gap; thrown
 * before anything is changed.
 */
export function migrate(
  db: IDBPDatabase,
  oldVersion: number,
  tx: IDBPTransaction<unknown, string[], 'versionchange'>,
  steps: readonly Migration[] = MIGRATIONS,
): void {
  // Opening rejects when the upgrade fails; that its transaction did says nothing more.
  tx.done.catch(() => undefined);
  steps.forEach((step, at) => {
    if (step.to !== at + 1) {
      throw new AkinError('internal', `Migration ${at + 1} is numbered ${step.to}.`);
    }
  });
  for (const step of steps.slice(oldVersion)) step.up(db, tx);
}
