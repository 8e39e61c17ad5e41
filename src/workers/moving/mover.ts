import { COLORS_VERSION } from '../../base/colors/descriptor.ts';
import { errorReport } from '../../base/errors.ts';
import type { AkinEvent, MoveWork, PhotoId } from '../../protocol/index.ts';
import type { Store } from '../../store/index.ts';
import { DATE_READER } from '../dates/dateOf.ts';
import { MovePace } from './movePace.ts';
import { MoveQueue } from './moveQueue.ts';
import { MoveRound, type MoveRoundOptions } from './moveRound.ts';
import { MoveSettings } from './moveSettings.ts';

/** Interval between progress events, in milliseconds. */
const TELL_MS = 250;
/**
 * Key of the mark used before the ledger existed: which reader had checked dates up to which photo.
 */
const OLD_MARK = 'dates.looked';

export interface MoverOptions<P>
  extends Omit<MoveRoundOptions<P>, 'store' | 'pace' | 'onMoved' | 'turn' | 'rest' | 'datedTo'> {
  readonly store: Store;
  /** Whether the target's model finds regions. */
  readonly regions?: boolean;
  /** Runs work in one tab; the next in line takes over. */
  readonly inTurn: (work: () => Promise<void>) => Promise<void>;
}

/**
 * Moves a library to another space and fills in whatever else its photos lack, in the background:
 * each visit continues where the last was interrupted. One tab does the work and the others follow.
 */
export class Mover<P> {
  readonly #options: MoverOptions<P>;
  readonly #settings: MoveSettings;
  readonly #pace = new MovePace();
  #working: Promise<void> | null = null;
  #again = false;
  #ended = false;
  #stop = new AbortController();
  #queue: MoveQueue | null = null;
  #work: MoveWork = { state: 'idle' };
  #loaded = 0;
  /** Whether an import is running; new photos take priority. */
  #importing = false;
  #goOn: (() => void)[] = [];
  #told = 0;
  #endRest = () => {};

  constructor(options: MoverOptions<P>) {
    this.#options = options;
    this.#settings = new MoveSettings(options.store.meta);
  }

