import { type Akin, type AkinError, type Observable, Subject } from '../../engine/index.ts';
import type { FacesReport } from '../../protocol/index.ts';
import { akinError } from './hooks/use-load.ts';

/** Overall state of face recognition: whether it is on, and the number of faces. */
export interface FacesState {
  /** `null` until loaded. */
  readonly report: FacesReport | null;
  /** Why loading the report failed. */
  readonly error: AkinError | null;
}

/** Minimum interval between reports during an import, in milliseconds. */
const PAUSE_MS = 1000;

/** Keeps the face report up to date for all components that show it. */
export class FacesWatch {
  readonly #akin: Pick<Akin, 'faces' | 'gallery'>;
  readonly #state = new Subject<FacesState>({ report: null, error: null });
  #asking: Promise<void> | null = null;
  #again = false;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(akin: Pick<Akin, 'faces' | 'gallery'>) {
    this.#akin = akin;
  }

  get state(): Observable<FacesState> {
    return this.#state;
  }

  /** Loads the report now and after every change; returns a function that stops it. */
  start(): () => void {
    const soon = () => {
      this.#timer ??= setTimeout(() => {
        this.#timer = null;
        void this.refresh();
      }, PAUSE_MS);
    };
    const { version, work } = this.#akin.faces;
    const ends = [version, work, this.#akin.gallery].map((each) => each.subscribe(soon));
    void this.refresh();
    return () => {
      for (const end of ends) end();
      if (this.#timer !== null) clearTimeout(this.#timer);
      this.#timer = null;
    };
  }

  /** Resolves once a report requested after this call has loaded or failed. */
  refresh(): Promise<void> {
    if (this.#asking) this.#again = true;
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = null;
    });
    return this.#asking;
  }

  async #ask(): Promise<void> {
    do {
      this.#again = false;
      try {
        const report = await this.#akin.faces.report();
        this.#state.set({ report, error: null });
      } catch (thrown) {
        this.#state.set({ ...this.#state.get(), error: akinError(thrown) });
      }
    } while (this.#again);
  }
}
