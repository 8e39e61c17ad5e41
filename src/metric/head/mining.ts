/** Samples of a batch, row-major cosines between them, and their classes. */
export interface Batch {
  readonly size: number;
  /** (size × size) */
  readonly cosines: ArrayLike<number>;
  /** (size) */
  readonly classes: ArrayLike<number>;
}

/** A loss of a batch, and its gradient. */
export interface MinedLoss {
  readonly loss: number;
  /** (size × size) derivative of the loss with respect to each cosine. */
  readonly gradient: Float32Array;
  /** The triplet with the largest loss, as places in the batch; `null` if none has any. */
  readonly triplet: {
    readonly anchor: number;
    readonly positive: number;
    readonly negative: number;
  } | null;
}

/** Squared distance of unit vectors. */
export const l2sqOf = (cosine: number) => 2 - 2 * cosine;

/**
 * Triplet loss with semi-hard negatives (Schroff, Kalenichenko and Philbin 2015, section 3.2). For
 * each anchor and positive, the negative is the nearest of those farther than the positive; if
 * there is none, the farthest. Never the nearest of all: with few labels, that makes everything
 * collapse to one point. Loss: the mean over pairs of `max(0, l2sq(a, p) − l2sq(a, n) + margin)`.
 */
export function semiHardTriplets({ size, cosines, classes }: Batch, margin: number): MinedLoss {
  const gradient = new Float32Array(size * size);
  let pairs = 0;
  let sum = 0;
  let worst = 0;
  let triplet: MinedLoss['triplet'] = null;
  for (let a = 0; a < size; a++) {
    for (let p = 0; p < size; p++) {
      if (p === a || classes[p] !== classes[a]) continue;
      const positive = l2sqOf(cosines[a * size + p]!);
      const n = semiHardNegative(a, positive, { size, cosines, classes });
      if (n < 0) continue;
      pairs++;
      const loss = positive - l2sqOf(cosines[a * size + n]!) + margin;
      if (!(loss > 0)) continue;
      sum += loss;
      // d l2sq / d cosine is −2.
      gradient[a * size + p]! -= 2;
      gradient[a * size + n]! += 2;
      if (loss > worst) {
        worst = loss;
        triplet = { anchor: a, positive: p, negative: n };
      }
    }
  }
  if (pairs > 0) for (let i = 0; i < gradient.length; i++) gradient[i]! /= pairs;
  return { loss: pairs > 0 ? sum / pairs : 0, gradient, triplet };
}

function semiHardNegative(
  anchor: number,
  positive: number,
  { size, cosines, classes }: Batch,
): number {
  let nearest = -1;
  let nearestL2sq = Number.POSITIVE_INFINITY;
  let farthest = -1;
  let farthestL2sq = -1;
  for (let n = 0; n < size; n++) {
    if (classes[n] === classes[anchor]) continue;
    const negative = l2sqOf(cosines[anchor * size + n]!);
    if (negative > positive && negative < nearestL2sq) {
      nearest = n;
      nearestL2sq = negative;
    }
    if (negative > farthestL2sq) {
      farthest = n;
      farthestL2sq = negative;
    }
  }
  return nearest < 0 ? farthest : nearest;
}

/** The paper's values. */
const ALPHA = 2;
const BETA = 50;
const LAMBDA = 0.5;
const EPSILON = 0.1;

/**
 * Multi-similarity loss with its own mining (Wang, Han, Huang, Dong and Scott 2019, equations 10
 * to 15). A negative counts if it is nearly as similar as the least similar positive, a positive if
 * it is hardly more similar than the most similar negative.
 */
export function multiSimilarity({ size, cosines, classes }: Batch): MinedLoss {
  const gradient = new Float32Array(size * size);
  let sum = 0;
  let worst = 0;
  let triplet: MinedLoss['triplet'] = null;
  for (let a = 0; a < size; a++) {
    const row = a * size;
    let positive = -1;
    let negative = -1;
    for (let i = 0; i < size; i++) {
      if (i === a) continue;
      if (classes[i] === classes[a]) {
        if (positive < 0 || cosines[row + i]! < cosines[row + positive]!) positive = i;
      } else if (negative < 0 || cosines[row + i]! > cosines[row + negative]!) negative = i;
    }
    if (positive < 0 || negative < 0) continue;
    const least = cosines[row + positive]! - EPSILON;
    const most = cosines[row + negative]! + EPSILON;
    let pull = 0;
    let push = 0;
    for (let i = 0; i < size; i++) {
      if (i === a) continue;
      const cosine = cosines[row + i]!;
      if (classes[i] === classes[a]) {
        if (cosine < most) pull += pullOf(cosine, gradient, row + i);
      } else if (cosine > least) push += pushOf(cosine, gradient, row + i);
    }
    for (let i = 0; i < size; i++) {
      gradient[row + i]! /= (gradient[row + i]! < 0 ? 1 + pull : 1 + push) * size;
    }
    const loss = Math.log1p(pull) / ALPHA + Math.log1p(push) / BETA;
    sum += loss;
    if (loss > worst) {
      worst = loss;
      triplet = { anchor: a, positive, negative };
    }
  }
  return { loss: sum / size, gradient, triplet };
}

function pullOf(cosine: number, gradient: Float32Array, at: number): number {
  const pull = Math.exp(-ALPHA * (cosine - LAMBDA));
  gradient[at] = -pull;
  return pull;
}

function pushOf(cosine: number, gradient: Float32Array, at: number): number {
  const push = Math.exp(BETA * (cosine - LAMBDA));
  gradient[at] = push;
  return push;
}
