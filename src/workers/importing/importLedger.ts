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
 * One import's counts, kept by every tab alike: each tab counts what it does itself, tells the others,
 * and adds up what all have told. So whichever tab ends the import gives the same result.
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
  /** Whether this tab is to announce files that nobody has counted yet. */
  #more = false;
  /** The import before this one. */
  #before = '';

  constructor(member: string, library: string, now: () => number = Date.now) {
    this.#member = member;
    this.#library = library;
    this.#now = now;
  }

  get importId(): string {
    return this.#importId;
  }

  /** Whether an import is under way, as far as this tab has heard. */
  get isLive(): boolean {
    return this.#live;
  }

  /** Files that this tab has yet to store: at least one while it is to announce more. */
  get ownUnstaged(): number {
    return this.#unstaged + Number(this.#more);
  }

  /** Files that some tab has yet to store. */
  get unstaged(): number {
    let sum = this.ownUnstaged;
    for (const { unstaged } of this.#others.values()) sum += unstaged;
    return sum;
  }

  /** Joins the import that is under way, or begins one. */
  begin(): void {
    if (!this.#live) this.#start(importIn(this.#library), this.#now());
  }

  /** The import is over. Its counts stay to be read. */
  end(): void {
    this.#live = false;
  }

  /**
   * Leaves an import that was over before this tab was heard of in it: what this tab has done, and what
   * it is to store, is an import of its own.
   *
   * @param done files of the import, as told with its end
   * @returns whether it was so
   */
  leaveEnded(done: number): boolean {
    const own = this.#tally;
    const ofOthers = filesOf(this.sum()) - filesOf(own);
    if (filesOf(own) > 0 && done > ofOthers) return false;
    this.#start(importIn(this.#library), this.#now());
    this.#tally = own;
    return true;
  }

  add(outcome: Outcome, files: number): void {
    this.#tally[outcome] += files;
  }

  /**
   * Changes how many files this tab has yet to store. `more`: others follow that are not counted yet;
   * without it that stays as it is.
   */
  announce(files: number, more = this.#more): void {
    this.#unstaged = Math.max(0, this.#unstaged + files);
    this.#more = more;
  }

  /** Files that will not be stored after all. */
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

  /** Takes in what another tab tells. Tabs that begin at once agree on the import begun first. */
  hear({ importId, begunAt, member, tally, unstaged }: TabTally): void {
    if (member === this.#member || !this.isOurs(importId)) return;
    if (importId !== this.#importId) {
      // Told late, of an import that was over before the one of now began.
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

  /** Whether an import is one of this library, and not of one that the browser has deleted. */
  isOurs(importId: string): boolean {
    return libraryOf(importId) === this.#library;
  }

  /** Tabs that are gone store nothing any more; what they have done still counts. */
  keepAlive(isAlive: (member: string) => boolean): void {
    for (const [member, entry] of this.#others) {
      if (!isAlive(member)) this.#others.set(member, { ...entry, unstaged: 0 });
    }
  }

  /** Whether another tab takes part that is still there. */
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

/** How many files were counted. */
function filesOf(tally: Tally): number {
  return OUTCOMES.reduce((sum, name) => sum + tally[name], 0);
}
