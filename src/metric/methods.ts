import { AppendedCalibration, type Appendix, ldaAppendix, ridgeAppendix } from './appended.ts';
import type { Calibration, TeachingMethod } from './calibration.ts';
import { fitLda, fitWithin } from './lda.ts';
import { invertLower } from './lowerTriangle.ts';
import { WhitenedCalibration } from './replaced.ts';
import { fitRidge } from './ridge.ts';

/** Labeled samples to learn from. */
export interface Samples {
  readonly d: number;
  /** (n × d) row-major, of unit length */
  readonly vectors: Float32Array;
  /** (n) class of each: 0, 1, 2, … */
  readonly classes: ArrayLike<number>;
}

/** What a method learned, at each of its weights. `null`: nothing to learn from. */
export interface Learned {
  readonly method: TeachingMethod;
  readonly weights: readonly number[];
  /** Set if the weights differ only in how much of it is appended. */
  readonly appendix: Appendix | null;
  at(weight: number): Calibration;
}

/** Weights to choose from, ascending. */
export const WEIGHTS: readonly number[] = [0.5, 1, 1.5, 2, 2.5, 3];
/** The best of 0.3, 0.5 and 0.8 on clothing and grocery together. */
const SHRINKAGE = 0.5;
/** The best of 0.5, 1 and 3. */
const PENALTY = 1;

/** @throws AkinError as the fits do */
export function learnClosedForm(
  method: 'whitening' | 'lda' | 'ridge',
  { d, vectors, classes }: Samples,
): Learned | null {
  if (method === 'whitening') {
    const within = fitWithin(vectors, classes, d, SHRINKAGE);
    if (!within) return null;
    const calibration = new WhitenedCalibration(d, invertLower(within.L, d));
    return { method, weights: [1], appendix: null, at: () => calibration };
  }
  if (method === 'ridge') {
    const ridge = fitRidge(vectors, classes, d, PENALTY);
    return ridge && appended(ridgeAppendix(ridge));
  }
  const lda = fitLda(vectors, classes, d, { shrinkage: SHRINKAGE });
  return lda && appended(ldaAppendix(lda, invertLower(lda.L, d)));
}

function appended(appendix: Appendix): Learned {
  return {
    method: appendix.method,
    weights: WEIGHTS,
    appendix,
    at: (weight) => new AppendedCalibration(appendix, weight),
  };
}

/** Rows of a matrix: (rows.length × d). */
export function gatherRows(
  vectors: Float32Array,
  rows: ArrayLike<number>,
  d: number,
): Float32Array {
  const out = new Float32Array(rows.length * d);
  for (let i = 0; i < rows.length; i++) {
    out.set(vectors.subarray(rows[i]! * d, (rows[i]! + 1) * d), i * d);
  }
  return out;
}
