/**
 * Akin's nearest-neighbour engine. Pure: no DOM, storage or clock, so it runs in a page, a worker
 * or Node.
 */

export { exactNeighbours } from './eval/exactNeighbours.ts';
export type { LabelledVectors, Neighbour } from './eval/groundTruth.ts';
export { groundTruth } from './eval/groundTruth.ts';
export { recall } from './eval/recall.ts';
export type { SyntheticSource } from './eval/synthetic.ts';
export { clusteredUnitVectors } from './eval/synthetic.ts';
export { FORMAT_VERSION } from './format/upgrade.ts';
export { type NeighbourGraph, neighbourGraph } from './graph/neighbourGraph.ts';
export { AddAhead } from './index/addAhead.ts';
export { coarseSampleSize } from './index/cells/coarseTrain.ts';
export { effortsOf } from './index/efforts.ts';
export { FlatIndex } from './index/flat/flat.ts';
export type { IndexStructure } from './index/inspection/structure.ts';
export type { TraceStep } from './index/inspection/trace.ts';
export { loadIndex } from './index/load.ts';
export type {
  IndexPlan,
  IndexState,
  IndexTarget,
  JudgedSegment,
  SegmentState,
} from './index/policy.ts';
export {
  automaticSpec,
  BREAK_EVEN,
  defaultSpecs,
  mayTrainAgain,
  planIndex,
  targetSpec,
  tryResolve,
} from './index/policy.ts';
export { isExact, savedSpec } from './index/savedSpec.ts';
export { scoreOf } from './index/score.ts';
export { SegmentedIndex } from './index/segmented/segmentedIndex.ts';
export type { Compaction, IndexStats, SegmentInfo } from './index/segmented/segments.ts';
export type { IndexSpec, Rerank, ResolvedSpec } from './index/spec.ts';
export { resolveSpec } from './index/spec.ts';
export { trainIndex } from './index/train.ts';
export type {
  GrowableIndex,
  IndexBuilder,
  IndexKind,
  Metric,
  SearchEffort,
  SearchOptions,
  SearchResult,
  SearchStats,
  SearchTimes,
  VectorIndex,
  VectorSpace,
} from './index/vectorIndex.ts';
export type { VectorSource } from './index/vectorSource.ts';
export { bitmapBytes, getBit, setBit } from './kernels/bitmap.ts';
export type { Block, Kernels, Scan } from './kernels/kernels.ts';
export { float32View, uint32View } from './kernels/kernels.ts';
export { scalarKernels } from './kernels/scalar.ts';
export { simdKernels } from './kernels/simd.ts';
export { readTopK, resetTopK, topKBytes } from './kernels/topK.ts';
export type { AssignPool, AssignTask, TrainControl } from './quantizer/control.ts';
export { checkpoint } from './quantizer/control.ts';
export { Assigner } from './quantizer/kmeans/assigner.ts';
export { rowsPerSlice } from './quantizer/kmeans/assignPool.ts';
export { type KmeansResult, kmeans } from './quantizer/kmeans/kmeans.ts';
export { type Pca, pca } from './quantizer/rotation/pca.ts';
