/** A pair of photos that the user has judged. */
export interface JudgedPair {
  /** Natural logarithm of `n` in "1 in n unrelated pairs look this similar". */
  readonly logOneIn: number;
  readonly alike: boolean;
}

/** Standard deviation of the prior of the bias: a factor of 20 in the odds. */
const SPREAD = 3;
const STEPS = 30;

/**
 * The odds that two photos of a library are alike, from how rare their similarity is among unrelated
 * ones. Before the user has said anything, one other photo is expected to be like each: a chance of
 * one half where one unrelated photo among all is expected to look as similar. What was judged then
 * moves that boundary: the logistic model `ln odds = ln oneIn − ln photos + bias`, with the bias
 * fitted by Newton's method and a normal prior.
 */
export class Likeness {
  readonly #shift: number;

  /** @param photos in the library */
  constructor(photos: number, judged: readonly JudgedPair[]) {
    const base = -Math.log(Math.max(2, photos));
    this.#shift = base + fitBias(judged, base);
  }

  /** Natural logarithm of the odds. */
  logOdds(logOneIn: number): number {
    return logOneIn + this.#shift;
  }
}

function fitBias(judged: readonly JudgedPair[], base: number): number {
  let bias = 0;
  for (let step = 0; step < STEPS; step++) {
    let gradient = -bias / SPREAD ** 2;
    let curvature = 1 / SPREAD ** 2;
    for (const { logOneIn, alike } of judged) {
      const p = chanceOf(logOneIn + base + bias);
      gradient += (alike ? 1 : 0) - p;
      curvature += p * (1 - p);
    }
    // Far from the optimum, where the curvature vanishes, Newton's step overshoots.
    const move = Math.max(-1, Math.min(1, gradient / curvature));
    bias += move;
    if (Math.abs(move) < 1e-4) break;
  }
  return bias;
}

/** The probability with these log odds. */
export function chanceOf(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}
