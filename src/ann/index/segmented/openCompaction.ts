import type { FlatIndex } from '../flat/flat.ts';
import { DELTA, type Sealed, type SegmentList } from './segmentList.ts';
import type { Compaction } from './segments.ts';

/** A compaction whose container is in the making, and what it misses meanwhile. */
export class OpenCompaction {
  readonly compaction: Compaction;
  /** Ids added since: the container's vectors of these are stale. */
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

  /** Whether the row of a removed id goes with the compaction, having been removed before it was begun. */
  takesAlong(id: number, key: number): boolean {
    if (this.#added.has(id) || this.#removed.has(id)) return false;
    return key === DELTA || this.compaction.keys.includes(key);
  }

  /** Moves to a new delta what the container has missed, and hides what is removed from it. */
  carry(segments: SegmentList, made: Sealed, delta: FlatIndex): void {
    const sealed = made.index;
    const before = segments.delta;
    for (const id of this.#removed) sealed.remove(id);
    const vector = new Float32Array(delta.d);
    for (const id of this.#added) {
      segments.replace(id, made);
      // Of one that was added and removed since, that vector must be restorable.
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
