import {
  deleteDB,
  type IDBPDatabase,
  type IDBPObjectStore,
  type IDBPTransaction,
  openDB,
} from 'idb';
import { AkinError } from '../../base/errors.ts';
import { toOpenError, toStorageError } from './errors.ts';
import { identify, type LibraryIdentity, lostLibrary } from './libraryId.ts';
import { MIGRATIONS, type Migration, migrate } from './migrations.ts';
import { unlessReplacing, whileReplacing } from './replaceLock.ts';
import { type AkinSchema, DATABASE, type Database, type StoreName } from './schema.ts';

export type Tx<
  Names extends readonly StoreName[],
  Mode extends IDBTransactionMode,
> = IDBPTransaction<AkinSchema, Names, Mode>;

/** A transaction that creates or upgrades a database; untyped, like those of the migrations. */
type UpgradeTx = IDBPTransaction<unknown, string[], 'versionchange'>;

/** Connection events, as errors whose code and message can be shown. */
export interface ConnectionHooks {
  /**
   * `storage-blocked`: another tab holds an older version, or the database to delete, open. The
   * waiting call continues when that tab closes it.
   */
  readonly onBlocked?: ((error: AkinError) => void) | undefined;
  /** `storage-closed`: closed for a newer version in another tab. Reload. */
  readonly onBlocking?: ((error: AkinError) => void) | undefined;
  /** `storage-closed`: the browser closed the connection; the next call reopens it. */
  readonly onTerminated?: ((error: AkinError) => void) | undefined;
  /**
   * `storage-lost`: another library, with other ids in `meta`, replaced the open one. The
   * connection is closed; discard all state of the old library.
   */
  readonly onLost?: ((error: AkinError, was: string, now: string) => void) | undefined;
  /** The connection was opened or reopened. */
  readonly onOpened?: (() => void) | undefined;
}

/** Delay before each attempt to reopen a database that the browser closed, in milliseconds. */
const REOPEN_MS = [0, 200, 1_000, 5_000] as const;

/** How long a deleted library may take to reappear before `onTerminated` fires, in milliseconds. */
const SOON_MS = 1_000;

/** A worker's only connection. Opened on first use, reopened after a loss. */
export class Connection {
  readonly #name: string;
  readonly #hooks: ConnectionHooks;
  readonly #migrations: readonly Migration[];
  #opening: Promise<Database> | null = null;
  /** The first library opened. */
  #library: LibraryIdentity | null = null;
  /** Why the connection stays closed. */
  #ended: AkinError | null = null;

  constructor(
    hooks: ConnectionHooks = {},
    name: string = DATABASE,
    migrations: readonly Migration[] = MIGRATIONS,
  ) {
    this.#hooks = hooks;
    this.#name = name;
    this.#migrations = migrations;
  }

