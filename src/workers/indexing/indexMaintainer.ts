import {
  type IndexPlan,
  type IndexState,
  mayTrainAgain,
  planIndex,
  type ResolvedSpec,
} from '../../ann/index.ts';
import { errorReport } from '../../base/errors.ts';
import type {
  BuildProgress,
  BuiltIndex,
  IndexChoice,
  IndexKind,
  IndexWork,
  PhotoId,
  TrainSpace,
} from '../../protocol/index.ts';
import type { Followed, Trainer } from '../training/trainer.ts';
import type { IndexSettings } from './indexSettings.ts';

/**
 * Milliseconds after the last addition before sealing, so a finished import leaves nothing
 * unsealed.
 */
const QUIET_MS = 4_000;
/** Interval between progress events, in milliseconds. */
const TELL_MS = 200;
const IDLE: IndexWork = { state: 'idle' };

/** Outcome of a maintenance step. */
type Done = 'nothing' | 'something' | 'trained' | 'compacted';

/** State of the index in memory when a training began. */
export interface TrainingStart {
  /** Ascending ids to train on. */
  readonly ids: Uint32Array<ArrayBuffer>;
  /** Ids in the store's delta. */
  readonly delta: readonly PhotoId[];
  /** Hidden ids, left out of the index. */
  readonly hidden: readonly PhotoId[];
}

/** A trained segment to rewrite. */
export interface CompactStart {
  /** Its number in the store. */
  readonly segment: number;
  readonly kind: IndexKind;
  readonly live: number;
  /** Ascending ids of permanently deleted photos. */
  readonly purged: Uint32Array<ArrayBuffer>;
}

/** The persistent index: what the maintainer reads from it and does to it. */
export interface KeptIndex {
  readonly space: TrainSpace;
  state(choice: IndexChoice): Omit<IndexState, 'quiet' | 'mayTrain'>;
  target(choice: IndexChoice): ResolvedSpec;
  /** Loads what another tab has saved since. Returns whether there was anything. */
  refresh(): Promise<boolean>;
  /** Writes the delta and the sealed segments at these positions as one segment. */
  seal(merge: readonly number[]): Promise<void>;
  beginTraining(): TrainingStart;
  /** Saves a trained index and loads it, unless everything was cleared meanwhile. */
  replaceAll(start: TrainingStart, built: BuiltIndex, spec: ResolvedSpec): Promise<void>;
  beginCompacting(place: number): CompactStart;
  /**
   * Saves a segment without permanently deleted photos and loads it, unless everything was cleared.
   */
  replaceOne(start: CompactStart, built: BuiltIndex): Promise<void>;
  /** Cleans up after a training. */
  collectGarbage(): Promise<void>;
}

export interface MaintainerOptions {
  readonly index: KeptIndex;
  readonly settings: IndexSettings;
  readonly trainer: Trainer;
  /** Runs work in one tab at a time. */
  readonly withIndexLock: <T>(work: () => Promise<T>) => Promise<T>;
  readonly report: (work: IndexWork) => void;
}

/**
 * Maintains the index in the background: after each change it asks the policy what is due, then
 * seals, merges and trains, one step at a time, reporting long steps. Searches use the current
 * index meanwhile.
 */
export class IndexMaintainer {
  readonly #options: MaintainerOptions;
  #choice: IndexChoice = { kind: 'automatic' };
  #work: IndexWork = IDLE;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> | null = null;
  /** Something changed during a step: check again. */
  #again = false;
  #quiet = false;
  /** The next step is a full retraining, whatever the policy says. */
  #forced = false;
  /** Number of vectors when a training was cancelled or failed; `null` if none was. */
  #givenUpAt: number | null = null;
  #training: AbortController | null = null;

  constructor(options: MaintainerOptions) {
    this.#options = options;
  }

  get work(): IndexWork {
    return this.#work;
  }

