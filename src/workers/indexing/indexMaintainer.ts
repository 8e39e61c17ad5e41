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

/** After the last addition, so that an import that ends leaves nothing unsealed; milliseconds. */
const QUIET_MS = 4_000;
/** Progress is told this often, in milliseconds. */
const TELL_MS = 200;
const IDLE: IndexWork = { state: 'idle' };

/** What a step came to. */
type Done = 'nothing' | 'something' | 'trained' | 'compacted';

/** What an index in memory was when a training began. */
export interface TrainingStart {
  /** Rising: the ids that the trained index is to hold. */
  readonly ids: Uint32Array<ArrayBuffer>;
  /** Ids that the store has in its delta. */
  readonly delta: readonly PhotoId[];
  /** Ids that are left out. */
  readonly hidden: readonly PhotoId[];
}

/** A trained segment that is to be written anew. */
export interface CompactStart {
  /** Its number in the store. */
  readonly segment: number;
  readonly kind: IndexKind;
  readonly live: number;
  /** Rising: the ids that were deleted for good. */
  readonly purged: Uint32Array<ArrayBuffer>;
}

/** The index that is kept: what the maintainer has to know of it, and what it has done to it. */
export interface KeptIndex {
  readonly space: TrainSpace;
  state(choice: IndexChoice): Omit<IndexState, 'quiet' | 'mayTrain'>;
  target(choice: IndexChoice): ResolvedSpec;
  /** Loads what another tab has saved since, if it has. Returns whether it had. */
  refresh(): Promise<boolean>;
  /** Writes the delta and the sealed segments at these places as one. */
  seal(merge: readonly number[]): Promise<void>;
  beginTraining(): TrainingStart;
  /** Saves what was trained, and loads it, unless all was cleared meanwhile. */
  replaceAll(start: TrainingStart, built: BuiltIndex, spec: ResolvedSpec): Promise<void>;
  beginCompacting(place: number): CompactStart;
  /** Saves a segment without what was deleted for good, and loads it, unless all was cleared. */
  replaceOne(start: CompactStart, built: BuiltIndex): Promise<void>;
  /** Clears away what a training has left behind. */
  collectGarbage(): Promise<void>;
}

export interface MaintainerOptions {
  readonly index: KeptIndex;
  readonly settings: IndexSettings;
  readonly trainer: Trainer;
  /** Runs work that of several tabs one does at a time. */
  readonly withIndexLock: <T>(work: () => Promise<T>) => Promise<T>;
  readonly report: (work: IndexWork) => void;
}

/**
 * Looks after the index in the background: after each change it asks the policy what is to be done,
 * seals, merges and trains, one thing at a time, and tells of what takes long. Searches go on in the
 * index as it is.
 */
export class IndexMaintainer {
  readonly #options: MaintainerOptions;
  #choice: IndexChoice = { kind: 'automatic' };
  #work: IndexWork = IDLE;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> | null = null;
  /** Something changed while it was at work: it looks once more. */
  #again = false;
  #quiet = false;
  /** The next thing to do is to train everything anew, whatever the policy says. */
  #forced = false;
  /** How many vectors there were when a training was given up or failed; `null` where none was. */
  #givenUpAt: number | null = null;
  #training: AbortController | null = null;

  constructor(options: MaintainerOptions) {
    this.#options = options;
  }

  get work(): IndexWork {
    return this.#work;
  }

  /** Looks at what is to be done now that something was added. */
  changed(): void {
    if (this.#plan(false).action === 'none') this.tendSoon();
    else void this.maintain();
  }

  /** Seals once nothing has been added for a while. */
  tendSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.maintain({ quiet: true }), QUIET_MS);
  }

  /** Does what is due. Resolves when nothing is; what fails is tried again after the next change. */
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

  /** What was chosen has changed: what is trained for the old choice is of no use. */
  chosen(): void {
    this.#givenUpAt = null;
    this.#training?.abort('replan');
    void this.maintain({ quiet: true });
  }

  /** Trains everything anew. */
  rebuild(): void {
    this.#forced = true;
    this.#givenUpAt = null;
    void this.maintain({ quiet: true });
  }

  /** Ends a training; none is begun again until it is asked for, or the library has grown by much. */
  cancel(): void {
    this.#givenUpAt = this.#vectors();
    this.#forced = false;
    this.#training?.abort('cancel');
    if (this.#work.state === 'failed') this.#say(IDLE);
  }

  /** The library is gone, and what is trained of it with it. */
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
        // A full disk, for one. The vectors are safe in the store, each in the delta or a segment.
        return;
      }
    }
    if (this.#options.index.state(this.#choice).delta > 0) this.tendSoon();
  }

  async #step(done: ReadonlySet<Done>): Promise<Done> {
    const { index, settings, withIndexLock } = this.#options;
    this.#choice = await settings.choice();
    // Done once, and still not as it should be: then once more would not help.
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

  /** Long work of the trainer, told of while it goes on. @param make gives what saves what was made */
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

  /** What was ended on purpose leaves all as it was. */
  #ended({ signal }: AbortController, done: Done): Done {
    this.#say(IDLE);
    return signal.reason === 'replan' ? 'something' : done;
  }

  #say(work: IndexWork): void {
    // An object of its own, so that who kept the one before can tell that something has happened.
    this.#work = { ...work };
    this.#options.report(work);
  }
}

/** Passes a new stage on at once, and else no more than is worth drawing. */
function throttled(say: (progress: BuildProgress) => void): (progress: BuildProgress) => void {
  let last = { stage: '', at: 0 };
  return (progress) => {
    const at = performance.now();
    if (progress.stage === last.stage && at - last.at < TELL_MS) return;
    last = { stage: progress.stage, at };
    say(progress);
  };
}
