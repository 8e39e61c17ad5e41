import type { PhotoId } from '../../protocol/index.ts';
import type { Missing } from '../../store/index.ts';

/**
 * What is to be derived, in the order in which a person gains most by it: what is looked at now, what
 * was looked at last, then the newest. What lacks only a date comes last.
 */
export class MoveQueue {
  /** In order, the next one last. */
  readonly #waiting: Missing[];
  readonly #byId = new Map<PhotoId, Missing>();

  constructor(missing: readonly Missing[]) {
    this.#waiting = missing.toSorted(
      (a, b) => Number(a.vector) - Number(b.vector) || a.viewedAt - b.viewedAt || a.id - b.id,
    );
    for (const each of missing) this.#byId.set(each.id, each);
  }

  /** Puts a photo before all others. False where it doesn't wait. */
  toFront(id: PhotoId): boolean {
    const found = this.#byId.get(id);
    // The entry it had is passed over when its turn comes.
    if (found) this.#waiting.push(found);
    return found !== undefined;
  }

  /** Takes the next one; `undefined` where nothing waits. */
  take(): Missing | undefined {
    for (let next = this.#waiting.pop(); next; next = this.#waiting.pop()) {
      if (this.#byId.delete(next.id)) return next;
    }
    return undefined;
  }
}
