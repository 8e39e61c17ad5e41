import type { IndexKind, IndexSpec, SearchEffort } from '../ann/index.ts';
import type { ErrorReport } from '../base/errors.ts';

export type { IndexKind, IndexSpec, SearchEffort };

/** The configured index: chosen by policy, or always one type. */
export type IndexChoice = { readonly kind: 'automatic' } | IndexSpec;

/** One sealed segment, or the delta (type flat, `delta` true). */
export interface SegmentReport {
  readonly kind: IndexKind;
  readonly delta: boolean;
  readonly spec: IndexSpec;
  readonly vectors: number;
  /** Bytes in memory, excluding the reranking store. */
  readonly bytes: number;
  readonly rerankBytes: number;
  /** Bytes of its exact vectors on disk, used for reranking; 0 if there are none. */
  readonly exactBytes: number;
}

/** Background work on the index. Searches never wait for it. */
export type IndexWork =
  | { readonly state: 'idle' }
  | {
      readonly state: 'building';
      readonly kind: IndexKind;
      readonly vectors: number;
      /** Current stage, and overall progress in [0, 1]. */
      readonly stage: 'reading' | 'training' | 'adding' | 'purging' | 'saving';
      readonly share: number;
    }
  | ({ readonly state: 'failed' } & ErrorReport);

/** Search quality, measured on the library's own photos. */
export interface IndexQuality {
  /** recall@10: the share of each query's 10 true nearest neighbors that was found, in [0, 1]. */
  readonly recall10: number;
  readonly msMedian: number;
  readonly queries: number;
  readonly vectors: number;
  /** Milliseconds since 1970. */
  readonly measuredAt: number;
}

export interface IndexReport {
  readonly choice: IndexChoice;
  /** The type `automatic` picks for the current library. */
  readonly automatic: IndexSpec;
  /**
   * Each type with its default parameters for the current library. Omits types that need more
   * photos than there are.
   */
  readonly defaults: readonly IndexSpec[];
  readonly segments: readonly SegmentReport[];
  readonly work: IndexWork;
  /** The last check of the current index; `null` before one. */
  readonly quality: IndexQuality | null;
}

/** One point of the recall/time chart. */
export interface MeasureRow {
  readonly spec: IndexSpec;
  /** How thoroughly was searched; empty if there is nothing to set. */
  readonly search: SearchEffort;
  readonly recall10: number;
  readonly msMedian: number;
  readonly bytesPerVector: number;
  readonly rerankBytesPerVector: number;
  readonly trainMs: number;
}

export interface MeasureProgress {
  readonly done: number;
  readonly total: number;
  readonly stage: string;
}
