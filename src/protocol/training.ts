import type { IndexSpec, Metric } from '../ann/index.ts';
import type { MeasureProgress, MeasureRow } from './indexing.ts';
import type { PhotoId } from './photo.ts';

/** An embedding space: its id (model, calibration, dimensions) and metric. */
export interface TrainSpace {
  readonly id: string;
  readonly d: number;
  readonly metric: Metric;
}

export interface BuildJob {
  readonly space: TrainSpace;
  readonly spec: IndexSpec;
  /** Ascending ids to index. */
  readonly ids: Uint32Array<ArrayBuffer>;
}

/** A sealed segment to rewrite without some of its rows. */
export interface CompactJob {
  readonly space: TrainSpace;
  /** The segment's number in the store. */
  readonly segment: number;
  /** Ids to leave out. */
  readonly purged: Uint32Array<ArrayBuffer>;
}

export type BuildStage = 'reading' | 'training' | 'adding' | 'purging';

export interface BuildProgress {
  readonly stage: BuildStage;
  /** Overall progress, in [0, 1]. */
  readonly share: number;
}

export interface BuiltIndex {
  /** The serialized index. Transferred. */
  readonly container: ArrayBuffer;
  /** Name of the file with its exact vectors; `null` if it has none or needs none. */
  readonly vectorFile: string | null;
  /** Ids whose stored vector can't be read. */
  readonly unreadable: readonly PhotoId[];
  /** Warnings from the training. */
  readonly warnings: readonly string[];
}

export interface TruthJob {
  readonly space: TrainSpace;
  readonly ids: Uint32Array<ArrayBuffer>;
  /** Number of query photos to draw; all photos if there are fewer. */
  readonly queries: number;
  /** Neighbors per query. */
  readonly k: number;
}

/** True nearest neighbors of some photos, by exhaustive comparison with all stored vectors. */
export interface Truth {
  readonly k: number;
  /** (m) */
  readonly queryIds: Uint32Array<ArrayBuffer>;
  /** (m × d) */
  readonly queries: Float32Array<ArrayBuffer>;
  /** (m × k) best first, without the query itself; padded with 0. */
  readonly neighbours: Uint32Array<ArrayBuffer>;
}

export interface MeasureJob {
  readonly space: TrainSpace;
  readonly ids: Uint32Array<ArrayBuffer>;
}

/** Messages the `train` worker sends while working. */
export type TrainNews =
  | { readonly type: 'build'; readonly progress: BuildProgress }
  | {
      readonly type: 'measure';
      readonly progress: MeasureProgress;
      readonly row: MeasureRow | null;
    };

/**
 * Training, served by the `train` worker to the `library` worker. It reads the stored vectors
 * itself and is terminated after each job, the only way to release WebAssembly memory.
 */
export interface TrainContract {
  /** Must be called first. `news`: a port that receives `TrainNews`. */
  configure(news: MessagePort, database: string | null): void;
  build(job: BuildJob): BuiltIndex;
  compact(job: CompactJob): BuiltIndex;
  truth(job: TruthJob): Truth;
  measure(job: MeasureJob): readonly MeasureRow[];
}
