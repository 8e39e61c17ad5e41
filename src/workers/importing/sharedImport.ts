import type { AkinEvent, ImportCounts, ImportProgress } from '../../protocol/index.ts';
import { ImportLedger } from './importLedger.ts';
import { callRoll, enroll, type Roll } from './importMembers.ts';
import { ProgressMeter } from './progressMeter.ts';

/** Held by the one importing tab; the next in line takes over. */
export const IMPORT_LOCK = 'akin-import';
/**
 * Interval at which a waiting tab checks for participants that were closed silently, in
 * milliseconds.
 */
const LOOK_AGAIN_MS = 500;

type Done = Extract<ImportProgress, { state: 'done' }>;

export interface SharedImportOptions {
  /** Library id. */
  readonly library: string;
  readonly broadcast: (event: AkinEvent) => void;
  /** Number of waiting files. */
  readonly queued: () => Promise<number>;
  /** This tab's role: `holds` the lock, `waits` for it or holds it, is `stopped` by a failure. */
  readonly now: () => {
    readonly holds: boolean;
    readonly waits: boolean;
    readonly stopped: boolean;
  };
  /** Called when the import has ended. */
  readonly onEnd: () => void;
  /** This worker's name and the live workers; from the browser unless a test sets them. */
  readonly member?: string;
  readonly callRoll?: () => Promise<Roll>;
}

/**
 * What the tabs share of an import: one set of counts, and one result, broadcast by whichever tab
 * first finds the import finished, and shown until dismissed.
 */
export class SharedImport {
  readonly ledger: ImportLedger;
  readonly meter: ProgressMeter;
  readonly #options: SharedImportOptions;
  /** Whether this tab takes part in an import whose end was not broadcast yet. */
  #active = false;
  #cancelled = false;
  #summary: Done | null = null;
  /** Whether another tab said that it is importing. */
  #othersWork = false;
  /** This tab's tally as last broadcast. */
  #told = '';
  #lookingAgain: ReturnType<typeof setTimeout> | undefined;

  constructor(options: SharedImportOptions) {
    this.#options = options;
    this.ledger = new ImportLedger(options.member ?? enroll(), options.library);
    this.meter = new ProgressMeter((progress) => {
      // A tab that takes no part has nothing to report and would hide the others' progress.
      if (!this.#active) return;
      this.#tellTally();
      // Only the importing tab reports; another would contradict it.
      const works = options.now().holds;
      if (works || !this.#othersWork) options.broadcast({ type: 'progress', progress, works });
    }, this.ledger);
    // An import may be running, or its result not dismissed yet.
    options.broadcast({ type: 'command', command: 'report' });
  }

  get isActive(): boolean {
    return this.#active;
  }

  /** Makes this tab take part. Returns false if it already did. */
  begin(): boolean {
    this.#cancelled = false;
    if (this.#active) return false;
    this.#active = true;
    this.#summary = null;
    this.ledger.begin();
    this.meter.reset();
    return true;
  }

  /** From now on, nothing is waiting because the import was cancelled. */
  cancel(): void {
    this.#cancelled = true;
    this.ledger.giveUp();
    this.meter.setQueued(0);
    if (this.#active) this.meter.tellNow();
  }

  /** This tab has started importing. Returns whether another did and disappeared without an end. */
  takeOver(): boolean {
    const unended = this.#othersWork;
    this.#othersWork = false;
    return unended;
  }

  /** Broadcasts the progress or the result. */
  report(): void {
    this.#told = '';
    if (this.#active) this.meter.tellNow();
    else if (this.#summary) this.#options.broadcast({ type: 'progress', progress: this.#summary });
  }

  /** Handles another tab's event. */
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
   * Broadcasts the result if the import has ended: nothing is waiting, and no tab is importing or
   * adding files.
   *
   * @returns whether no import is running
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

  /**
   * Broadcasts this tab's tally if it has changed; otherwise two tabs would answer each other
   * forever.
   */
  #tellTally(): void {
    const tally = this.ledger.own();
    const told = JSON.stringify(tally);
    if (told === this.#told) return;
    this.#told = told;
    this.#options.broadcast({ type: 'tally', tally });
  }

  /** The import this tab waits for may end with no tab left to report it. */
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
    if (this.#active && (holds || stopped || ownUnstaged > 0)) {
      // The sender either hasn't received this tab's tally yet, or finished before this tab joined.
      this.ledger.leaveEnded(done.done);
      this.meter.tellNow();
      return;
    }
    const counts = this.meter.counts();
    this.#end(done);
    // It may not have received this tab's last results either.
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
