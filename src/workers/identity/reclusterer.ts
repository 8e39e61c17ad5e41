import type { AkinEvent, FaceWork } from '../../protocol/index.ts';
import type { PeopleLibrary } from './peopleLibrary.ts';

/** Progress is told this often, in milliseconds. */
const PROGRESS_MS = 250;

export interface ReclustererOptions {
  readonly library: PeopleLibrary;
  readonly tab: string;
  readonly broadcast: (event: AkinEvent) => void;
  /** What to tell of the work on faces when a reclustering has ended. */
  readonly idleStatus: () => Promise<FaceWork>;
}

/** Reclusters the faces of a library, one time after the other, and takes over what other tabs computed. */
export class Reclusterer {
  readonly #options: ReclustererOptions;
  #reclustering: Promise<void> | null = null;
  #next: Promise<void> | null = null;
  #stop = new AbortController();

  constructor(options: ReclustererOptions) {
    this.#options = options;
  }

  /**
   * Reclusters where much was added one by one. Of two calls at once, one does it.
   *
   * @param force in any case, and after what is under way, which may not know of the latest assertion
   */
  recluster(force = false): Promise<void> {
    if (!force && !this.#options.library.needsReclustering) return Promise.resolve();
    if (force && this.#reclustering) {
      this.#next ??= this.#reclustering
        .catch(() => {}) /* its caller hears of it */
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

  /** As forced, for a change of the log here or in another tab; nobody waits for it. */
  reclusterForLogChange(): void {
    void this.recluster(true).catch(() => {}); /* the next reclustering does it too */
  }

  /** Reads what another tab has said. */
  async onLogChange(): Promise<void> {
    const reclustering = this.#reclustering;
    await this.#options.library.log.read();
    // What was under way does not know of it, and must not be what is kept at last.
    if (reclustering) this.reclusterForLogChange();
  }

  /** Follows what was deleted for good, in whichever tab. */
  async onPurge(): Promise<void> {
    const reclustering = this.#reclustering;
    await this.#options.library.purge();
    if (reclustering) this.reclusterForLogChange();
  }

  /** Takes over what another tab has reclustered, unless this one is reclustering too: it gets the same result. */
  follow(): Promise<void> {
    return this.#options.library.follow(() => this.#reclustering !== null);
  }

  /** Ends a reclustering: everybody stays as they were. The next change of many faces begins another. */
  stop(): void {
    this.#stop.abort();
  }

  /** Resolves when nothing is being reclustered: it is for whoever closes the library. */
  async ended(): Promise<void> {
    await this.#reclustering?.catch(() => {}); /* it was to end */
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