  /** Checks what is due after an addition. */
  changed(): void {
    if (this.#plan(false).action === 'none') this.tendSoon();
    else void this.maintain();
  }

  /** Seals once nothing was added for a while. */
  tendSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.maintain({ quiet: true }), QUIET_MS);
  }

  /** Does what is due and resolves when done; failures are retried after the next change. */
  maintain({ quiet = false }: { readonly quiet?: boolean } = {}): Promise<void> {
    clearTimeout(this.#timer);
    this.#quiet ||= quiet;
    this.#again = true;
    this.#running ??= this.#maintain().finally(() => {
      this.#running = null;
      this.#quiet = false;
    });
    return this.#running;
  }

  /** The configured choice has changed: training for the old one is pointless. */
  chosen(): void {
    this.#givenUpAt = null;
    this.#training?.abort('replan');
    void this.maintain({ quiet: true });
  }

  /** Retrains everything. */
  rebuild(): void {
    this.#forced = true;
    this.#givenUpAt = null;
    void this.maintain({ quiet: true });
  }

  /**
   * Cancels a training; none starts again until requested, or until the library has grown
   * considerably.
   */
  cancel(): void {
    this.#givenUpAt = this.#vectors();
    this.#forced = false;
    this.#training?.abort('cancel');
    if (this.#work.state === 'failed') this.#say(IDLE);
  }

  /** The library was deleted, and any training for it is pointless. */
  cleared(): void {
    clearTimeout(this.#timer);
    this.#givenUpAt = null;
    this.#forced = false;
    this.#training?.abort('cleared');
  }

  async #maintain(): Promise<void> {
    const done = new Set<Done>();
    while (this.#again) {
      this.#again = false;
      try {
        for (let more = true; more; ) {
          const step = await this.#step(done);
          done.add(step);
          more = step !== 'nothing';
        }
      } catch {
        // E.g. a full disk. The vectors are safe in the store, each in the delta or a segment.
        return;
      }
    }
    if (this.#options.index.state(this.#choice).delta > 0) this.tendSoon();
  }

  async #step(done: ReadonlySet<Done>): Promise<Done> {
    const { index, settings, withIndexLock } = this.#options;
    this.#choice = await settings.choice();
    // The step ran and is still due: repeating it wouldn't help.
    const isDue = ({ action }: IndexPlan) => {
      if (action === 'train') return this.#forced || !done.has('trained');
      return action !== 'none' && !(action === 'compact' && done.has('compacted'));
    };
    if (!isDue(this.#plan(this.#quiet))) return 'nothing';
    return withIndexLock(async () => {
      if (await index.refresh()) return 'something';
      const plan = this.#plan(this.#quiet);
      if (!isDue(plan)) return 'nothing';
      if (plan.action === 'train') {
        this.#forced = false;
        return this.#train(plan.spec);
      }
      if (plan.action === 'compact') return this.#compact(plan.place);
      if (plan.action === 'seal') await index.seal(plan.merge);
      return 'something';
    });
  }

  #plan(quiet: boolean): IndexPlan {
    const { index } = this.#options;
    const n = this.#vectors();
    if (this.#forced && n > 0) return { action: 'train', spec: index.target(this.#choice) };
    const mayTrain = mayTrainAgain(this.#givenUpAt, n);
    return planIndex({ ...index.state(this.#choice), quiet, mayTrain });
  }

  #vectors(): number {
    const { segments, delta } = this.#options.index.state(this.#choice);
    return segments.reduce((sum, { live }) => sum + live, delta);
  }

  #train(spec: ResolvedSpec): Promise<Done> {
    const { index, trainer } = this.#options;
    const { space } = index;
    const start = index.beginTraining();
    return this.#long(spec.kind, start.ids.length, 'trained', async (follow) => {
      const built = await trainer.build({ space, spec, ids: start.ids.slice() }, follow);
      return () => index.replaceAll(start, built, spec);
    });
  }

  #compact(place: number): Promise<Done> {
    const { index, trainer } = this.#options;
    const start = index.beginCompacting(place);
    const { kind, live, segment, purged } = start;
    return this.#long(kind, live, 'compacted', async (follow) => {
      const job = { space: index.space, segment, purged: purged.slice() };
      const built = await trainer.compact(job, follow);
      return () => index.replaceOne(start, built);
    });
  }

  /**
   * Runs long work of the trainer and reports its progress.
   *
   * @param make returns the function that saves the result
   */
  async #long(
    kind: IndexKind,
    vectors: number,
    done: Done,
    make: (follow: Followed<[BuildProgress]>) => Promise<() => Promise<void>>,
  ): Promise<Done> {
    const training = new AbortController();
    this.#training = training;
    const say = (progress: BuildProgress | { stage: 'saving'; share: number }) =>
      this.#say({ state: 'building', kind, vectors, ...progress });
    say({ stage: done === 'compacted' ? 'purging' : 'reading', share: 0 });
    try {
      const save = await make({ signal: training.signal, onProgress: throttled(say) });
      if (training.signal.aborted) return this.#ended(training, done);
      say({ stage: 'saving', share: 1 });
      await save();
      this.#say(IDLE);
      return done;
    } catch (thrown) {
      if (training.signal.aborted) return this.#ended(training, done);
      if (done === 'trained') this.#givenUpAt = this.#vectors();
      this.#say({ state: 'failed', ...errorReport(thrown) });
      return done;
    } finally {
      if (this.#training === training) this.#training = null;
      await this.#options.index.collectGarbage();
    }
  }

  /** Deliberate cancellation leaves everything unchanged. */
  #ended({ signal }: AbortController, done: Done): Done {
    this.#say(IDLE);
    return signal.reason === 'replan' ? 'something' : done;
  }

  #say(work: IndexWork): void {
    // A new object, so holders of the previous one can detect the change.
    this.#work = { ...work };
    this.#options.report(work);
  }
}

/** Passes a new stage on immediately, and further progress only as often as is worth drawing. */
function throttled(say: (progress: BuildProgress) => void): (progress: BuildProgress) => void {
  let last = { stage: '', at: 0 };
  return (progress) => {
    const at = performance.now();
    if (progress.stage === last.stage && at - last.at < TELL_MS) return;
    last = { stage: progress.stage, at };
    say(progress);
  };
}
