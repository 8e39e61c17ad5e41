import type { PhotoId } from '../../protocol/index.ts';
import type { Missing } from '../../store/index.ts';

/**
 * The photos to process, most useful first: those being viewed, then those viewed recently, then
 * the newest. Photos that lack only a date come last.
 */
export class MoveQueue {
  /** In order, next one last. */
  readonly #waiting: Missing[];
  readonly #byId = new Map<PhotoId, Missing>();

  constructor(missing: readonly Missing[]) {
    this.#waiting = missing.toSorted(
      (a, b) => Number(a.vector) - Number(b.vector) || a.viewedAt - b.viewedAt || a.id - b.id,
    );
    for (const each of missing) this.#byId.set(each.id, each);
  }

  /** Moves a photo to the front. Returns false if it isn't waiting. */
  toFront(id: PhotoId): boolean {
    const found = this.#byId.get(id);
    // Its old entry is skipped when its turn comes.
    if (found) this.#waiting.push(found);
    return found !== undefined;
  }

  /** Takes the next photo; `undefined` if none is waiting. */
  take(): Missing | undefined {
    for (let next = this.#waiting.pop(); next; next = this.#waiting.pop()) {
      if (this.#byId.delete(next.id)) return next;
    }
    return undefined;
  }
}
