import type { AkinEvent, ImportCounts, ImportProgress } from '../../protocol/index.ts';
import { ImportLedger } from './importLedger.ts';
import { callRoll, enroll, type Roll } from './importMembers.ts';
import { ProgressMeter } from './progressMeter.ts';

/** Held by the one tab that works on the files that wait; the next in line takes over. */
export const IMPORT_LOCK = 'akin-import';
/** Another tab that takes part may be closed without a word: who waits for it looks this often, in ms. */
const LOOK_AGAIN_MS = 500;

type Done = Extract<ImportProgress, { state: 'done' }>;

export interface SharedImportOptions {
  /** Id of the library. */
  readonly library: string;
  readonly broadcast: (event: AkinEvent) => void;
  /** How many files wait. */
  readonly queued: () => Promise<number>;
  /** What this tab does: `holds` the lock, `waits` for it or holds it, is `stopped` by a failure. */
  readonly now: () => {
    readonly holds: boolean;
    readonly waits: boolean;
    readonly stopped: boolean;
  };
  /** The import is over. */
  readonly onEnd: () => void;
  /** Name of this worker and who else is there, for tests; as the browser has it without them. */
  readonly member?: string;
  readonly callRoll?: () => Promise<Roll>;
}

/**
 * What all tabs share of an import: one count, and one result, which whichever tab first finds the import
 * over tells for all, and which stays until a person puts it away.
 */
export class SharedImport {
  readonly ledger: ImportLedger;
  readonly meter: ProgressMeter;
  readonly #options: SharedImportOptions;
  /** Whether this tab takes part in an import whose end is not told yet. */
  #active = false;
  #cancelled = false;
  #summary: Done | null = null;
  /** Whether another tab said that it works. */
  #othersWork = false;
  /** This tab's part as it was last told. */
  #told = '';
  #lookingAgain: ReturnType<typeof setTimeout> | undefined;

  constructor(options: SharedImportOptions) {
    this.#options = options;
    this.ledger = new ImportLedger(options.member ?? enroll(), options.library);
    this.meter = new ProgressMeter((progress) => {
      // A tab that takes no part has nothing to tell, and would hide what the others do.
      if (!this.#active) return;
      this.#tellTally();
      // The tab that works tells; another would only contradict it.
      const works = options.now().holds;
      if (works || !this.#othersWork) options.broadcast({ type: 'progress', progress, works });
    }, this.ledger);
    // An import may be under way, or its result not put away yet.
    options.broadcast({ type: 'command', command: 'report' });
  }

  get isActive(): boolean {
    return this.#active;
  }

  /** This tab takes part from now on. Returns false where it did already. */
  begin(): boolean {
    this.#cancelled = false;
    if (this.#active) return false;
    this.#active = true;
    this.#summary = null;
    this.ledger.begin();
    this.meter.reset();
    return true;
  }

  /** Whoever finds nothing waiting from now on finds it so because it was cancelled. */
  cancel(): void {
    this.#cancelled = true;
    this.ledger.giveUp();
    this.meter.setQueued(0);
    if (this.#active) this.meter.tellNow();
  }

  /** This tab has begun to work. Returns whether another did, and is gone without an end. */
  takeOver(): boolean {
    const unended = this.#othersWork;
    this.#othersWork = false;
    return unended;
  }

  /** Tells how far the import is, or how it ended. */
  report(): void {
    this.#told = '';
    if (this.#active) this.meter.tellNow();
    else if (this.#summary) this.#options.broadcast({ type: 'progress', progress: this.#summary });
  }

  /** What another tab tells of the import. */
  hear(event: AkinEvent): void {
    switch (event.type) {
      case 'progress':
        if ('importId' in event.progress && !this.ledger.isOurs(event.progress.importId)) return;
        this.#othersWork =
          !this.#options.now().holds && event.works === true && isWork(event.progress);
        if (event.progress.state === 'done') this.#hearDone(event.progress);
        return;
      case 'tally':
        this.ledger.hear(event.tally);
        if (this.#active) this.meter.soon();
        return;
      case 'summary-dismissed':
        if (this.#summary?.importId === event.importId) this.#summary = null;
        return;
      case 'cleared':
        this.#summary = null;
    }
  }

  /**
   * Tells the result, if the import is over: nothing waits, and nobody works or brings in more.
   *
   * @returns whether no import is under way
   */
  async conclude(): Promise<boolean> {
    const { ledger, meter } = this;
    if (!ledger.isLive) return true;
    const roll = await (this.#options.callRoll ?? callRoll)();
    const queued = await this.#options.queued();
    if (!ledger.isLive) return true;
    const { holds, waits, stopped } = this.#options.now();
    if (stopped) return false;
    ledger.keepAlive(roll.isAlive);
    const othersWork = !holds && (waits || roll.isHeld(IMPORT_LOCK));
    const othersTell = !this.#active && ledger.hasOthers(roll.isAlive);
    if (queued > 0 || othersWork || othersTell || ledger.unstaged > 0) {
      this.#lookAgain();
      return false;
    }
    meter.setQueued(0);
    const done = asDone(meter.counts(), this.#cancelled);
    this.#tellTally();
    this.#options.broadcast({ type: 'progress', progress: done });
    this.#end(done);
    return true;
  }

  /** Tells this tab's part, if it has changed: two tabs would else answer one another for ever. */
  #tellTally(): void {
    const tally = this.ledger.own();
    const told = JSON.stringify(tally);
    if (told === this.#told) return;
    this.#told = told;
    this.#options.broadcast({ type: 'tally', tally });
  }

  /** The import that this tab waits for may end without anybody left to tell so. */
  #lookAgain(): void {
    this.#lookingAgain ??= setTimeout(() => {
      this.#lookingAgain = undefined;
      void this.conclude().catch(() => this.#lookAgain());
    }, LOOK_AGAIN_MS);
  }

  #end(done: Done): void {
    this.ledger.end();
    this.#active = false;
    this.#summary = done;
    this.meter.quiet();
    this.#options.onEnd();
  }

  #hearDone(done: Done): void {
    const { importId, isLive, ownUnstaged } = this.ledger;
    if (!isLive) this.#summary = done;
    if (!isLive || done.importId !== importId) return;
    const { holds, stopped } = this.#options.now();
    if (holds || stopped || ownUnstaged > 0) {
      // Either it has not heard yet what this tab does, or it was over when this one joined it.
      if (this.#active) this.ledger.leaveEnded(done.done);
      this.meter.tellNow();
      return;
    }
    const counts = this.meter.counts();
    this.#end(done);
    // Nor, perhaps, the last of what this one has done.
    if (counts.done <= done.done) return;
    this.#summary = asDone({ ...counts, total: counts.done }, done.cancelled);
    this.report();
  }
}

function asDone(counts: ImportCounts, cancelled: boolean): Done {
  return { state: 'done', cancelled, ...counts };
}

function isWork({ state }: ImportProgress): boolean {
  return state === 'running' || state === 'paused';
}
