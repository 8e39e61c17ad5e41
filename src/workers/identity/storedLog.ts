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

/** Tries at adding an entry that another tab is faster with. */
const MAX_TRIES = 5;

export interface StoredLogOptions {
  readonly faces: Pick<Faces, 'log' | 'append'>;
  /** Runs what writes of faces. @throws AkinError `not-found` where all was erased */
  readonly writing: <T>(write: () => Promise<T>) => Promise<T>;
  /** The log is another one now. Whoever changes it waits until this is done. */
  readonly onChange: (log: Log) => Promise<void>;
}

/**
 * What the user has said of people, as the store has it and as all tabs add to it. What is kept there
 * and can't be read stays where it is, and no new entry takes its number.
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

  /** How many entries are kept that can't be read. */
  get unparsed(): number {
    return this.#parsed.unparsed.length;
  }

  /** Reads it anew: at first, and when another tab has said something. */
  async read(): Promise<void> {
    const rows = await this.#options.faces.log();
    await this.#set(await runInSlices(parsingLog(rows, MAX_ENTRY_ID), yieldToEventLoop));
  }

  /**
   * Says something for good.
   *
   * @param assertions made from who is whom now; made again where another tab was faster
   * @returns the id of the entry
   */
  async append(assertions: () => readonly Assertion[], at: number): Promise<number> {
    const [entry] = await this.#appendMade((entries, maxId) => [
      nextEntry(entries, assertions(), at, maxId),
    ]);
    return entry!.id;
  }

  /**
   * Takes an entry back, or back again: what held does not from now on, and the other way round.
   *
   * @returns the id of the last entry that does it
   * @throws AkinError `not-found` where the log has no such entry
   */
  async toggleRevert(entry: number, at: number): Promise<number> {
    const held = effectiveIds(this.entries).has(entry);
    // An entry may have been reverted twice, by two tabs or two devices.
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

  /** As a file, with what can't be read as it is. */
  export(): string {
    return exportLog(this.#parsed.log, this.#parsed.unparsed);
  }

  /** @throws AkinError `too-many-steps` where there is no room, so that what is written is read again */
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
        // It may have been read in the meantime, with or without these.
        if (this.#parsed.maxId !== maxId) await this.read();
        else await this.#set({ ...this.#parsed, log: [...log, ...entries], maxId: last.id });
        return entries;
      }
      if (tries >= MAX_TRIES) throw new AkinError('storage-failed', 'Another tab is in the way.');
      await this.read();
      // A number may be taken by an entry that is gone with its photos, and is not given again.
      this.#parsed = { ...this.#parsed, maxId: Math.max(this.#parsed.maxId, answer.last) };
    }
  }

  async #set(parsed: ParsedLog): Promise<void> {
    this.#parsed = parsed;
    await this.#options.onChange(parsed.log);
  }
}