  /**
   * Returns the open database.
   *
   * @throws AkinError `too-new`, `storage-closed`, `storage-lost`, `quota-exceeded`, `storage-failed`
   */
  database(): Promise<Database> {
    if (this.#ended) return Promise.reject(this.#ended);
    if (this.#opening) return this.#opening;
    const opening = this.#open();
    this.#opening = opening;
    // Don't cache a failure: the next call retries.
    opening.catch(() => this.#forget(opening));
    return opening;
  }

  /**
   * Runs `work` in one transaction and resolves on commit. If anything throws, `work` included, the
   * transaction is rolled back. `work` may await only requests of `tx`, or the browser commits half
   * of it.
   *
   * @throws AkinError as {@link toStorageError} says, and what `work` throws
   */
  async run<const Names extends readonly StoreName[], Mode extends IDBTransactionMode, T>(
    names: Names,
    mode: Mode,
    work: (tx: Tx<Names, Mode>) => Promise<T>,
  ): Promise<T> {
    const tx = await this.#begin(names, mode);
    // Attach a handler now: it may reject before `work` throws.
    const done = tx.done;
    done.catch(() => undefined);
    try {
      const value = await work(tx);
      await done;
      return value;
    } catch (thrown) {
      abort(tx);
      await done.catch(() => undefined);
      // An aborted request only says that it was aborted; the transaction has the cause.
      const vague = thrown instanceof Error && thrown.name === 'AbortError';
      throw toStorageError(vague ? (tx.error ?? thrown) : thrown);
    }
  }

  /**
   * Checks that the library is still the one that was opened. Its stores may be emptied externally
   * under an open connection.
   *
   * @returns its id; empty if none could be assigned
   * @throws AkinError `storage-lost` if it is another
   */
  async verify(): Promise<string> {
    await this.#recognize(await this.database());
    return this.#library?.id ?? '';
  }

  /**
   * Deletes the database and opens an empty one of the same version. Other connections close and
   * reopen; none sees the new database before `begin` has written to it.
   *
   * @param begin may await only requests of its transaction
   * @throws AkinError as {@link database}; nothing is deleted then
   */
  async replace(begin: (tx: UpgradeTx) => Promise<void> | undefined): Promise<void> {
    const db = await this.database();
    await whileReplacing(this.#name, async () => {
      db.close();
      const deleting = this.#delete();
      const opening = this.#open(begin);
      this.#opening = opening;
      opening.catch(() => this.#forget(opening));
      const [deleted] = await Promise.allSettled([deleting, opening]);
      if (deleted.status === 'rejected') throw toOpenError(deleted.reason);
      await opening;
    });
  }

  /** Closes permanently. The browser completes transactions in progress. */
  close(): void {
    this.#end(new AkinError('storage-closed', 'The library was closed.'));
  }

  async #begin<const Names extends readonly StoreName[], Mode extends IDBTransactionMode>(
    names: Names,
    mode: Mode,
  ): Promise<Tx<Names, Mode>> {
    // Relaxed durability reaches the operating system, which survives a killed tab or browser.
    const options = { durability: 'relaxed' } as const;
    const opening = this.database();
    const db = await opening;
    try {
      return db.transaction(names, mode, options);
    } catch (thrown) {
      if (!(thrown instanceof Error && thrown.name === 'InvalidStateError')) {
        throw toStorageError(thrown);
      }
      // The connection died before its `close` event. Nothing has been done yet, so retry on a
      // fresh one.
      this.#forget(opening);
    }
    const again = await this.database();
    try {
      return again.transaction(names, mode, options);
    } catch (thrown) {
      throw toStorageError(thrown);
    }
  }

  async #delete(): Promise<void> {
    await deleteDB(this.#name, {
      blocked: () => {
        this.#hooks.onBlocked?.(
          new AkinError(
            'storage-blocked',
            'Another tab still holds your photos. Close it to finish deleting them.',
          ),
        );
      },
    });
  }

  /** @param begin writes to a newly created database before anyone else can */
  async #open(begin?: (tx: UpgradeTx) => Promise<void> | undefined): Promise<Database> {
    try {
      const open = () => this.#request(begin);
      const untyped = begin ? await open() : await unlessReplacing(this.#name, open);
      // The migrations have just created this schema, so the types hold from here.
      const db = untyped as unknown as Database;
      if (this.#ended) {
        db.close();
        throw this.#ended;
      }
      await this.#recognize(db);
      this.#hooks.onOpened?.();
      return db;
    } catch (thrown) {
      throw toOpenError(thrown);
    }
  }

  /** Opens the database. @param begin as in `#open` */
  #request(begin?: (tx: UpgradeTx) => Promise<void> | undefined): Promise<IDBPDatabase> {
    return openDB(this.#name, this.#migrations.length, {
      upgrade: (db, oldVersion, _newVersion, tx) => {
        migrate(db, oldVersion, tx, this.#migrations);
        // A failure aborts the upgrade, and opening rejects.
        if (oldVersion === 0) begin?.(tx)?.catch(() => abort(tx));
      },
      blocked: () => {
        this.#hooks.onBlocked?.(
          new AkinError(
            'storage-blocked',
            'Another tab runs an older version of Akin. Close or reload it to go on here.',
          ),
        );
      },
      blocking: (_current, next, event) => {
        // Also a connection that a replacement has overtaken.
        if (next === null) (event.target as IDBDatabase).close();
        this.#makeWay(next);
      },
      terminated: () => this.#terminated(),
    });
  }

  /** Checks that this is the library opened first; ends the connection otherwise. */
  async #recognize(db: Database): Promise<void> {
    const was = this.#library;
    const now = await identify(db, was);
    this.#library ??= now;
    if (!was || !now || was.id === now.id) return;
    const error = lostLibrary();
    db.close();
    this.#end(error);
    this.#hooks.onLost?.(error, was.id, now.id);
    throw error;
  }

  /** Another tab wants to upgrade to version `next`, or to delete the database (null). */
  #makeWay(next: number | null): void {
    if (next === null) {
      this.#opening?.then(
        (db) => db.close(),
        () => undefined,
      );
      this.#opening = null;
      // Usually the user deletes everything, and the database is back within this time.
      const late = setTimeout(() => this.#tellTerminated(), SOON_MS);
      void this.#reopen().finally(() => clearTimeout(late));
      return;
    }
    const error = new AkinError(
      'storage-closed',
      'A newer version of Akin runs in another tab. Reload this tab to get it.',
      { details: { reason: 'newer' } },
    );
    this.#end(error);
    this.#hooks.onBlocking?.(error);
  }

  /** Handles a close by the browser: the database was deleted, or for reasons of its own. */
  #terminated(): void {
    this.#opening = null;
    this.#tellTerminated();
    void this.#reopen();
  }

  #tellTerminated(): void {
    this.#hooks.onTerminated?.(
      new AkinError('storage-closed', 'The browser closed the library. Akin opens it again.'),
    );
  }

  /** Reopens right away, to detect whether the library is still there. */
  async #reopen(): Promise<void> {
    for (const wait of REOPEN_MS) {
      await new Promise((resolve) => setTimeout(resolve, wait));
      if (this.#ended) return;
      try {
        await this.database();
        return;
      } catch {
        // The browser may still be deleting it. After the last attempt, the next call reports it.
      }
    }
  }

  #end(error: AkinError): void {
    this.#ended ??= error;
    this.#opening?.then(
      (db) => db.close(),
      () => undefined,
    );
    this.#opening = null;
  }

  #forget(opening: Promise<Database>): void {
    if (this.#opening === opening) this.#opening = null;
  }
}

type StoresOf<
  Names extends readonly StoreName[],
  Mode extends IDBTransactionMode,
  Some extends Names[number],
> = { readonly [Name in Some]: IDBPObjectStore<AkinSchema, Names, Name, Mode> };

/** Stores of a transaction, by name. */
export function storesOf<
  const Names extends readonly StoreName[],
  Mode extends IDBTransactionMode,
  Some extends Names[number],
>(tx: Tx<Names, Mode>, some: readonly Some[]): StoresOf<Names, Mode, Some> {
  const entries = some.map((name) => [name, tx.objectStore(name)]);
  return Object.fromEntries(entries) as StoresOf<Names, Mode, Some>;
}

/**
 * Starts requests of one transaction in parallel and waits for all. Each is a thunk, so one that
 * throws synchronously (a value that can't be stored) leaves no unhandled rejection of another.
 */
export function together<T>(requests: readonly (() => Promise<T>)[]): Promise<T[]> {
  return Promise.all(requests.map(async (request) => request()));
}

function abort(tx: { abort(): void }): void {
  try {
    tx.abort();
  } catch {
    // Already ended, as intended.
  }
}
