/**
 * Metrics learned from the library's own labels. Pure, except for `head/`, which trains with
 * TensorFlow.js: no UI, storage or clock.
 */
export { type Calibration, extendAll } from './calibration.ts';
export { loadCalibration, type SavedCalibration, saveCalibration } from './calibrationFile.ts';
export { fitLda, type Lda, type LdaOptions } from './lda.ts';
export {
  closedFormLearners,
  type HeldOutVectors,
  type Learner,
  type LearnResult,
  learn,
} from './learn.ts';
export { ITEM_METRIC, LearnedMetric } from './learnedMetric.ts';
export { gatherRows, learnClosedForm } from './methods.ts';
