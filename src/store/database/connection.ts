import { deleteDB, type IDBPObjectStore, type IDBPTransaction, openDB } from 'idb';
import { AkinError } from '../../base/errors.ts';
import { toOpenError, toStorageError } from './errors.ts';
import { identify, type LibraryIdentity, lostLibrary } from './libraryId.ts';
import { MIGRATIONS, type Migration, migrate } from './migrations.ts';
import { type AkinSchema, DATABASE, type Database, type StoreName } from './schema.ts';

export type Tx<
  Names extends readonly StoreName[],
  Mode extends IDBTransactionMode,
> = IDBPTransaction<AkinSchema, Names, Mode>;

/** A transaction that makes or upgrades a database, untyped as those of migrations are. */
type UpgradeTx = IDBPTransaction<unknown, string[], 'versionchange'>;

/** What happens to the connection, told as errors whose code and message can be shown. */
export interface ConnectionHooks {
  /**
   * `storage-blocked`: another tab holds an older version open, or what is to be deleted; the call that
   * waits goes on when it closes.
   */
  readonly onBlocked?: ((error: AkinError) => void) | undefined;
  /** `storage-closed`: a newer version wants in, so this connection was closed. Reload. */
  readonly onBlocking?: ((error: AkinError) => void) | undefined;
  /** `storage-closed`: the browser ended the connection; the next call opens another. */
  readonly onTerminated?: ((error: AkinError) => void) | undefined;
  /**
   * `storage-lost`: the library that was open is gone, and another took its place, with these ids in
   * `meta`. This connection was closed: whatever was known of the library is to be forgotten.
   */
  readonly onLost?: ((error: AkinError, was: string, now: string) => void) | undefined;
  /** The connection is there, for the first time or again. */
  readonly onOpened?: (() => void) | undefined;
}

/** How long to wait before each try to open the database that the browser has closed, in milliseconds. */
const REOPEN_MS = [0, 200, 1_000, 5_000] as const;

/** A library that was deleted is told of if it is not there again by then, in milliseconds. */
const SOON_MS = 1_000;

