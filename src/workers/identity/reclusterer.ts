import type { AkinEvent, FaceWork } from '../../protocol/index.ts';
import type { PeopleLibrary } from './peopleLibrary.ts';

/** Interval between progress events, in milliseconds. */
const PROGRESS_MS = 250;

export interface ReclustererOptions {
  readonly library: PeopleLibrary;
  readonly tab: string;
  readonly broadcast: (event: AkinEvent) => void;
  /** The state of face work to broadcast after a reclustering. */
  readonly idleStatus: () => Promise<FaceWork>;
}

/** Reclusters a library's faces, one run at a time, and adopts the results of other tabs. */
export class Reclusterer {
  readonly #options: ReclustererOptions;
  #reclustering: Promise<void> | null = null;
  #next: Promise<void> | null = null;
  #stop = new AbortController();

  constructor(options: ReclustererOptions) {
    this.#options = options;
  }

  /**
   * Reclusters if enough faces were added incrementally. Concurrent calls share one run.
   *
   * @param force always recluster, after any running one, which may predate the latest assertion
   */
  recluster(force = false): Promise<void> {
    if (!force && !this.#options.library.needsReclustering) return Promise.resolve();
    if (force && this.#reclustering) {
      this.#next ??= this.#reclustering
        .catch(() => {}) /* reported to its caller */
        .then(() => {
          this.#next = null;
          return this.recluster(true);
        });
      return this.#next;
    }
    this.#reclustering ??= this.#recluster().finally(() => {
      this.#reclustering = null;
    });
    return this.#reclustering;
  }

  /** Forces a reclustering after a log change in this tab or another, without waiting for it. */
  reclusterForLogChange(): void {
    void this.recluster(true).catch(() => {}); /* the next reclustering makes up for it */
  }

  /** Reads another tab's log entries. */
  async onLogChange(): Promise<void> {
    const reclustering = this.#reclustering;
    await this.#options.library.log.read();
    // The running reclustering predates the change, so its result must not be the last one saved.
    if (reclustering) this.reclusterForLogChange();
  }

  /** Follows a permanent deletion in any tab. */
  async onPurge(): Promise<void> {
    const reclustering = this.#reclustering;
    await this.#options.library.purge();
    if (reclustering) this.reclusterForLogChange();
  }

  /**
   * Adopts another tab's reclustering, unless this tab is reclustering too: the result is the same.
   */
  follow(): Promise<void> {
    return this.#options.library.follow(() => this.#reclustering !== null);
  }

  /**
   * Cancels a reclustering, leaving all clusters unchanged. The next change of many faces starts
   * another.
   */
  stop(): void {
    this.#stop.abort();
  }

  /** Resolves when no reclustering is running, for closing the library. */
  async ended(): Promise<void> {
    await this.#reclustering?.catch(() => {}); /* it was cancelled */
  }

  async #recluster(): Promise<void> {
    const { library, idleStatus, tab, broadcast } = this.#options;
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    let told = 0;
    try {
      await library.recluster(
        (share) => {
          if (performance.now() - told < PROGRESS_MS) return;
          told = performance.now();
          broadcast({ type: 'face-work', work: { state: 'reclustering', progress: share } });
        },
        () => signal.aborted,
      );
      broadcast({ type: 'reclustered', tab });
    } finally {
      if (told > 0) broadcast({ type: 'face-work', work: await idleStatus() });
    }
    broadcast({ type: 'people-seen', tab });
  }
}
