import type { ImportProgress } from '../../protocol/index.ts';
import { type Observable, Subject } from '../observable.ts';

/** The import's progress as broadcast by the tabs, and its result until dismissed. */
export class ImportProgressView {
  readonly #subject = new Subject<ImportProgress>({ state: 'idle' });
  #dismissed = '';

  get progress(): Observable<ImportProgress> {
    return this.#subject;
  }

  /** Applies a broadcast progress. Returns false if it is stale. */
  hear(now: ImportProgress): boolean {
    const before = this.#subject.get();
    if (now.state === 'done') {
      // A tab that has not yet seen the dismissal may repeat the result.
      if (now.importId === this.#dismissed) return false;
      // Two tabs may both find the import finished; the higher count is more complete.
      const again = before.state === 'done' && before.importId === now.importId;
      if (again && before.done > now.done) return false;
    }
    this.#subject.set(now);
    return true;
  }

  /** Dismisses the result of an import. */
  putAway(importId: string): void {
    this.#dismissed = importId;
    const now = this.#subject.get();
    if (now.state === 'done' && now.importId === importId) this.clear();
  }

  /** Dismisses the current result. Returns its import id, or `null` if there is none. */
  dismiss(): string | null {
    const now = this.#subject.get();
    if (now.state !== 'done') return null;
    this.putAway(now.importId);
    return now.importId;
  }

  clear(): void {
    this.#subject.set({ state: 'idle' });
  }
}
