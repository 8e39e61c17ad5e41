import { AkinError } from '../../base/errors.ts';
import {
  type Log,
  type LogEntry,
  type LogFormat,
  type ParsedLog,
  parsingLogOf,
  runInSlices,
} from '../../identity/index.ts';
import { type AppendAnswer, type LogEntryRow, MAX_ENTRY_ID } from '../../store/index.ts';
import { decidingEntry, effectiveIds, missingEntries, toggleRevert } from './logEntries.ts';
import { yieldToEventLoop } from './yieldToEventLoop.ts';

/** Attempts to append an entry while other tabs are faster. */
const MAX_TRIES = 5;

export interface StoredLogOptions<A> {
  readonly format: LogFormat<A>;
  /** The entry as it is stored. */
  readonly toStored: (entry: LogEntry<A>) => LogEntryRow;
  readonly rows: {
    log(): Promise<readonly unknown[]>;
    append(entries: readonly LogEntryRow[]): Promise<AppendAnswer>;
  };
  /** Runs writes. May reject if there is nothing to write to any more. */
  readonly writing: <T>(write: () => Promise<T>) => Promise<T>;
  /** Called when the log has changed. Whoever changed it waits for this. */
  readonly onChange: (log: Log<A>) => Promise<void>;
}

/**
 * The user's assertions, as stored and appended to by all tabs. Entries that can't be
 * parsed are preserved, and their ids are never reused.
 */
export class StoredLog<A> {
  readonly #options: StoredLogOptions<A>;
  #parsed: ParsedLog<A> = { log: [], unparsed: [], maxId: 0 };

  constructor(options: StoredLogOptions<A>) {
    this.#options = options;
  }

  get entries(): Log<A> {
    return this.#parsed.log;
  }

  /** Number of stored entries that can't be parsed. */
  get unparsed(): number {
    return this.#parsed.unparsed.length;
  }

  /** Those entries, unchanged. */
  get unparsedRows(): readonly unknown[] {
    return this.#parsed.unparsed;
  }

  /** Reads the stored log: initially, and after another tab has appended entries. */
  async read(): Promise<void> {
    const { rows, format } = this.#options;
    const parsing = parsingLogOf(format, await rows.log(), MAX_ENTRY_ID);
    await this.#set(await runInSlices(parsing, yieldToEventLoop));
  }

  /**
   * Appends an entry.
   *
   * @param assertions builds them from the current people; called again if another tab was faster
   * @returns the id of the entry
   */
  async append(assertions: () => readonly A[], at: number): Promise<number> {
    const [entry] = await this.#appendMade((entries, maxId) => [
      this.#options.format.nextEntry(entries, assertions(), at, maxId),
    ]);
    return entry!.id;
  }

  /**
   * Reverts an entry, or reverts the revert: toggles whether it is effective.
   *
   * @returns the id of the last entry appended for this
   * @throws AkinError `not-found` if the log has no such entry
   */
  async toggleRevert(entry: number, at: number): Promise<number> {
    const held = effectiveIds(this.entries).has(entry);
    // Two tabs or devices may each have reverted the entry.
    const added = await this.#appendMade((entries, maxId) =>
      toggleRevert(this.#options.format, entries, entry, held, at, maxId),
    );
    return added.at(-1)?.id ?? decidingEntry(this.entries, entry);
  }

  /** Adds the entries of another log that this one lacks. Returns how many. */
  async add(other: Log<A>): Promise<number> {
    const added = await this.#appendMade((entries, maxId) =>
      runInSlices(missingEntries(this.#options.format, entries, other, maxId), yieldToEventLoop),
    );
    return added.length;
  }

  /**
   * @throws AkinError `too-many-steps` beyond the limit, so whatever is written can be read again
   */
  async #appendMade(
    make: (
      entries: Log<A>,
      maxId: number,
    ) => readonly LogEntry<A>[] | Promise<readonly LogEntry<A>[]>,
  ): Promise<readonly LogEntry<A>[]> {
    const { format, toStored, rows, writing } = this.#options;
    for (let tries = 1; ; tries++) {
      const { log, maxId } = this.#parsed;
      const entries = await make(log, maxId);
      format.checkRoom(log, entries);
      const last = entries.at(-1);
      if (!last) return entries;
      const answer = await writing(() => rows.append(entries.map(toStored)));
      if (answer.outcome === 'appended') {
        // The log may have been reread meanwhile, with or without these entries.
        if (this.#parsed.maxId !== maxId) await this.read();
        else await this.#set({ ...this.#parsed, log: [...log, ...entries], maxId: last.id });
        return entries;
      }
      if (tries >= MAX_TRIES) throw new AkinError('storage-failed', 'Another tab is in the way.');
      await this.read();
      // An id may belong to an entry that was deleted with its photos; it is not reused.
      this.#parsed = { ...this.#parsed, maxId: Math.max(this.#parsed.maxId, answer.last) };
    }
  }

  async #set(parsed: ParsedLog<A>): Promise<void> {
    this.#parsed = parsed;
    await this.#options.onChange(parsed.log);
  }
}
