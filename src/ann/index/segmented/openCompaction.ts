import type { FlatIndex } from '../flat/flat.ts';
import { DELTA, type Sealed, type SegmentList } from './segmentList.ts';
import type { Compaction } from './segments.ts';

/** A compaction in progress, and the changes it misses meanwhile. */
export class OpenCompaction {
  readonly compaction: Compaction;
  /** Ids added since: their vectors in the container are stale. */
  readonly #added = new Set<number>();
  /** Ids removed since, and not restored. */
  readonly #removed = new Set<number>();

  constructor(compaction: Compaction) {
    this.compaction = compaction;
  }

  added(id: number): void {
    this.#added.add(id);
    this.#removed.delete(id);
  }

  removed(id: number): void {
    this.#removed.add(id);
  }

  restored(id: number): void {
    this.#removed.delete(id);
  }

  /**
   * Whether the compaction drops the row of a removed id, because it was removed before the start.
   */
  takesAlong(id: number, key: number): boolean {
    if (this.#added.has(id) || this.#removed.has(id)) return false;
    return key === DELTA || this.compaction.keys.includes(key);
  }

  /** Copies what the container has missed to a new delta, and hides what was removed from it. */
  carry(segments: SegmentList, made: Sealed, delta: FlatIndex): void {
    const sealed = made.index;
    const before = segments.delta;
    for (const id of this.#removed) sealed.remove(id);
    const vector = new Float32Array(delta.d);
    for (const id of this.#added) {
      segments.replace(id, made);
      // If an id was added and removed since, that vector must be restorable.
      const removed = !before.has(id);
      if (removed) before.restore(id);
      before.reconstruct(id, vector);
      if (removed) before.remove(id);
      delta.add(id, vector);
      if (removed) delta.remove(id);
    }
    const { ids } = this.compaction;
    if (sealed.ntotal === ids.length) return;
    for (const id of ids) {
      if (!sealed.holds(id) && segments.copyVector(id, vector)) delta.add(id, vector);
    }
  }
}
