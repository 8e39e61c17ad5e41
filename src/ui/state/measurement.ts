import { type Akin, type AkinError, type Observable, Subject } from '../../engine/index.ts';
import type { MeasureProgress, MeasureRow } from '../../protocol/index.ts';
import { akinError } from './hooks/use-load.ts';

/** State of the index comparison. Results stay until the next run. */
export interface Measurement {
  readonly state: 'none' | 'running' | 'done' | 'cancelled' | 'failed';
  readonly rows: readonly MeasureRow[];
  readonly progress: MeasureProgress | null;
  readonly error: AkinError | null;
  /** Number of photos when it started. */
  readonly photos: number;
}

const NONE: Measurement = { state: 'none', rows: [], progress: null, error: null, photos: 0 };

/** Measures in the background; the panel can be closed and reopened meanwhile. */
export class LibraryMeasure {
  readonly #akin: Pick<Akin, 'measureIndexes'>;
  readonly #now = new Subject<Measurement>(NONE);
  #running: AbortController | null = null;

  constructor(akin: Pick<Akin, 'measureIndexes'>) {
    this.#akin = akin;
  }

  get now(): Observable<Measurement> {
    return this.#now;
  }

  /** Resolves when the run ends, however it ends; a no-op while one is running. */
  async start(photos: number): Promise<void> {
    if (this.#running) return;
    const controller = new AbortController();
    this.#running = controller;
    this.#now.set({ ...NONE, state: 'running', photos });
    try {
      const rows = await this.#akin.measureIndexes({
        signal: controller.signal,
        onProgress: (progress, row) => {
          if (controller.signal.aborted) return;
          const { rows: before } = this.#now.get();
          this.#change({ progress, rows: row === null ? before : [...before, row] });
        },
      });
      this.#change({ state: 'done', rows, progress: null });
    } catch (thrown) {
      const error = akinError(thrown);
      if (error.code === 'aborted') this.#change({ state: 'cancelled', progress: null });
      else this.#change({ state: 'failed', error, progress: null });
    } finally {
      this.#running = null;
    }
  }

  cancel(): void {
    this.#running?.abort();
  }

  #change(change: Partial<Measurement>): void {
    this.#now.set({ ...this.#now.get(), ...change });
  }
}

const measures = new WeakMap<object, LibraryMeasure>();

/** The single measurement of a library. */
export function measureOf(akin: Pick<Akin, 'measureIndexes'>): LibraryMeasure {
  const measure = measures.get(akin) ?? new LibraryMeasure(akin);
  measures.set(akin, measure);
  return measure;
}
