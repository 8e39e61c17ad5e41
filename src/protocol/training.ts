import type { IndexSpec, Metric } from '../ann/index.ts';
import type { MeasureProgress, MeasureRow } from './indexing.ts';
import type { PhotoId } from './photo.ts';

/** The space that vectors belong to: its id (model, calibration, dimensions), and how they compare. */
export interface TrainSpace {
  readonly id: string;
  readonly d: number;
  readonly metric: Metric;
}

export interface BuildJob {
  readonly space: TrainSpace;
  readonly spec: IndexSpec;
  /** Rising: those to be in the index. */
  readonly ids: Uint32Array<ArrayBuffer>;
}

/** A sealed segment to be written anew without some of its rows. */
export interface CompactJob {
  readonly space: TrainSpace;
  /** The store's number of the segment. */
  readonly segment: number;
  /** Ids to be left out. */
  readonly purged: Uint32Array<ArrayBuffer>;
}

export type BuildStage = 'reading' | 'training' | 'adding' | 'purging';

export interface BuildProgress {
  readonly stage: BuildStage;
  /** How much of all is done, 0 to 1. */
  readonly share: number;
}

export interface BuiltIndex {
  /** The saved form. Transferred. */
  readonly container: ArrayBuffer;
  /** Name of the file of its exact vectors; `null` where it has none, or needs none. */
  readonly vectorFile: string | null;
  /** Ids whose stored vector can't be read. */
  readonly unreadable: readonly PhotoId[];
  /** What the training found to say. */
  readonly warnings: readonly string[];
}

export interface TruthJob {
  readonly space: TrainSpace;
  readonly ids: Uint32Array<ArrayBuffer>;
  /** Photos to search for; as many are drawn as there are, where there are fewer. */
  readonly queries: number;
  /** Neighbours of each. */
  readonly k: number;
}

/** The true neighbours of some photos, by comparing them with all stored vectors. */
export interface Truth {
  readonly k: number;
  /** (m) */
  readonly queryIds: Uint32Array<ArrayBuffer>;
  /** (m × d) */
  readonly queries: Float32Array<ArrayBuffer>;
  /** (m × k) best first, the query itself left out; 0 where there are no more. */
  readonly neighbours: Uint32Array<ArrayBuffer>;
}

export interface MeasureJob {
  readonly space: TrainSpace;
  readonly ids: Uint32Array<ArrayBuffer>;
}

/** What the `train` worker tells while it works. */
export type TrainNews =
  | { readonly type: 'build'; readonly progress: BuildProgress }
  | {
      readonly type: 'measure';
      readonly progress: MeasureProgress;
      readonly row: MeasureRow | null;
    };

/**
 * What the `train` worker answers to the `library` worker. It reads the stored vectors itself, and is
 * let go after each job, for that is the one way to give WebAssembly's memory back.
 */
export interface TrainContract {
  /** First of all calls. `news`: a port that receives `TrainNews`. */
  configure(news: MessagePort, database: string | null): void;
  build(job: BuildJob): BuiltIndex;
  compact(job: CompactJob): BuiltIndex;
  truth(job: TruthJob): Truth;
  measure(job: MeasureJob): readonly MeasureRow[];
}
