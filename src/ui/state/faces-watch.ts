import { type Akin, type AkinError, type Observable, Subject } from '../../engine/index.ts';
import type { FacesReport, FaceWork } from '../../protocol/index.ts';
import { akinError } from './use-load.ts';

/** What is known of faces at large: whether they are looked for, and how many there are. */
export interface FacesState {
  /** `null` until it is known. */
  readonly report: FacesReport | null;
  /** Why the report could not be had. */
  readonly error: AkinError | null;
  /** Photos that wait to be looked through while nobody does: the search was stopped. */
  readonly left: number;
}

/** While photos come in, it is not asked more often than this, in milliseconds. */
const PAUSE_MS = 1000;
/** What is about to go on stands still no longer than this, in milliseconds. */
const STILL_MS = 1500;

/** Keeps the report of faces up to date for all that show something of it. */
export class FacesWatch {
  readonly #akin: Pick<Akin, 'faces' | 'gallery' | 'progress'>;
  readonly #state = new Subject<FacesState>({ report: null, error: null, left: 0 });
  #asking: Promise<void> | null = null;
  #again = false;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #stillTimer: ReturnType<typeof setTimeout> | null = null;

  constructor(akin: Pick<Akin, 'faces' | 'gallery' | 'progress'>) {
    this.#akin = akin;
  }

  get state(): Observable<FacesState> {
    return this.#state;
  }

  /** Asks now, and whenever something has changed; returns what stops it. */
  start(): () => void {
    const soon = () => {
      this.#timer ??= setTimeout(() => {
        this.#timer = null;
        void this.refresh();
      }, PAUSE_MS);
    };
    const { version, work } = this.#akin.faces;
    const ends = [version, work, this.#akin.gallery].map((each) => each.subscribe(soon));
    ends.push(work.subscribe(() => this.#still()));
    void this.refresh();
    return () => {
      for (const end of ends) end();
      if (this.#timer !== null) clearTimeout(this.#timer);
      this.#timer = null;
      if (this.#stillTimer !== null) clearTimeout(this.#stillTimer);
      this.#stillTimer = null;
    };
  }

  /** Resolves with the report asked for after this call, unless it failed. */
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
        this.#state.set({ ...this.#state.get(), report, error: null });
      } catch (thrown) {
        this.#state.set({ ...this.#state.get(), error: akinError(thrown) });
      }
    } while (this.#again);
    this.#still();
  }

  /**
   * Whether the search stands still with photos left. The engine tells so when it stops, but not
   * after what it had found is gathered, nor when the page is opened again.
   */
  #still(): void {
    if (this.#stillTimer !== null) clearTimeout(this.#stillTimer);
    this.#stillTimer = null;
    const state = this.#state.get();
    const left = this.#leftNow();
    if (left > 0 && state.left === 0) {
      this.#stillTimer = setTimeout(() => {
        this.#stillTimer = null;
        this.#state.set({ ...this.#state.get(), left: this.#leftNow() });
      }, STILL_MS);
    } else if (left !== state.left) this.#state.set({ ...state, left });
  }

  #leftNow(): number {
    const { report } = this.#state.get();
    const { faces, progress } = this.#akin;
    const importing = progress.get().state === 'running' || progress.get().state === 'paused';
    if (!report?.on || importing || faces.work.get().state !== 'idle') return 0;
    return Math.max(0, report.photos - report.looked);
  }
}

/** The work as it is shown: where the search stands still with photos left, it is stopped. */
export function shownWork(work: FaceWork, { left }: FacesState): FaceWork {
  return work.state === 'idle' && left > 0 ? { state: 'stopped', left } : work;
}
