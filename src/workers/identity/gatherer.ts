import type { AkinEvent, FaceWork } from '../../protocol/index.ts';
import type { PeopleLibrary } from './peopleLibrary.ts';

/** Progress is told this often, in milliseconds. */
const TELL_MS = 250;

export interface GathererOptions {
  readonly library: PeopleLibrary;
  readonly tab: string;
  readonly tell: (event: AkinEvent) => void;
  /** What to tell of the work on faces when a gathering has ended. */
  readonly rest: () => Promise<FaceWork>;
}

/** Gathers the faces of a library anew, one time after the other, and follows what other tabs gather. */
export class Gatherer {
  readonly #options: GathererOptions;
  #gathering: Promise<void> | null = null;
  #next: Promise<void> | null = null;
  #stop = new AbortController();

  constructor(options: GathererOptions) {
    this.#options = options;
  }

  /**
   * Gathers anew where much was added one by one. Of two calls at once, one does it.
   *
   * @param force in any case, and after what is under way, which may not know of the latest word
   */
  gather(force = false): Promise<void> {
    if (!force && !this.#options.library.isLoose) return Promise.resolve();
    if (force && this.#gathering) {
      this.#next ??= this.#gathering
        .catch(() => {}) /* its caller hears of it */
        .then(() => {
          this.#next = null;
          return this.gather(true);
        });
      return this.#next;
    }
    this.#gathering ??= this.#gather().finally(() => {
      this.#gathering = null;
    });
    return this.#gathering;
  }

  /** As forced, for a word that was said here or in another tab; nobody waits for it. */
  gatherByWord(): void {
    void this.gather(true).catch(() => {}); /* the next gathering does it too */
  }

  /** Reads what another tab has said. */
  async hearWord(): Promise<void> {
    const gathering = this.#gathering;
    await this.#options.library.told.read();
    // What was under way does not know of it, and must not be what is kept at last.
    if (gathering) this.gatherByWord();
  }

  /** Follows what was deleted for good, in whichever tab. */
  async hearPurge(): Promise<void> {
    const gathering = this.#gathering;
    await this.#options.library.purge();
    if (gathering) this.gatherByWord();
  }

  /** Takes over what another tab has gathered; who gathers too has the same in a moment. */
  follow(): Promise<void> {
    return this.#options.library.follow(() => this.#gathering !== null);
  }

  /** Ends a gathering: everybody stays as they were. The next change of many faces begins another. */
  stop(): void {
    this.#stop.abort();
  }

  /** Resolves when nothing is gathered any more: it is for whoever closes the library. */
  async ended(): Promise<void> {
    await this.#gathering?.catch(() => {}); /* it was to end */
  }

  async #gather(): Promise<void> {
    const { library, rest, tab, tell } = this.#options;
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    let told = 0;
    try {
      await library.gather(
        (share) => {
          if (performance.now() - told < TELL_MS) return;
          told = performance.now();
          tell({ type: 'face-work', work: { state: 'gathering', share } });
        },
        () => signal.aborted,
      );
      tell({ type: 'gathered', tab });
    } finally {
      if (told > 0) tell({ type: 'face-work', work: await rest() });
    }
    tell({ type: 'people-seen', tab });
  }
}
