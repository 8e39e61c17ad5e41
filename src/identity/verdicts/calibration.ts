/**
 * Maps an L2 distance to the probability of one person: `1 / (1 + exp(slope · (l2 − midpoint)))`.
 */
export interface Calibration {
  readonly slope: number;
  /** The distance at which the probability is one half. */
  readonly midpoint: number;
}

/** Percentages of a set's pairs within 0.50, 0.55 and 0.60. */
export interface CalibrationSet {
  readonly set: string;
  readonly same: readonly [number, number, number];
  readonly different: readonly [number, number, number];
}

/**
 * Measured with the pipeline on labeled sets: 62 photos of well-lit faces, 8 people × 5 grayscale
 * faces, 15 photos of 6 people, two people × 8 strong expressions, and 100 people × 2 small
 * grayscale crops.
 */
export const DLIB_SETS: readonly CalibrationSet[] = [
  { set: 'deepface', same: [92.1, 97.9, 99.3], different: [0, 0.12, 0.24] },
  { set: 'faceapi40', same: [80, 92.5, 100], different: [0, 0, 0] },
  { set: 'facerec', same: [100, 100, 100], different: [0, 0, 0] },
  { set: 'emo', same: [42.9, 71.4, 92.9], different: [0, 0, 4.7] },
  { set: 'lfw100', same: [85, 90, 96], different: [0.17, 1.04, 4.16] },
];

/** Mean distance of the pairs in each bin of the table. */
const SAME_AT = [0.42, 0.525, 0.575, 0.64] as const;
const DIFFERENT_AT = [0.47, 0.525, 0.575, 0.8] as const;

/** Prior odds: one in eleven of the near faces compared is assumed to be the same person. */
export const PRIOR_ODDS = 1 / 10;

/**
 * `fitCalibration(tableSamples(DLIB_SETS), PRIOR_ODDS)`, repeated in a test: 0.71 at a distance of
 * 0.55, where dlib's "same" ends, and 0.30 at 0.60, where its "different" begins.
 */
export const DLIB_CALIBRATION: Calibration = { slope: 35.3, midpoint: 0.5754 };

/** A pair of faces with known truth, or a weighted set of such pairs. */
export interface LabelledDistance {
  readonly l2: number;
  readonly same: boolean;
  readonly weight: number;
}

/** The probability that faces at this distance are one person's, 0 to 1. */
export function probabilitySame(l2: number, calibration: Calibration = DLIB_CALIBRATION): number {
  return 1 / (1 + 1 / oddsSame(l2, calibration));
}

/** The same as odds, positive and finite. */
export function oddsSame(l2: number, calibration: Calibration = DLIB_CALIBRATION): number {
  const logOdds = calibration.slope * (calibration.midpoint - l2);
  return Math.exp(Math.min(MOST_LOG_ODDS, Math.max(-MOST_LOG_ODDS, logOdds)));
}

/** Beyond one in 10¹³ the model is not credible. */
const MOST_LOG_ODDS = 30;

/** Converts a table to weighted distances: all sets count equally, and so do same and different. */
export function tableSamples(sets: readonly CalibrationSet[]): LabelledDistance[] {
  return sets.flatMap(({ same, different }) => [
    ...parts(same, SAME_AT).map((part) => ({ ...part, same: true })),
    ...parts(different, DIFFERENT_AT).map((part) => ({ ...part, same: false })),
  ]);
}

/**
 * Fits the curve to labeled pairs by maximum likelihood (logistic regression, Newton's method)
 * with equal class weights, then applies the prior: by Bayes' rule, it shifts the log-odds. A small
 * penalty keeps the slope finite if the classes don't overlap.
 *
 * @param priorOdds of same to different, before the distance is known
 */
export function fitCalibration(
  pairs: readonly LabelledDistance[],
  priorOdds: number = PRIOR_ODDS,
): Calibration {
  const total = (same: boolean) =>
    pairs.reduce((sum, pair) => sum + (pair.same === same ? pair.weight : 0), 0);
  const scale = { same: 1 / total(true), different: 1 / total(false) };
  const centre = DLIB_CALIBRATION.midpoint;
  let offset = 0;
  let slope = 0;
  for (let iteration = 0; iteration < 100; iteration++) {
    // Gradient and Hessian of the penalized likelihood in (offset, slope).
    let [g0, g1] = [-PENALTY * offset, -PENALTY * slope];
    let [h00, h01, h11] = [PENALTY, 0, PENALTY];
    for (const { l2, same, weight } of pairs) {
      const x = l2 - centre;
      const p = 1 / (1 + Math.exp(-(offset + slope * x)));
      const w = weight * (same ? scale.same : scale.different);
      const error = w * (Number(same) - p);
      const curvature = w * p * (1 - p);
      g0 += error;
      g1 += error * x;
      h00 += curvature;
      h01 += curvature * x;
      h11 += curvature * x * x;
    }
    const determinant = h00 * h11 - h01 * h01;
    const step0 = (h11 * g0 - h01 * g1) / determinant;
    const step1 = (h00 * g1 - h01 * g0) / determinant;
    offset += step0;
    slope += step1;
    if (Math.abs(step0) + Math.abs(step1) < 1e-10) break;
  }
  return { slope: -slope, midpoint: centre - (offset + Math.log(priorOdds)) / slope };
}

const PENALTY = 1e-6;

function parts(
  within: readonly [number, number, number],
  at: readonly [number, number, number, number],
): { l2: number; weight: number }[] {
  const bounds = [0, ...within, 100];
  return at.map((l2, i) => ({ l2, weight: (bounds[i + 1]! - bounds[i]!) / 100 }));
}
