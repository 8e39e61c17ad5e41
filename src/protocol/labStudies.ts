import type { IndexSpec } from '../ann/index.ts';
import type { PhotoId } from './photo.ts';

// What chapters of the Lab measure beside searches.

export interface LabCodebookRequest {
  /** Of kind `pq`. */
  readonly spec: IndexSpec;
  /** A photo of the sample: centroids are ordered by the distance of its sub-vector. */
  readonly photo: PhotoId;
  /** Number of the sub-vector, from 0 on. */
  readonly m: number;
  /** Photos whose centroids are told, at most 100. Default none. */
  readonly others?: readonly PhotoId[];
  /** Centroids shown at least, 1 to 32. Default 8. */
  readonly centroids?: number;
  /** Photos shown for each centroid, 1 to 12. Default 4. */
  readonly nearest?: number;
}

/** A centroid of a sub-vector, and the photos that it stands for. */
export interface LabCentroid {
  /** From 0 on: the value of the code. */
  readonly number: number;
  /** Squared distance of the photo's sub-vector to it. */
  readonly l2sq: number;
  /** Photos whose code has its number. */
  readonly size: number;
  /** The photos whose sub-vectors are nearest to it, the nearest first. */
  readonly nearest: Uint32Array<ArrayBuffer>;
}

/** One sub-quantizer: `M` sub-vectors of `dsub` components, each one of `ksub` centroids. */
export interface LabCodebook {
  readonly M: number;
  readonly ksub: number;
  readonly dsub: number;
  readonly m: number;
  /** Code of the photo: the number of its nearest centroid. */
  readonly code: number;
  /** (others) their codes. */
  readonly codes: Uint8Array<ArrayBuffer>;
  /**
   * Those used by the photo and the others, and then the most used; in the order of the distance to
   * the photo's sub-vector.
   */
  readonly centroids: readonly LabCentroid[];
}

export interface LabCentroidsRequest {
  /** True nearest that should be found, 1 to 20. Default 5. */
  readonly k?: number;
  /** Numbers of centroids are tried until their recall is at least this, in (0, 1]. Default 0.9. */
  readonly recall?: number;
  /** Photos searched for, 1 to 100. Default 50. */
  readonly queries?: number;
  /** Photos compared at most, 16 to 4,000. Default 1,000. */
  readonly photos?: number;
}

/** Each photo is replaced by centroids; the search compares with those. */
export interface LabCentroidsRow {
  readonly kind: 'kmeans' | 'pq';
  /** Centroids kept in all: `M` × 2^`nbits`. */
  readonly centroids: number;
  /** Sub-vectors; 1 for k-means. */
  readonly M: number;
  readonly nbits: number;
  /** Mean share of the `k` nearest found; photos that tie count in part. */
  readonly recall: number;
}

export interface LabCentroids {
  readonly k: number;
  /** The recall aimed at. */
  readonly aim: number;
  /** Photos compared, drawn evenly from the sample. */
  readonly photos: number;
  readonly queries: number;
  /** By kind and bits, in the order of the centroids. k-means ends at half the photos. */
  readonly rows: readonly LabCentroidsRow[];
}

export interface LabScanTimesRequest {
  /** A photo of the sample, searched for. */
  readonly photo: PhotoId;
  /** Results, 1 to 1,000. Default 10. */
  readonly k?: number;
  /** Numbers of photos measured, spread evenly up to the whole sample: 2 to 20. Default 8. */
  readonly parts?: number;
}

/** Real searches of exact indexes. */
export interface LabScanTimes {
  readonly points: readonly {
    readonly photos: number;
    /** Median time of a search. */
    readonly ms: number;
  }[];
}
