import type { ImportProgress } from '../../protocol/index.ts';
import { type Observable, Subject } from '../observable.ts';

/** How the import goes, as the tabs tell it, and its result until a person puts that away. */
export class ImportProgressView {
  readonly #subject = new Subject<ImportProgress>({ state: 'idle' });
  #dismissed = '';

  get progress(): Observable<ImportProgress> {
    return this.#subject;
  }

  /** Takes what a tab tells. Returns false where it is of no more use. */
  hear(now: ImportProgress): boolean {
    const before = this.#subject.get();
    if (now.state === 'done') {
      // A tab that has not heard so yet may tell once more what was put away.
      if (now.importId === this.#dismissed) return false;
      // Two tabs may find the import over at once; the one that counts more has heard more.
      const again = before.state === 'done' && before.importId === now.importId;
      if (again && before.done > now.done) return false;
    }
    this.#subject.set(now);
    return true;
  }

  /** Puts away the result of an import. */
  putAway(importId: string): void {
    this.#dismissed = importId;
    const now = this.#subject.get();
    if (now.state === 'done' && now.importId === importId) this.clear();
  }

  /** Puts away the result that is shown. Returns of which import, `null` where none is. */
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
