import { AkinError } from '../../base/errors.ts';
import {
  type Assertion,
  checkRoom,
  exportLog,
  type Log,
  type LogEntry,
  nextEntry,
  type ParsedLog,
  parsingLog,
  runInSlices,
  toVersion1,
} from '../../identity/index.ts';
import { type Faces, MAX_ENTRY_ID } from '../../store/index.ts';
import { yieldToEventLoop } from '../shared/yieldToEventLoop.ts';
import { decidingEntry, effectiveIds, missingEntries, toggleRevert } from './logEntries.ts';

/** Attempts to append an entry while other tabs are faster. */
const MAX_TRIES = 5;

export interface StoredLogOptions {
  readonly faces: Pick<Faces, 'log' | 'append'>;
  /** Runs writes of face data. @throws AkinError `not-found` if all was erased */
  readonly writing: <T>(write: () => Promise<T>) => Promise<T>;
  /** Called when the log has changed. Whoever changed it waits for this. */
  readonly onChange: (log: Log) => Promise<void>;
}

/**
 * The user's assertions about people, as stored and appended to by all tabs. Entries that can't be
 * parsed are preserved, and their ids are never reused.
 */
export class StoredLog {
  readonly #options: StoredLogOptions;
  #parsed: ParsedLog = { log: [], unparsed: [], maxId: 0 };

  constructor(options: StoredLogOptions) {
    this.#options = options;
  }

  get entries(): Log {
    return this.#parsed.log;
  }

  /** Number of stored entries that can't be parsed. */
  get unparsed(): number {
    return this.#parsed.unparsed.length;
  }

  /** Reads the stored log: initially, and after another tab has appended entries. */
  async read(): Promise<void> {
    const rows = await this.#options.faces.log();
    await this.#set(await runInSlices(parsingLog(rows, MAX_ENTRY_ID), yieldToEventLoop));
  }

  /**
   * Appends an entry.
   *
   * @param assertions builds them from the current people; called again if another tab was faster
   * @returns the id of the entry
   */
  async append(assertions: () => readonly Assertion[], at: number): Promise<number> {
    const [entry] = await this.#appendMade((entries, maxId) => [
      nextEntry(entries, assertions(), at, maxId),
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
      toggleRevert(entries, entry, held, at, maxId),
    );
    return added.at(-1)?.id ?? decidingEntry(this.entries, entry);
  }

  /** Adds the entries of another log that this one lacks. Returns how many. */
  async add(other: Log): Promise<number> {
    const added = await this.#appendMade((entries, maxId) =>
      runInSlices(missingEntries(entries, other, maxId), yieldToEventLoop),
    );
    return added.length;
  }

  /** Exports the log as a file, including unparsed entries verbatim. */
  export(): string {
    return exportLog(this.#parsed.log, this.#parsed.unparsed);
  }

  /**
   * @throws AkinError `too-many-steps` beyond the limit, so whatever is written can be read again
   */
  async #appendMade(
    make: (entries: Log, maxId: number) => readonly LogEntry[] | Promise<readonly LogEntry[]>,
  ): Promise<readonly LogEntry[]> {
    for (let tries = 1; ; tries++) {
      const { log, maxId } = this.#parsed;
      const entries = await make(log, maxId);
      checkRoom(log, entries);
      const last = entries.at(-1);
      if (!last) return entries;
      const { faces, writing } = this.#options;
      const answer = await writing(() => faces.append(entries.map(toVersion1)));
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

  async #set(parsed: ParsedLog): Promise<void> {
    this.#parsed = parsed;
    await this.#options.onChange(parsed.log);
  }
}
