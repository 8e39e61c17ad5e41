/** From an L2 distance to the probability of one person: `1 / (1 + exp(slope · (l2 − midpoint)))`. */
export interface Calibration {
  readonly slope: number;
  /** The distance at which it is even. */
  readonly midpoint: number;
}

/** What share of the pairs of a set lies within 0.50, 0.55 and 0.60, in percent. */
export interface CalibrationSet {
  readonly set: string;
  readonly same: readonly [number, number, number];
  readonly different: readonly [number, number, number];
}

/**
 * What the pipeline measured on labelled sets: 62 photos of well-lit faces, 8 people × 5 grey faces,
 * 15 photos of 6 people, two people × 8 strong expressions, and 100 people × 2 small grey crops.
 */
export const DLIB_SETS: readonly CalibrationSet[] = [
  { set: 'deepface', same: [92.1, 97.9, 99.3], different: [0, 0.12, 0.24] },
  { set: 'faceapi40', same: [80, 92.5, 100], different: [0, 0, 0] },
  { set: 'facerec', same: [100, 100, 100], different: [0, 0, 0] },
  { set: 'emo', same: [42.9, 71.4, 92.9], different: [0, 0, 4.7] },
  { set: 'lfw100', same: [85, 90, 96], different: [0.17, 1.04, 4.16] },
];

/** Where the pairs of each part of the table lie, on average. */
const SAME_AT = [0.42, 0.525, 0.575, 0.64] as const;
const DIFFERENT_AT = [0.47, 0.525, 0.575, 0.8] as const;

/**
 * Of the faces that one is compared with because they are near, one in eleven is taken to be the same
 * person before their distance is looked at.
 */
export const PRIOR_ODDS = 1 / 10;

/**
 * `fitCalibration(tableSamples(DLIB_SETS), PRIOR_ODDS)`, which a test repeats: 0.71 at a distance of
 * 0.55, where the net's "same" ends, and 0.30 at 0.60, where its "different" begins.
 */
export const DLIB_CALIBRATION: Calibration = { slope: 35.3, midpoint: 0.5754 };

/** A pair of faces of which the truth is known, or many alike. */
export interface LabelledDistance {
  readonly l2: number;
  readonly same: boolean;
  readonly weight: number;
}

/** The probability that faces this far from each other are one person's, 0 to 1. */
export function probabilitySame(l2: number, calibration: Calibration = DLIB_CALIBRATION): number {
  return 1 / (1 + 1 / oddsSame(l2, calibration));
}

/** The same as odds, above 0 and finite. */
export function oddsSame(l2: number, calibration: Calibration = DLIB_CALIBRATION): number {
  const logOdds = calibration.slope * (calibration.midpoint - l2);
  return Math.exp(Math.min(MOST_LOG_ODDS, Math.max(-MOST_LOG_ODDS, logOdds)));
}

/** Surer than one in 10¹³ is no measurement. */
const MOST_LOG_ODDS = 30;

/** A table as weighted distances: each set counts as much as any other, as do same and different. */
export function tableSamples(sets: readonly CalibrationSet[]): LabelledDistance[] {
  return sets.flatMap(({ same, different }) => [
    ...parts(same, SAME_AT).map((part) => ({ ...part, same: true })),
    ...parts(different, DIFFERENT_AT).map((part) => ({ ...part, same: false })),
  ]);
}

/**
 * Fits the curve to known pairs by maximum likelihood (logistic regression, by Newton's method), both
 * classes made to weigh the same first, and then moves it to the prior: by Bayes' rule a shift of the
 * log-odds by the prior's. A small penalty keeps the slope finite where the classes don't overlap.
 *
 * @param priorOdds same to different, before the distance is known
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
    // The penalised likelihood's gradient and Hessian in (offset, slope).
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
