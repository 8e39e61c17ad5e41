import { errorReport } from '../../base/errors.ts';
import type { FaceWork } from '../../protocol/index.ts';
import { FaceRound, type FaceRoundOptions } from './faceRound.ts';
import type { FaceSettings, KeptFaceSpace } from './faceSettings.ts';
import { idleFaceStatus } from './idleFaceStatus.ts';

/** Held by the one tab that scans photos; the next in line takes over. */
export const FACES_LOCK = 'akin-faces';
/** Interval between progress events, in milliseconds. */
const TELL_MS = 250;
/** Minimum number of photos for a pace estimate. */
const PACE_AFTER = 4;

export interface FaceLookerOptions extends Omit<FaceRoundOptions, 'version' | 'onLooked'> {
  readonly settings: FaceSettings;
  /** Identifies the face models without loading them. */
  readonly space: () => Promise<KeptFaceSpace>;
  /** Runs work in one tab at a time. */
  readonly inTurn: (work: () => Promise<void>) => Promise<void>;
}

/**
 * Scans existing photos for faces in the background: after faces were turned on, after an
 * interrupted visit, and when better models are available. One tab does the work.
 */
export class FaceBackfill {
  readonly #options: FaceLookerOptions;
  #working: Promise<void> | null = null;
  #again = false;
  #stop = new AbortController();
  /** Loading progress of the models, in [0, 1]. */
  #loaded = 0;
  #say: (loaded: number) => void = () => {};

  constructor(options: FaceLookerOptions) {
    this.#options = options;
  }

  /** Continues with what is left, if faces are on and the scan was not stopped. */
  async wake(): Promise<void> {
    // A stopping round scans nothing more; a new one must be started.
    if (this.#stop.signal.aborted) await this.#working;
    if (!(await this.#options.settings.goesOn())) return;
    if (this.#working) {
      // The running round may have passed the new photos already.
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

  /** Stops in this tab, leaving the rest for later. Resolves when nothing runs any more. */
  async halt(): Promise<void> {
    this.#stop.abort();
    await this.#working;
  }

  /** Reports loading progress of the inference worker. */
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
