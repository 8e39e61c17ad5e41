import { type IndexPlan, type IndexState, planIndex, type ResolvedSpec } from '../ann/index.ts';
import { toAkinError } from '../base/errors.ts';
import type {
  BuildProgress,
  BuiltIndex,
  IndexChoice,
  IndexWork,
  PhotoId,
  TrainSpace,
} from '../protocol/index.ts';
import type { IndexSettings } from './indexSettings.ts';
import type { Trainer } from './trainer.ts';

/** After the last addition, so that an import that ends leaves nothing unsealed; milliseconds. */
const QUIET_MS = 4_000;
/** Progress is told this often, in milliseconds. */
const TELL_MS = 200;
const IDLE: IndexWork = { state: 'idle' };

/** What an index in memory was when a training began. */
export interface TrainingStart {
  /** Rising: the ids that the trained index is to hold. */
  readonly ids: Uint32Array<ArrayBuffer>;
  /** Ids that the store has in its delta. */
  readonly delta: readonly PhotoId[];
  /** Ids that are left out. */
  readonly hidden: readonly PhotoId[];
}

/** The index that is kept: what the keeper has to know of it, and what it has done to it. */
export interface KeptIndex {
  readonly space: TrainSpace;
  state(choice: IndexChoice): Pick<IndexState, 'choice' | 'segments' | 'delta' | 'd'>;
  target(choice: IndexChoice): ResolvedSpec;
  /** Loads what another tab has saved since, if it has. Returns whether it had. */
  refresh(): Promise<boolean>;
  /** Writes the delta and the sealed segments at these places as one. */
  seal(merge: readonly number[]): Promise<void>;
  beginTraining(): TrainingStart;
  /** Saves what was trained, and loads it, unless all was cleared meanwhile. */
  replaceAll(start: TrainingStart, built: BuiltIndex, spec: ResolvedSpec): Promise<void>;
  /** Clears away what a training has left behind. */
  tidy(): Promise<void>;
}

export interface KeeperOptions {
  readonly index: KeptIndex;
  readonly settings: IndexSettings;
  readonly trainer: Trainer;
  /** Runs work that of several tabs one does at a time. */
  readonly exclusively: <T>(work: () => Promise<T>) => Promise<T>;
  readonly tell: (work: IndexWork) => void;
}

/**
 * Looks after the index in the background: after each change it asks the policy what is to be done,
 * seals, merges and trains, one thing at a time, and tells of what takes long. Searches go on in the
 * index as it is.
 */
export class IndexKeeper {
  readonly #options: KeeperOptions;
  #choice: IndexChoice = { kind: 'automatic' };
  #work: IndexWork = IDLE;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> | null = null;
  /** Something changed while it was at work: it looks once more. */
  #again = false;
  #quiet = false;
  /** The next thing to do is to train everything anew, whatever the policy says. */
  #forced = false;
  /** False once a training was given up or failed, until one is asked for. */
  #mayTrain = true;
  #training: AbortController | null = null;

  constructor(options: KeeperOptions) {
    this.#options = options;
  }

  get work(): IndexWork {
    return this.#work;
  }

