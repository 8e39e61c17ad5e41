import {
  importIn,
  libraryOf,
  OUTCOMES,
  type Outcome,
  type TabTally,
  type Tally,
} from '../../protocol/index.ts';

interface Entry {
  readonly tally: Tally;
  readonly unstaged: number;
}

const NOTHING: Tally = Object.fromEntries(OUTCOMES.map((name) => [name, 0])) as Record<
  Outcome,
  number
>;

/**
 * The counts of one import. Each tab counts its own work, broadcasts it, and sums the counts of all
 * tabs, so the result is the same whichever tab ends the import.
 */
export class ImportLedger {
  readonly #member: string;
  readonly #library: string;
  readonly #now: () => number;
  #importId = '';
  #begunAt = 0;
  #live = false;
  readonly #others = new Map<string, Entry>();
  #tally: Record<Outcome, number> = { ...NOTHING };
  #unstaged = 0;
  /** Whether this tab will announce further files that are not counted yet. */
  #more = false;
  /** Id of the previous import. */
  #before = '';

  constructor(member: string, library: string, now: () => number = Date.now) {
    this.#member = member;
    this.#library = library;
    this.#now = now;
  }

  get importId(): string {
    return this.#importId;
  }

  /** Whether an import is running, as far as this tab knows. */
  get isLive(): boolean {
    return this.#live;
  }

  /** Files this tab has yet to store: at least one while more may be announced. */
  get ownUnstaged(): number {
    return this.#unstaged + Number(this.#more);
  }

  /** Files any tab has yet to store. */
  get unstaged(): number {
    let sum = this.ownUnstaged;
    for (const { unstaged } of this.#others.values()) sum += unstaged;
    return sum;
  }

  /** Joins the running import, or begins one. */
  begin(): void {
    if (!this.#live) this.#start(importIn(this.#library), this.#now());
  }

  /** The import has ended. Its counts stay readable. */
  end(): void {
    this.#live = false;
  }

  /**
   * Leaves an import that ended before the other tabs heard from this one: this tab's files, done
   * and pending, become an import of their own.
   *
   * @param done number of files of the import, as broadcast with its end
   */
  leaveEnded(done: number): void {
    const own = this.#tally;
    const ofOthers = filesOf(this.sum()) - filesOf(own);
    if (filesOf(own) > 0 && done > ofOthers) return;
    this.#start(importIn(this.#library), this.#now());
    this.#tally = own;
  }

  add(outcome: Outcome, files: number): void {
    this.#tally[outcome] += files;
  }

  /**
   * Adds to the number of files this tab has yet to store. `more`: further files, not yet counted,
   * will follow; unchanged if omitted.
   */
  announce(files: number, more = this.#more): void {
    this.#unstaged = Math.max(0, this.#unstaged + files);
    this.#more = more;
  }

  /** Drops the files that will not be stored. */
  giveUp(): void {
    this.#unstaged = 0;
    this.#more = false;
  }

  own(): TabTally {
    return {
      importId: this.#importId,
      begunAt: this.#begunAt,
      member: this.#member,
      tally: { ...this.#tally },
      unstaged: this.ownUnstaged,
    };
  }

  sum(): Tally {
    const sum = { ...this.#tally };
    for (const { tally } of this.#others.values()) {
      for (const name of OUTCOMES) sum[name] += tally[name];
    }
    return sum;
  }

  /** Applies another tab's tally. Tabs that begin concurrently agree on the earlier import. */
  hear({ importId, begunAt, member, tally, unstaged }: TabTally): void {
    if (member === this.#member || !this.isOurs(importId)) return;
    if (importId !== this.#importId) {
      // Late news of an import that ended before the current one began.
      if (importId === this.#before) return;
      if (!this.#live) this.#start(importId, begunAt);
      else if (
        begunAt < this.#begunAt ||
        (begunAt === this.#begunAt && importId < this.#importId)
      ) {
        this.#importId = importId;
        this.#begunAt = begunAt;
      }
    }
    this.#others.set(member, { tally, unstaged });
  }

  /** Whether an import belongs to this library, and not to a deleted one. */
  isOurs(importId: string): boolean {
    return libraryOf(importId) === this.#library;
  }

  /** Closed tabs store nothing any more; what they have done still counts. */
  keepAlive(isAlive: (member: string) => boolean): void {
    for (const [member, entry] of this.#others) {
      if (!isAlive(member)) this.#others.set(member, { ...entry, unstaged: 0 });
    }
  }

  /** Whether another live tab takes part. */
  hasOthers(isAlive: (member: string) => boolean): boolean {
    return [...this.#others.keys()].some(isAlive);
  }

  #start(importId: string, begunAt: number): void {
    this.#before = this.#importId;
    this.#importId = importId;
    this.#begunAt = begunAt;
    this.#live = true;
    this.#others.clear();
    this.#tally = { ...NOTHING };
  }
}

/** Total number of files counted. */
export function filesOf(tally: Tally): number {
  return OUTCOMES.reduce((sum, name) => sum + tally[name], 0);
}
