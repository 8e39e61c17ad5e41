import type { IndexKind, IndexSpec } from '../ann/index.ts';
import type { ErrorReport } from '../base/errors.ts';

export type { IndexKind, IndexSpec };

/** What the person chose: the policy decides, or always one kind. */
export type IndexChoice = { readonly kind: 'automatic' } | IndexSpec;

/** One sealed segment, or the delta (`kind` flat, `delta` true). */
export interface SegmentReport {
  readonly kind: IndexKind;
  readonly delta: boolean;
  readonly spec: IndexSpec;
  readonly vectors: number;
  /** Bytes of memory held, those of the re-rank store apart. */
  readonly bytes: number;
  readonly rerankBytes: number;
  /** Bytes on disk of its exact vectors, with which the best are ranked; 0 where there are none. */
  readonly exactBytes: number;
}

/** What is done about the index in the background. No search waits for it. */
export type IndexWork =
  | { readonly state: 'idle' }
  | {
      readonly state: 'building';
      readonly kind: IndexKind;
      readonly vectors: number;
      /** A word for what is done now, and how much of all is done, 0 to 1. */
      readonly stage: 'reading' | 'training' | 'adding' | 'purging' | 'saving';
      readonly share: number;
    }
  | ({ readonly state: 'failed' } & ErrorReport);

/** How good the answers are, measured on photos of the library itself. */
export interface IndexQuality {
  /** Of the 10 true nearest of each query, the share that was found; 0 to 1. */
  readonly recall10: number;
  readonly msMedian: number;
  readonly queries: number;
  readonly vectors: number;
  /** Milliseconds since 1970. */
  readonly measuredAt: number;
}

export interface IndexReport {
  readonly choice: IndexChoice;
  /** What `automatic` takes for the library as it is. */
  readonly automatic: IndexSpec;
  /**
   * Each kind with the parameters that it takes where none are given, for the library as it is. A
   * kind that needs more photos than there are is not among them.
   */
  readonly defaults: readonly IndexSpec[];
  readonly segments: readonly SegmentReport[];
  readonly work: IndexWork;
  /** The last check of the index as it is now; `null` before one. */
  readonly quality: IndexQuality | null;
}

/** One point of the chart of recall against time. */
export interface MeasureRow {
  readonly spec: IndexSpec;
  /** Cells visited, and candidates re-ranked; 0 where the kind has none. */
  readonly nprobe: number;
  readonly rerank: number;
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
