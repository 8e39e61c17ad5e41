import type {
  IndexSpec,
  IndexStructure,
  SearchEffort,
  SearchOptions,
  SearchStats,
  TraceStep,
} from '../ann/index.ts';
import type {
  LabCentroids,
  LabCentroidsRequest,
  LabCodebook,
  LabCodebookRequest,
  LabScanTimes,
  LabScanTimesRequest,
} from './labStudies.ts';
import type { PhotoId } from './photo.ts';

export type { IndexStructure, SearchStats, TraceStep };

/** The photos that the Lab works on: all photos of the gallery, or an even part of many. */
export interface LabSample {
  /** Embedding space of their vectors. */
  readonly spaceId: string;
  /** Components of a vector. */
  readonly d: number;
  /** (n) ascending */
  readonly ids: Uint32Array<ArrayBuffer>;
  /** Photos of the gallery that have a vector, or at least as many as the sample. */
  readonly total: number;
  /** (n × 2) positions on the plane of the two first principal components */
  readonly plane: Float32Array<ArrayBuffer>;
  /** (d) variance along each principal component, descending */
  readonly eigenvalues: Float32Array<ArrayBuffer>;
}

/** An index of the sample. */
export interface LabRequest {
  readonly spec: IndexSpec;
  /**
   * With fewer than all components, it is an index of the first principal components, compared by
   * squared L2: two are the plane of the sample. By default all, compared by inner product.
   */
  readonly dimensions?: number;
  /** Of only the first so many photos of the sample, at least 1; all by default. */
  readonly photos?: number;
}

export interface LabSearchRequest
  extends LabRequest,
    SearchEffort,
    Pick<SearchOptions, 'maxCodes'> {
  /** A photo of the sample; never among its own results. */
  readonly photo: PhotoId;
  /** Results, 1 to 1,000. Default 10. */
  readonly k?: number;
}

/** What a search of the sample found, cost and did. */
export interface LabAnswer {
  /** Best first. */
  readonly ids: Uint32Array<ArrayBuffer>;
  readonly scores: Float32Array<ArrayBuffer>;
  /** The true nearest, best first; as many as were asked for, if there are. */
  readonly truth: Uint32Array<ArrayBuffer>;
  /** Share of the true nearest that were found, in [0, 1]. */
  readonly recall: number;
  /** Median of several searches, without recording. */
  readonly ms: number;
  readonly stats: SearchStats;
  readonly trace: readonly TraceStep[];
  /** Bytes of the index per vector, without what it reranks with. */
  readonly bytesPerVector: number;
  readonly rerankBytesPerVector: number;
}

/** An index of the sample, and how it is laid out. */
export interface LabIndex {
  /** With all parameters. */
  readonly spec: IndexSpec;
  readonly d: number;
  readonly buildMs: number;
  readonly bytesPerVector: number;
  readonly rerankBytesPerVector: number;
  readonly structure: IndexStructure;
}

/** How an index would be built and searched. */
export interface LabPlan {
  /** With all parameters. */
  readonly spec: IndexSpec;
  /** Up to three, from fast to thorough. */
  readonly searches: readonly SearchEffort[];
}

export interface LabMeasureRequest extends LabRequest {
  /** One row is measured for each. */
  readonly searches: readonly SearchEffort[];
  /** Results per search, 1 to 1,000. Default 10. */
  readonly k?: number;
  /** Photos searched for, spread evenly over the sample; at most 200. Default 50. */
  readonly queries?: number;
  /** Also the share of searches whose first `R` results include the true nearest. */
  readonly recallAt?: readonly number[];
}

/** Means over all searches, but for the median of the time. */
export interface LabMeasure {
  readonly spec: IndexSpec;
  readonly search: SearchEffort;
  /** Share of the `k` true nearest that were found. */
  readonly recall: number;
  readonly recallAt: readonly number[];
  readonly ms: number;
  readonly codesScanned: number;
  readonly cellsVisited: number;
  readonly nodesVisited: number;
  readonly bytesPerVector: number;
  readonly rerankBytesPerVector: number;
  readonly buildMs: number;
}

/** What the codes of an index lose. */
export interface LabErrors {
  /** (n) squared distance of each photo's vector to what the index holds of it, at its most precise. */
  readonly l2sq: Float32Array<ArrayBuffer>;
  readonly bytesPerVector: number;
}

/** How a cell of an LOPQ index spreads. */
export interface LabCellSpread {
  /** Photos of the cell. */
  readonly count: number;
  /** (d) Variance of each component before the rotation of the cell. */
  readonly before: Float64Array;
  /** (d) The same after it, in the order of the sub-vectors. */
  readonly after: Float64Array;
  /** Whether the cell has a rotation: it needs at least `d` photos. */
  readonly isRotated: boolean;
}

export interface LabKmeansRequest {
  readonly nlist: number;
  /** Rounds, 1 to 25. */
  readonly iterations: number;
  /** As in `LabRequest`. */
  readonly dimensions?: number;
  readonly seed?: number;
}

export interface LabKmeans {
  /** (nlist × d) */
  readonly centroids: Float32Array<ArrayBuffer>;
  /** (n) the cell of each photo of the sample before the centroids last moved */
  readonly cells: Uint32Array<ArrayBuffer>;
  /** Mean squared distance to the nearest centroid in each round. */
  readonly l2sq: Float64Array;
}

/** What the worker is doing at the moment. */
export type LabWork =
  | { readonly state: 'idle' }
  | {
      readonly state: 'working';
      readonly stage: 'reading' | 'building' | 'searching';
      /** In [0, 1]. */
      readonly share: number;
    };

/**
 * The Lab, served by the `lab` worker to the page: indexes of a sample, built in memory and only to
 * be watched. The sample is read at the first call, and again for another space.
 *
 * All throw AkinError `not-found` for fewer than two photos or a photo outside the sample,
 * `invalid-argument`, `aborted`, `out-of-memory`, and store errors.
 */
export interface LabContract {
  sample(spaceId: string): LabSample;
  search(spaceId: string, request: LabSearchRequest): LabAnswer;
  structure(spaceId: string, request: LabRequest): LabIndex;
  /** Builds nothing. `invalid-argument` if there are too few photos for this index. */
  plan(spaceId: string, request: LabRequest, k: number): LabPlan;
  measure(spaceId: string, request: LabMeasureRequest): LabMeasure[];
  errors(spaceId: string, request: LabRequest): LabErrors;
  /** Of an LOPQ index with single cells. */
  cellSpread(spaceId: string, request: LabRequest, cell: number): LabCellSpread;
  kmeans(spaceId: string, request: LabKmeansRequest): LabKmeans;
  /** (m × n) inner products of the vectors of some photos with those of others. */
  similarities(spaceId: string, of: readonly PhotoId[], to: readonly PhotoId[]): Float32Array;
  /** (m × d) the vectors of at most 1,000 photos of the sample. */
  vectors(spaceId: string, ids: readonly PhotoId[]): Float32Array;
  /** What the centroids of one sub-vector of a product quantizer stand for. */
  codebook(spaceId: string, request: LabCodebookRequest): LabCodebook;
  /** How well centroids stand for photos, by their number. */
  centroids(spaceId: string, request: LabCentroidsRequest): LabCentroids;
  /** How the time of comparing everything grows with the number of photos. */
  scanTimes(spaceId: string, request: LabScanTimesRequest): LabScanTimes;
}
