import type { IDBPDatabase, IDBPTransaction } from 'idb';
import { AkinError } from '../../base/errors.ts';

/**
 * A schema migration from version `to - 1` to `to`. Migrations see the database untyped, because
 * the typed schema is the newest one. Never change one after its release.
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
      // Unique: the database itself rejects duplicate photos.
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
      // Photos and faces share stores keyed by id. An explicit key advances the key generator, and
      // deleting the row doesn't rewind it.
      for (const request of [faces.put({ id: 2 ** 31 }), faces.delete(2 ** 31)]) {
        // A failure aborts the upgrade, and opening rejects.
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
  {
    to: 5,
    up(db) {
      db.createObjectStore('colors');
    },
  },
  {
    to: 6,
    up(db) {
      db.createObjectStore('itemLog', { keyPath: 'id' });
    },
  },
  {
    to: 7,
    up(db) {
      db.createObjectStore('regions');
      db.createObjectStore('regionIndexes');
    },
  },
  {
    to: 8,
    up(_db, tx) {
      // Regions are other parts of photos now: the ledger derives them again.
      const requests = [
        tx.objectStore('regions').clear(),
        tx.objectStore('regionIndexes').clear(),
        tx.objectStore('meta').delete('ledger.complete'),
      ];
      // A failure aborts the upgrade, and opening rejects.
      for (const request of requests) request.catch(() => undefined);
    },
  },
  {
    to: 9,
    up(db) {
      db.createObjectStore('queries', { keyPath: 'id' });
    },
  },
  {
    to: 10,
    up(db) {
      db.createObjectStore('calibrations', { keyPath: 'id' });
    },
  },
  {
    to: 11,
    up(db) {
      db.createObjectStore('maps');
    },
  },
  {
    to: 12,
    up(db) {
      db.createObjectStore('pairLog', { keyPath: 'id' });
    },
  },
];

/** Schema version that this code reads and writes. */
export const DATABASE_VERSION = MIGRATIONS.length;

/**
 * Migrates a database from `oldVersion` to the newest of `steps`, in order.
 *
 * @throws AkinError `internal` unless the steps are numbered 1, 2, 3, … without a gap; nothing is
 *   changed then
 */
export function migrate(
  db: IDBPDatabase,
  oldVersion: number,
  tx: IDBPTransaction<unknown, string[], 'versionchange'>,
  steps: readonly Migration[] = MIGRATIONS,
): void {
  // Opening rejects if the upgrade fails; the transaction's own rejection adds nothing.
  tx.done.catch(() => undefined);
  steps.forEach((step, at) => {
    if (step.to !== at + 1) {
      throw new AkinError('internal', `Migration ${at + 1} is numbered ${step.to}.`);
    }
  });
  for (const step of steps.slice(oldVersion)) step.up(db, tx);
}
