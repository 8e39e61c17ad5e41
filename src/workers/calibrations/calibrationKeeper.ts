import { AkinError, errorReport } from '../../base/errors.ts';
import type { AkinEvent, CalibrationWork, PhotoId } from '../../protocol/index.ts';
import type { CalibrationRow, Store } from '../../store/index.ts';
import type { SearchedSpace } from '../models/model.ts';
import { calibrationOdds } from './calibrationOdds.ts';
import type { openTaughtIndex } from './taughtSpace.ts';

/** Photos extended per transaction, for which imports and reads of vectors wait: 80 ms on two cores. */
const SLICE = 100;
/** Interval between progress events, in milliseconds. */
const TELL_MS = 250;

/** Events after which there may be something to do. */
const WAKES: ReadonlySet<AkinEvent['type']> = new Set([
  'calibrations',
  'calibration-chosen',
  'model-chosen',
  'space-dropped',
  'purged',
]);

export interface CalibrationKeeperOptions {
  readonly store: () => Promise<Store>;
  /** The space of the model in use. */
  readonly base: () => Promise<SearchedSpace>;
  readonly openIndex: (row: CalibrationRow) => ReturnType<typeof openTaughtIndex>;
  readonly broadcast: (event: AkinEvent) => void;
  /** Lets other work run between two slices. */
  readonly yieldToEventLoop: () => Promise<void>;
  /** Runs work in one tab; the next in line takes over. */
  readonly inTurn: (work: () => Promise<void>) => Promise<void>;
  /** Deletes files that no index refers to any more. */
  readonly collectFiles: () => Promise<void>;
}

/** A calibration that is worked on, and how to cancel that. */
interface Job {
  readonly id: string;
  readonly cancel: () => void;
}

/**
 * The background work on calibrations: fills the spaces of adopted ones, drops those of removed ones,
 * and rewrites indexes that are not in use when photos are deleted permanently. All of it is found in
 * the store, so whichever tab comes next continues it.
 */
export class CalibrationKeeper {
  readonly #options: CalibrationKeeperOptions;
  #working: Promise<void> | null = null;
  #again = false;
  #job: Job | null = null;
  #work: CalibrationWork = { state: 'idle' };
  #told = 0;

  constructor(options: CalibrationKeeperOptions) {
    this.#options = options;
  }

  /** Does what is left, in the background. */
  wake(): void {
    this.#again = true;
    this.#working ??= this.#options
      .inTurn(() => this.#run())
      .catch(() => {}) /* found again at the next visit */
      .finally(() => {
        this.#working = null;
        if (this.#again) this.wake();
      });
  }

  /** Resolves when nothing runs any more. */
  async settled(): Promise<void> {
    while (this.#working) await this.#working;
  }

  /** Handles events of this tab and others. */
  async hear(event: AkinEvent): Promise<void> {
    if (event.type === 'cleared') this.#job?.cancel();
    if (!WAKES.has(event.type)) return;
    const job = this.#job;
    if (job && event.type === 'calibrations') {
      const { calibrations } = await this.#options.store();
      // Training its index would be for nothing.
      if ((await calibrations.get(job.id)) === null) job.cancel();
    }
    this.wake();
  }

  async #run(): Promise<void> {
    while (this.#again) {
      this.#again = false;
      await this.#dropRemains();
      const { calibrations, indexes } = await this.#options.store();
      const base = await this.#options.base();
      const chosen = await calibrations.chosen(base.id);
      for (const row of await calibrations.list()) {
        if (row.baseSpaceId !== base.id) continue;
        if (row.odds === undefined) await this.#fill(row, base);
        // The tabs that have the chosen one open rewrite it.
        else if (row.id !== chosen?.id && (await indexes.purged(row.spaceId)).length > 0) {
          await this.#maintain(row);
        }
      }
    }
  }

  async #dropRemains(): Promise<void> {
    const { collectFiles, store, yieldToEventLoop } = this.#options;
    const { calibrations } = await store();
    if (!(await calibrations.dropRemains())) return;
    do await yieldToEventLoop();
    while (await calibrations.dropRemains());
    await collectFiles();
  }

  async #fill(row: CalibrationRow, base: SearchedSpace): Promise<void> {
    const { broadcast, store, yieldToEventLoop } = this.#options;
    const { id } = row;
    try {
      const { calibrations, indexes } = await store();
      const total = await indexes.count(base.id);
      const ids: PhotoId[] = [];
      const say = (state: 'filling' | 'indexing') =>
        this.#say({ state, id, done: Math.min(ids.length, total), total });
      say('filling');
      for (let more = true; more; ) {
        const slice = await calibrations.fill(id, ids.at(-1) ?? 0, SLICE);
        if (!slice && (await calibrations.get(id))) {
          throw new AkinError('corrupt', 'What was learned is damaged.');
        }
        if (!slice) return this.#say({ state: 'idle' });
        for (const photo of slice.ids) ids.push(photo);
        more = slice.more;
        if (performance.now() - this.#told > TELL_MS) say('filling');
        await yieldToEventLoop();
      }
      say('indexing');
      const odds = await calibrationOdds(indexes, base, { id: row.spaceId, d: row.d }, ids);
      await this.#maintain(row);
      if (await calibrations.ready(id, odds)) broadcast({ type: 'calibrations' });
      this.#say({ state: 'idle' });
    } catch (thrown) {
      this.#say({ state: 'failed', id, ...errorReport(thrown) });
    }
  }

  /** Does what is due for an index that isn't in use: seals, trains, rewrites. */
  async #maintain(row: CalibrationRow): Promise<void> {
    const { index, maintainer } = await this.#options.openIndex(row);
    this.#job = { id: row.id, cancel: () => maintainer.cleared() };
    try {
      await maintainer.maintain({ quiet: true });
    } finally {
      this.#job = null;
      maintainer.cleared();
      index.close();
    }
  }

  #say(work: CalibrationWork): void {
    if (work.state === 'idle' && this.#work.state === 'idle') return;
    this.#told = performance.now();
    this.#work = work;
    this.#options.broadcast({ type: 'calibration-work', work });
  }
}
