import { errorReport } from '../../base/errors.ts';
import type { FaceWork } from '../../protocol/index.ts';
import { FaceRound, type FaceRoundOptions } from './faceRound.ts';
import type { FaceSettings, KeptFaceSpace } from './faceSettings.ts';
import { idleFaceStatus } from './idleFaceStatus.ts';

/** Held by the one tab that looks through the photos; the next in line takes over. */
export const FACES_LOCK = 'akin-faces';
/** Progress is told this often, in milliseconds. */
const TELL_MS = 250;
/** Photos after which their pace says something. */
const PACE_AFTER = 4;

export interface FaceLookerOptions extends Omit<FaceRoundOptions, 'version' | 'onLooked'> {
  readonly settings: FaceSettings;
  /** Which nets there are, without loading them. */
  readonly space: () => Promise<KeptFaceSpace>;
  /** Does work that of several tabs one does, in turn. */
  readonly inTurn: (work: () => Promise<void>) => Promise<void>;
}

/**
 * Looks for faces in the photos that are there, in the background: after faces were turned on, after
 * a visit that was cut short, and when better nets have come. Of several tabs one does it.
 */
export class FaceBackfill {
  readonly #options: FaceLookerOptions;
  #working: Promise<void> | null = null;
  #again = false;
  #stop = new AbortController();
  /** While the nets are loaded: 0 to 1. */
  #loaded = 0;
  #say: (loaded: number) => void = () => {};

  constructor(options: FaceLookerOptions) {
    this.#options = options;
  }

  /** Goes on with what is left, if faces are on and it was not stopped. */
  async wake(): Promise<void> {
    // What is ending looks at no more: it has to be begun anew.
    if (this.#stop.signal.aborted) await this.#working;
    if (!(await this.#options.settings.goesOn())) return;
    if (this.#working) {
      // It may have passed by what there is now to look at.
      this.#again = true;
      return;
    }
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    this.#working = this.#options
      .inTurn(() => this.#work(signal))
      .catch((thrown: unknown) => {
        this.#broadcast({ state: 'failed', ...errorReport(thrown) });
      })
      .finally(() => {
        this.#working = null;
        if (!this.#again) return;
        this.#again = false;
        void this.wake().catch(() => {}); /* the next call wakes it */
      });
  }

  /** Ends it here; what is left stays left. Resolves when nothing of it runs any more. */
  async halt(): Promise<void> {
    this.#stop.abort();
    await this.#working;
  }

  /** The nets' worker loads its models. */
  loading(share: number): void {
    this.#loaded = share;
    this.#say(share);
  }

  async #work(signal: AbortSignal): Promise<void> {
    const { store, settings } = this.#options;
    if (signal.aborted || !(await settings.goesOn())) return;
    const space = await this.#options.space();
    await settings.setSpace(space);
    const { scanned, photos } = await store.faces.scanCounts(space.version);
    const total = photos - scanned;
    if (total <= 0) return;
    let done = 0;
    let told = 0;
    let from = 0;
    const say = (loaded: number) => {
      const pace = done > PACE_AFTER ? (performance.now() - from) / (done - PACE_AFTER) : null;
      const left = Math.max(0, total - done);
      this.#broadcast({
        state: 'scanning',
        done,
        total,
        secondsLeft: pace === null ? null : (pace * left) / 1000,
        loaded,
      });
    };
    this.#say = say;
    say(this.#loaded);
    const round = new FaceRound(
      {
        ...this.#options,
        version: space.version,
        onLooked: () => {
          done++;
          if (done === PACE_AFTER) from = performance.now();
          if (performance.now() - told <= TELL_MS) return;
          told = performance.now();
          say(1);
        },
      },
      signal,
    );
    try {
      await round.run();
    } finally {
      this.#say = () => {};
    }
    this.#broadcast(await idleFaceStatus(settings, store.faces));
  }

  #broadcast(work: FaceWork): void {
    this.#options.broadcast({ type: 'face-work', work });
  }
}