/** The one connection of a worker, opened when first asked for and again after it was lost. */
export class Connection {
  readonly #name: string;
  readonly #hooks: ConnectionHooks;
  readonly #migrations: readonly Migration[];
  #opening: Promise<Database> | null = null;
  /** The library that was opened first. */
  #library: LibraryIdentity | null = null;
  /** Why no connection will be opened any more. */
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
   * The open database.
   *
   * @throws AkinError `too-new`, `storage-closed`, `storage-lost`, `quota-exceeded`, `storage-failed`
   */
  database(): Promise<Database> {
    if (this.#ended) return Promise.reject(this.#ended);
    if (this.#opening) return this.#opening;
    const opening = this.#open();
    this.#opening = opening;
    // A failure is not remembered: the next call tries again.
    opening.catch(() => this.#forget(opening));
    return opening;
  }

  /**
   * Runs `work` in one transaction and resolves when it is committed; whatever throws, `work`
   * included, leaves the database as it was. `work` may await nothing but requests of `tx`, or
   * the browser commits half of it.
   *
   * @throws AkinError as {@link toStorageError} says, and what `work` throws
   */
  async run<const Names extends readonly StoreName[], Mode extends IDBTransactionMode, T>(
    names: Names,
    mode: Mode,
    work: (tx: Tx<Names, Mode>) => Promise<T>,
  ): Promise<T> {
    const tx = await this.#begin(names, mode);
    // Looked at from the start: it may reject while `work` is still on its way to throwing.
    const done = tx.done;
    done.catch(() => undefined);
    try {
      const value = await work(tx);
      await done;
      return value;
    } catch (thrown) {
      abort(tx);
      await done.catch(() => undefined);
      // A request that an abort took down says only that; the transaction knows why.
      const vague = thrown instanceof Error && thrown.name === 'AbortError';
      throw toStorageError(vague ? (tx.error ?? thrown) : thrown);
    }
  }

  /**
   * Looks whether the library is still the one that was opened. Its stores may be emptied from outside
   * under an open connection.
   *
   * @returns its id; empty where it could not be given one
   * @throws AkinError `storage-lost` where it is not
   */
  async verify(): Promise<string> {
    await this.#recognize(await this.database());
    return this.#library?.id ?? '';
  }

  /**
   * Deletes the database and opens an empty one of the same version in its place. Other connections make
   * way and open it again; none of them sees it before `begin` has written to it.
   *
   * @param begin may await nothing but requests of its transaction
   * @throws AkinError as {@link database}; then what was there is still there
   */
  async replace(begin: (tx: UpgradeTx) => Promise<void> | undefined): Promise<void> {
    const db = await this.database();
    db.close();
    const deleting = this.#delete();
    // Asked for at once, and so before those that make way ask for it.
    const opening = this.#open(begin);
    this.#opening = opening;
    opening.catch(() => this.#forget(opening));
    const [deleted] = await Promise.allSettled([deleting, opening]);
    if (deleted.status === 'rejected') throw toOpenError(deleted.reason);
    await opening;
  }

  /** Closes for good. Transactions under way are finished by the browser. */
  close(): void {
    this.#end(new AkinError('storage-closed', 'The library was closed.'));
  }

  async #begin<const Names extends readonly StoreName[], Mode extends IDBTransactionMode>(
    names: Names,
    mode: Mode,
  ): Promise<Tx<Names, Mode>> {
    // Relaxed writes reach the operating system, which is enough for a killed tab or browser.
    const options = { durability: 'relaxed' } as const;
    const opening = this.database();
    const db = await opening;
    try {
      return db.transaction(names, mode, options);
    } catch (thrown) {
      if (!(thrown instanceof Error && thrown.name === 'InvalidStateError')) {
        throw toStorageError(thrown);
      }
      // The connection died and its `close` event is still on its way. Nothing has been done yet,
      // so a fresh one can take over.
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

  /** @param begin writes to a database that did not exist before anyone else can */
  async #open(begin?: (tx: UpgradeTx) => Promise<void> | undefined): Promise<Database> {
    try {
      const untyped = await openDB(this.#name, this.#migrations.length, {
        upgrade: (db, oldVersion, _newVersion, tx) => {
          migrate(db, oldVersion, tx, this.#migrations);
          // A failure aborts the upgrade, and opening tells of it.
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
        blocking: (_current, next) => this.#makeWay(next),
        terminated: () => this.#terminated(),
      });
      // The migrations have just made it so; from here on the types hold.
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

  /** Sees whether it is the library that was opened first; where it is not, this connection ends. */
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

  /** Another tab wants to upgrade (`next` is its version) or to delete the database (null). */
  #makeWay(next: number | null): void {
    if (next === null) {
      this.#opening?.then(
        (db) => db.close(),
        () => undefined,
      );
      this.#opening = null;
      // Most likely a person deletes everything, and it is there again before anyone notices.
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

  /** The browser closes connections when it deletes what they were to, and for reasons of its own. */
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

  /** Opens again at once, to find out whether the library is still there. */
  async #reopen(): Promise<void> {
    for (const wait of REOPEN_MS) {
      await new Promise((resolve) => setTimeout(resolve, wait));
      if (this.#ended) return;
      try {
        await this.database();
        return;
      } catch {
        // The browser may still be deleting it. After the last try, the next call finds out.
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

/** Some stores of a transaction, by their names. */
export function storesOf<
  const Names extends readonly StoreName[],
  Mode extends IDBTransactionMode,
  Some extends Names[number],
>(tx: Tx<Names, Mode>, some: readonly Some[]): StoresOf<Names, Mode, Some> {
  const entries = some.map((name) => [name, tx.objectStore(name)]);
  return Object.fromEntries(entries) as StoresOf<Names, Mode, Some>;
}

/**
 * Starts requests of one transaction side by side and waits for all. Each is wrapped, so that one
 * that throws at once (a value that can't be stored) leaves no promise of another unattended.
 */
export function together<T>(requests: readonly (() => Promise<T>)[]): Promise<T[]> {
  return Promise.all(requests.map(async (request) => request()));
}

function abort(tx: { abort(): void }): void {
  try {
    tx.abort();
  } catch {
    // It has ended by itself, which is what was wanted.
  }
}