  /** Looks at what is to be done now that something was added. */
  changed(): void {
    if (this.#plan(false).action === 'none') this.tendSoon();
    else void this.tend();
  }

  /** Seals once nothing has been added for a while. */
  tendSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.tend({ quiet: true }), QUIET_MS);
  }

  /** Does what is due. Resolves when nothing is; what fails is tried again after the next change. */
  tend({ quiet = false }: { readonly quiet?: boolean } = {}): Promise<void> {
    clearTimeout(this.#timer);
    this.#quiet ||= quiet;
    this.#again = true;
    this.#running ??= this.#tend().finally(() => {
      this.#running = null;
      this.#quiet = false;
    });
    return this.#running;
  }

  /** What was chosen has changed: what is trained for the old choice is of no use. */
  chosen(): void {
    this.#mayTrain = true;
    this.#training?.abort('replan');
    void this.tend({ quiet: true });
  }

  /** Trains everything anew. */
  rebuild(): void {
    this.#forced = true;
    this.#mayTrain = true;
    void this.tend({ quiet: true });
  }

  /** Ends a training; none is begun again until it is asked for. */
  cancel(): void {
    this.#mayTrain = false;
    this.#forced = false;
    this.#training?.abort('cancel');
    if (this.#work.state === 'failed') this.#say(IDLE);
  }

  /** The library is gone, and what is trained of it with it. */
  cleared(): void {
    clearTimeout(this.#timer);
    this.#mayTrain = true;
    this.#forced = false;
    this.#training?.abort('cleared');
  }

  async #tend(): Promise<void> {
    let trained = false;
    while (this.#again) {
      this.#again = false;
      try {
        for (let more = true; more; ) {
          const done = await this.#step(trained);
          trained ||= done === 'trained';
          more = done !== 'nothing';
        }
      } catch {
        // A full disk, for one. The vectors are safe in the store, each in the delta or a segment.
        return;
      }
    }
    if (this.#options.index.state(this.#choice).delta > 0) this.tendSoon();
  }

  async #step(trained: boolean): Promise<'nothing' | 'something' | 'trained'> {
    const { index, settings, exclusively } = this.#options;
    this.#choice = await settings.choice();
    // Trained once, and still not as it should be: then once more would not help.
    const isDue = (plan: IndexPlan) =>
      plan.action !== 'none' && (plan.action !== 'train' || this.#forced || !trained);
    if (!isDue(this.#plan(this.#quiet))) return 'nothing';
    return exclusively(async () => {
      if (await index.refresh()) return 'something';
      const plan = this.#plan(this.#quiet);
      if (!isDue(plan)) return 'nothing';
      if (plan.action === 'seal') await index.seal(plan.merge);
      if (plan.action !== 'train') return 'something';
      this.#forced = false;
      return this.#train(plan.spec);
    });
  }

  #plan(quiet: boolean): IndexPlan {
    const { index } = this.#options;
    const state = index.state(this.#choice);
    const n = state.segments.reduce((sum, { live }) => sum + live, state.delta);
    if (this.#forced && n > 0) return { action: 'train', spec: index.target(this.#choice) };
    return planIndex({ ...state, quiet, mayTrain: this.#mayTrain });
  }

  async #train(spec: ResolvedSpec): Promise<'something' | 'trained'> {
    const { index, trainer } = this.#options;
    const { space } = index;
    const start = index.beginTraining();
    const training = new AbortController();
    this.#training = training;
    const say = (progress: BuildProgress | { stage: 'saving'; share: number }) =>
      this.#say({
        state: 'building',
        kind: spec.kind,
        vectors: start.ids.length,
        ...progress,
      });
    say({ stage: 'reading', share: 0 });
    try {
      const built = await trainer.build(
        { space, spec, ids: start.ids.slice() },
        { signal: training.signal, onProgress: throttled(say) },
      );
      if (training.signal.aborted) return this.#ended(training);
      say({ stage: 'saving', share: 1 });
      await index.replaceAll(start, built, spec);
      this.#say(IDLE);
      return 'trained';
    } catch (thrown) {
      if (training.signal.aborted) return this.#ended(training);
      const { code, message } = toAkinError(thrown);
      this.#mayTrain = false;
      this.#say({ state: 'failed', code, message });
      return 'trained';
    } finally {
      if (this.#training === training) this.#training = null;
      await index.tidy();
    }
  }

  /** A training that was ended on purpose leaves all as it was. */
  #ended({ signal }: AbortController): 'something' | 'trained' {
    this.#say(IDLE);
    return signal.reason === 'replan' ? 'something' : 'trained';
  }

  #say(work: IndexWork): void {
    // An object of its own, so that who kept the one before can tell that something has happened.
    this.#work = { ...work };
    this.#options.tell(work);
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
