import type {
  LabAnswer,
  LabCellSpread,
  LabCentroids,
  LabCentroidsRequest,
  LabCodebook,
  LabCodebookRequest,
  LabErrors,
  LabIndex,
  LabKmeans,
  LabKmeansRequest,
  LabMeasure,
  LabMeasureRequest,
  LabPlan,
  LabRequest,
  LabSample,
  LabScanTimes,
  LabScanTimesRequest,
  LabSearchRequest,
  LabWork,
  LayerMaps,
  PhotoId,
} from '../../protocol/index.ts';
import type { CallOptions } from '../callOptions.ts';
import type { Observable } from '../observable.ts';

/**
 * Indexes of a sample of the library, built in memory to be watched and measured; the library's own
 * index stays as it is. Indexes are kept until others need the room. Methods reject with an
 * `AkinError`; aborting one stops its work.
 */
export interface LabApi {
  /** What this tab's Lab is doing. */
  readonly work: Observable<LabWork>;
  /** The photos of all other calls; drawn anew if the library changed since. */
  sample(options?: CallOptions): Promise<LabSample>;
  /** Searches, and records how. */
  search(request: LabSearchRequest, options?: CallOptions): Promise<LabAnswer>;
  /** How an index is laid out. */
  structure(request: LabRequest, options?: CallOptions): Promise<LabIndex>;
  /** Recall, time and cost of an index with several efforts. */
  measure(request: LabMeasureRequest, options?: CallOptions): Promise<readonly LabMeasure[]>;
  /**
   * The parameters that an index of the sample would have, and efforts to search it with. Builds
   * nothing.
   *
   * @param k results wanted, 1 to 1,000; 10 by default
   */
  plan(request: LabRequest, k?: number, options?: CallOptions): Promise<LabPlan>;
  /** What the codes of an index lose. */
  errors(request: LabRequest, options?: CallOptions): Promise<LabErrors>;
  /** How a cell of an LOPQ index spreads before and after its rotation. */
  cellSpread(request: LabRequest, cell: number, options?: CallOptions): Promise<LabCellSpread>;
  /** k-means of the sample after some rounds. */
  kmeans(request: LabKmeansRequest, options?: CallOptions): Promise<LabKmeans>;
  /** (m × n) cosine similarities of some photos to others. */
  similarities(
    of: readonly PhotoId[],
    to: readonly PhotoId[],
    options?: CallOptions,
  ): Promise<Float32Array>;
  /** (m × d) vectors of photos of the sample. */
  vectors(ids: readonly PhotoId[], options?: CallOptions): Promise<Float32Array>;
  /** What the centroids of one sub-vector of a product quantizer stand for. */
  codebook(request: LabCodebookRequest, options?: CallOptions): Promise<LabCodebook>;
  /** How many centroids stand for photos well enough: of whole vectors, or of sub-vectors. */
  centroids(request?: LabCentroidsRequest, options?: CallOptions): Promise<LabCentroids>;
  /** How the time of comparing everything grows with the number of photos. */
  scanTimes(request: LabScanTimesRequest, options?: CallOptions): Promise<LabScanTimes>;
  /**
   * What early, middle and late layers of the model in use respond to on a photo. Rejects with
   * `no-feature-map` if they aren't known: those of the user's own models.
   */
  layers(photo: PhotoId, options?: CallOptions): Promise<LayerMaps>;
  /** Ends the worker and frees its memory; it starts again when needed. */
  close(): void;
}