  /** Continues with what is left. Resolves once it is running or there is nothing to do. */
  async wake(): Promise<void> {
    if (this.#ended) return;
    if (this.#stop.signal.aborted) await this.#working;
    if (this.#working) {
      // The running round may have passed the new photos already.
      this.#again = true;
      return;
    }
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    this.#working = this.#options
      .inTurn(() => this.#run(signal))
      .catch((thrown: unknown) => this.#failed(thrown))
      .finally(() => {
        this.#working = null;
        this.#queue = null;
        if (!this.#again) return;
        this.#again = false;
        void this.wake();
      });
  }

  /** Stops for good because the target space has changed, and retracts the broadcast state. */
  end(): void {
    this.#stop.abort();
    for (const goOn of this.#goOn.splice(0)) goOn();
    this.#say({ state: 'idle' });
    this.#ended = true;
  }

  /** Resolves when nothing runs any more. */
  async settled(): Promise<void> {
    while (this.#working) await this.#working;
  }

  async pause(): Promise<void> {
    await this.#settings.setPaused(true);
    this.#options.broadcast({ type: 'move-setting' });
    // Don't wait for the current batch: the models may still be loading.
    this.#stop.abort();
    if (this.#work.state === 'moving') {
      const { done, total } = this.#work;
      this.#say({ state: 'paused', done, total });
    }
    await this.#restart();
  }

  async resume(): Promise<void> {
    await this.#settings.setPaused(false);
    this.#options.broadcast({ type: 'move-setting' });
    await this.#restart();
  }

  /** Retries failed photos. */
  async retry(): Promise<void> {
    await this.#options.store.ledger.forgetFailures();
    await this.resume();
  }

  /** Reports loading progress of the inference worker. */
  loading(share: number): void {
    this.#loaded = share;
    if (this.#work.state === 'moving') this.#say({ ...this.#work, loaded: share });
  }

  /** Handles events of this tab and others. */
  async hear(event: AkinEvent): Promise<void> {
    const { ledger } = this.#options.store;
    switch (event.type) {
      case 'viewed':
        this.#pace.used();
        if (this.#queue?.toFront(event.id)) this.#endRest();
        return ledger.viewed(event.id);
      case 'move-work':
        // Another tab does the work; this tab's state is what that tab last sent.
        this.#work = event.work;
        return;
      case 'move-setting':
        return this.#restart();
      case 'space-dropped':
        return this.wake();
      case 'imported':
        return this.#late(event.ids);
      case 'progress':
        this.#importing = event.progress.state === 'running';
        if (this.#importing) return;
        for (const goOn of this.#goOn.splice(0)) goOn();
        return;
    }
  }

  /** Stops the running work and restarts with the current settings. */
  async #restart(): Promise<void> {
    this.#stop.abort();
    for (const goOn of this.#goOn.splice(0)) goOn();
    await this.wake();
  }

  /** A tab of an earlier version imported photos into the old space. */
  async #late(ids: readonly PhotoId[]): Promise<void> {
    const { space, store } = this.#options;
    const last = ids.at(-1);
    if (last !== undefined && (await store.ledger.has(last, space)) === false) await this.wake();
  }

  async #run(signal: AbortSignal): Promise<void> {
    const { space, store, regions = false, broadcast } = this.#options;
    if (signal.aborted) return;
    const wanted = { date: DATE_READER, space, colors: COLORS_VERSION, regions };
    const former = (await store.spaces.photoSpaces()).filter((id) => id !== space);
    if (former.length === 0 && (await store.ledger.isComplete(wanted))) {
      return this.#say({ state: 'idle' });
    }
    const missing = await store.ledger.missing(wanted);
    const vectors = missing.filter(({ vector }) => vector).length;
    const paused = vectors > 0 && (await this.#settings.isPaused());
    const { photos, trashed } = await store.photos.counts();
    const total = photos + trashed;
    const queue = new MoveQueue(
      paused
        ? missing
            .filter(({ date }) => date)
            .map((each) => ({ ...each, vector: false, colors: false }))
        : missing,
    );
    let done = total - vectors;
    this.#queue = queue;
    this.#pace.begin();
    const progress = (): MoveWork => ({
      state: 'moving',
      done,
      total,
      secondsLeft: this.#pace.secondsLeft(total - done),
      loaded: this.#loaded,
    });
    if (paused) this.#say({ state: 'paused', done, total });
    else if (vectors > 0) this.#say(progress());
    const round = new MoveRound(
      {
        ...this.#options,
        pace: this.#pace,
        rest: (ms, ended) => this.#rest(ms, ended),
        turn: (ended) => this.#turn(ended),
        datedTo: datedTo(await store.meta.get(OLD_MARK)),
        onMoved: () => {
          done = Math.min(total, done + 1);
          this.#loaded = 1;
          if (!signal.aborted && performance.now() - this.#told > TELL_MS) this.#say(progress());
        },
      },
      signal,
    );
    await this.#marked(round, queue);
    if (signal.aborted || paused) return;
    if (former.length > 0) {
      this.#say({ state: 'finishing', total });
      broadcast({ type: 'moved-all' });
      return;
    }
    await store.ledger.completed(wanted);
    this.#say({ state: 'idle' });
  }

  async #marked(round: MoveRound<P>, queue: MoveQueue): Promise<void> {
    try {
      await round.run(queue);
    } catch (thrown) {
      if (!this.#stop.signal.aborted) throw thrown;
    }
  }

  /** Rests; cut short by a photo to be moved immediately. */
  #rest(ms: number, signal: AbortSignal): Promise<void> {
    if (ms <= 0 || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, ms);
      signal.addEventListener('abort', end);
      this.#endRest = end;
    });
  }

  /** Waits for imports, which take priority. */
  async #turn(signal: AbortSignal): Promise<void> {
    while (this.#importing && !signal.aborted) {
      await new Promise<void>((resolve) => this.#goOn.push(resolve));
      this.#pace.begin();
    }
  }

  #failed(thrown: unknown): void {
    // Work on dates alone isn't worth reporting: the next visit looks for them.
    if (this.#work.state !== 'moving') return;
    const { done, total } = this.#work;
    this.#say({ state: 'stopped', ...errorReport(thrown), done, total });
  }

  #say(work: MoveWork): void {
    if (this.#ended) return;
    if (work.state === 'idle' && this.#work.state === 'idle') return;
    this.#told = performance.now();
    this.#work = work;
    this.#options.broadcast({ type: 'move-work', work });
  }
}

/**
 * Up to which photo this reader had checked dates, from an earlier version's mark; 0 for another
 * reader.
 */
function datedTo(mark: unknown): PhotoId {
  const { reader, after } = (mark ?? {}) as { readonly reader?: unknown; readonly after?: unknown };
  if (reader !== DATE_READER) return 0;
  if (after === 'all') return Number.POSITIVE_INFINITY;
  return Number.isSafeInteger(after) ? (after as PhotoId) : 0;
}
