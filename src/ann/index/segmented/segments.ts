import type { SegmentState } from '../policy.ts';
import type { IndexKind, VectorIndex } from '../vectorIndex.ts';

/** What an index holds. */
export interface IndexStats {
  /** Of the largest sealed segment; `flat` while there is none. */
  readonly kind: IndexKind;
  /** Sealed segments and the delta. */
  readonly segments: number;
  /** Rows, those under a tombstone included. */
  readonly ntotal: number;
  readonly live: number;
  /** Rows under a tombstone. */
  readonly deleted: number;
  /** Bytes of kernel memory held. */
  readonly bytes: number;
}

/** A sealed segment, or the delta. */
export interface SegmentInfo extends SegmentState {
  /** Names a sealed segment as long as it is here; 0 is the delta. */
  readonly key: number;
  /** Bytes of memory held, and of them those of the re-rank store. */
  readonly bytes: number;
  readonly rerankBytes: number;
  /** Bytes outside of memory, of its vectors as they were added; 0 where they are not attached. */
  readonly sourceBytes: number;
}

/**
 * A container in the making: what it must hold, and what happens meanwhile. It is void once another
 * compaction is begun.
 */
export interface Compaction {
  /** Sealed segments whose place the container takes, beside the delta's. */
  readonly keys: readonly number[];
  /** Rising: the ids to be held, those live in the delta and the named segments. */
  readonly ids: Uint32Array<ArrayBuffer>;
}

/** The ids that searches of some segments can find, rising. */
export function idsOf(segments: readonly VectorIndex[]): Uint32Array<ArrayBuffer> {
  const all = new Uint32Array(segments.reduce((sum, { live }) => sum + live, 0));
  let filled = 0;
  for (const segment of segments) {
    if (segment.live === 0) continue;
    const ids = segment.liveIds();
    all.set(ids, filled);
    filled += ids.length;
  }
  return all.sort();
}
