import { AkinError } from '../../base/errors.ts';
import type { Log, LogEntry } from './logEntry.ts';
import { SLICE, type Sliced } from './slices.ts';

/**
 * Maximum number of entries of a log, and their maximum total size (`weightOf`): more than a
 * lifetime's worth, but little enough to be read at each start.
 */
export const MAX_ENTRIES = 200_000;
export const MAX_WEIGHT = 2_000_000;

/** What the assertions of a log are: of people, or of items. */
export interface AssertionKind<A> {
  /** Copies the known fields of an assertion; `undefined` if the value is not one. */
  readonly read: (value: unknown) => A | undefined;
  /** Size of an assertion: itself plus what it refers to. */
  readonly weightOf: (assertion: A) => number;
  /** Maximum number of assertions of an entry. */
  readonly maxAssertions: number;
  /** Maps an entry of an earlier version to current names. */
  readonly upgrade: (entry: unknown) => unknown;
  /** Says that a log of this kind is full. */
  readonly full: string;
}

/** Reads and extends logs whose entries make assertions of one kind. */
export class LogFormat<A> {
  readonly #kind: AssertionKind<A>;

  constructor(kind: AssertionKind<A>) {
    this.#kind = kind;
  }

  /**
   * Creates the next entry of a log, for the caller to save.
   *
   * @param at milliseconds since 1970: for display only
   * @param maxId the highest entry id in use, if not the log's: see `ParsedLog`
   * @throws `invalid-argument` for an invalid assertion
   */
  nextEntry(log: Log<A>, assertions: readonly A[], at: number, maxId = 0): LogEntry<A> {
    return this.readEntry({ id: nextId(log, maxId), at, assertions }, lastId(log));
  }

  /**
   * Creates the entry that reverts any one of the log.
   *
   * @param maxId as in `nextEntry`
   * @throws `not-found` if the log has no such entry
   */
  revertEntry(log: Log<A>, id: number, at: number, maxId = 0): LogEntry<A> {
    if (!log.some((entry) => entry.id === id)) {
      throw new AkinError('not-found', `the log has no entry ${id}`);
    }
    return this.readEntry({ id: nextId(log, maxId), at, reverts: id }, lastId(log));
  }

  /**
   * Validates a stored log: every field of every entry, ascending ids, and that reverted entries
   * exist. In slices.
   *
   * @throws `corrupt`, naming the entry; `too-many-steps`
   */
  *reading(value: unknown): Sliced<Log<A>> {
    if (!Array.isArray(value)) throw new AkinError('corrupt', 'the log is no list of entries');
    if (value.length > MAX_ENTRIES) throw this.#tooMany();
    const log: LogEntry<A>[] = [];
    const ids = new Set<number>();
    let weight = 0;
    let done = 0;
    for (const read of value) {
      try {
        const entry = this.readEntry(read, lastId(log));
        if ('reverts' in entry && !ids.has(entry.reverts)) {
          throw new AkinError('corrupt', `the log has no entry ${entry.reverts}`);
        }
        log.push(entry);
        ids.add(entry.id);
      } catch (error) {
        throw new AkinError('corrupt', `entry ${log.length + 1} of the log is damaged`, {
          cause: error,
        });
      }
      const added = this.entryWeight(log.at(-1)!);
      weight += added;
      if (weight > MAX_WEIGHT) throw this.#tooMany();
      done += added;
      if (done < SLICE) continue;
      done = 0;
      yield;
    }
    return log;
  }

  /** Size of an entry: the sum over its assertions. */
  entryWeight(entry: LogEntry<A>): number {
    return 'reverts' in entry
      ? 1
      : entry.assertions.reduce((sum, assertion) => sum + this.#kind.weightOf(assertion), 0);
  }

  /** @throws `too-many-steps` if a log has no room for the added entries */
  checkRoom(log: Log<A>, added: Log<A>): void {
    if (added.length === 0) return;
    const weight = [...log, ...added].reduce((sum, entry) => sum + this.entryWeight(entry), 0);
    if (log.length + added.length > MAX_ENTRIES || weight > MAX_WEIGHT) throw this.#tooMany();
  }

  /**
   * Copies the known fields of an entry, under current names.
   *
   * @param after the id of the previous entry
   * @throws `invalid-argument` if it is not an entry
   */
  readEntry(value: unknown, after: number): LogEntry<A> {
    const { read, upgrade, maxAssertions } = this.#kind;
    if (typeof value !== 'object' || value === null) return fail('an entry is an object');
    const { id, at, assertions, reverts } = upgrade(value) as Record<string, unknown>;
    if (!isWhole(id) || id <= after) return fail('the ids of entries rise');
    if (!isWhole(at)) return fail('an entry has its time');
    if (reverts !== undefined) {
      if (assertions !== undefined || !isWhole(reverts) || reverts < 1 || reverts >= id) {
        return fail('an entry reverts an earlier one');
      }
      return { id, at, reverts };
    }
    if (
      !Array.isArray(assertions) ||
      assertions.length === 0 ||
      assertions.length > maxAssertions
    ) {
      return fail(`an entry has 1 to ${maxAssertions.toLocaleString('en-US')} assertions`);
    }
    return {
      id,
      at,
      assertions: assertions.map((each) => read(each) ?? fail('an unknown assertion')),
    };
  }

  #tooMany(): AkinError {
    return new AkinError('too-many-steps', this.#kind.full);
  }
}

/**
 * The entries in effect: those with assertions that were not reverted. A reverted entry is as if it
 * had never been; later ones keep their meaning, as each has its own ids.
 */
export function effectiveEntries<A>(
  log: Log<A>,
): (LogEntry<A> & { readonly assertions: readonly A[] })[] {
  const takenBack = new Set<number>();
  const live: (LogEntry<A> & { readonly assertions: readonly A[] })[] = [];
  // Only later entries revert, so going backwards each entry's state is already known.
  for (const entry of log.toReversed()) {
    if (takenBack.has(entry.id)) continue;
    if ('reverts' in entry) takenBack.add(entry.reverts);
    else live.push(entry);
  }
  return live.reverse();
}

/** The id of the next entry of a log. */
export function nextId(log: readonly { readonly id: number }[], maxId = 0): number {
  return Math.max(lastId(log), maxId) + 1;
}

function lastId(log: readonly { readonly id: number }[]): number {
  return log.at(-1)?.id ?? 0;
}

function fail(what: string): never {
  throw new AkinError('invalid-argument', what);
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
