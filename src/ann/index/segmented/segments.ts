import type { SegmentState } from '../policy.ts';
import type { IndexKind, VectorIndex } from '../vectorIndex.ts';

/** Totals of an index. */
export interface IndexStats {
  /** Of the largest sealed segment; `flat` while there is none. */
  readonly kind: IndexKind;
  /** Sealed segments and the delta. */
  readonly segments: number;
  /** Rows, including those under tombstones. */
  readonly ntotal: number;
  readonly live: number;
  /** Rows under tombstones. */
  readonly deleted: number;
  /** Bytes of kernel memory held. */
  readonly bytes: number;
}

/** A sealed segment, or the delta. */
export interface SegmentInfo extends SegmentState {
  /** Identifies a sealed segment while it exists; 0 is the delta. */
  readonly key: number;
  /** Bytes of memory held, and the rerank store's part of them. */
  readonly bytes: number;
  readonly rerankBytes: number;
  /** Bytes of the attached original vectors, outside memory; 0 if none are attached. */
  readonly sourceBytes: number;
}

/**
 * A container being made: what it must hold, and what changes meanwhile. Void once another
 * compaction begins.
 */
export interface Compaction {
  /** Sealed segments that the container replaces, besides the delta. */
  readonly keys: readonly number[];
  /** Ids to include, ascending: those live in the delta and the given segments. */
  readonly ids: Uint32Array<ArrayBuffer>;
}

/** The ids that searches of some segments can find, ascending. */
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
