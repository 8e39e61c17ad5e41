/**
 * Metrics learned from the library's own labels, in closed form. Pure: no UI, storage, clock or
 * random numbers.
 */
export type { Calibration, Method } from './calibration.ts';
export { loadCalibration, type SavedCalibration, saveCalibration } from './calibrationFile.ts';
export { fitLda, type Lda, type LdaOptions } from './lda.ts';
export { ITEM_METRIC, LearnedMetric } from './learnedMetric.ts';
