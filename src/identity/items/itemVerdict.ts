/**
 * A logistic model: the log odds that an item is the right one are
 * `bias + score · s + margin · (s − t)`, with `t` the best score of the other items.
 */
export interface Verdict {
  readonly bias: number;
  readonly score: number;
  readonly margin: number;
}

/** An item of at least this probability is named. See docs/items.md. */
export const LEAST_NAMED = 0.7;

/** In the space of a learned metric. Fitted by `bench:items -- --fit` on 41 grocery products. */
export const LEARNED_VERDICT: Verdict = { bias: -14.17, score: 16.1, margin: 3.68 };
/** One picture of each item, centered. Fitted as above. */
export const CENTERED_VERDICT: Verdict = { bias: -2.36, score: 3.01, margin: 7.78 };

/** Items that a query may be besides the best: a ranking of one has no margin but this. */
const NO_OTHER = 0;

/**
 * The probability of each item of a ranking, in its order.
 *
 * @param scores descending
 */
export function probabilities(scores: readonly number[], verdict: Verdict): number[] {
  const chances = scores.map((score, i) => {
    const other = (i === 0 ? scores[1] : scores[0]) ?? NO_OTHER;
    return logistic(verdict.bias + verdict.score * score + verdict.margin * (score - other));
  });
  const sum = chances.reduce((total, chance) => total + chance, 0);
  return sum > 1 ? chances.map((chance) => chance / sum) : chances;
}

/** What is known of the best item of a query: its features, and whether it was right. */
export interface VerdictSample {
  readonly score: number;
  readonly margin: number;
  readonly right: boolean;
}

/**
 * Fits a verdict by Newton's method on the logistic loss, with a small ridge: a few dozen steps of
 * three unknowns.
 */
export function fitVerdict(samples: readonly VerdictSample[]): Verdict {
  let w = [0, 0, 0];
  const ridge = 1e-3;
  for (let step = 0; step < 50; step++) {
    const gradient = [-ridge * w[0]!, -ridge * w[1]!, -ridge * w[2]!];
    const hessian = [
      [ridge, 0, 0],
      [0, ridge, 0],
      [0, 0, ridge],
    ];
    for (const { score, margin, right } of samples) {
      const x = [1, score, margin];
      const p = logistic(w[0]! + w[1]! * score + w[2]! * margin);
      for (let i = 0; i < 3; i++) {
        gradient[i] = gradient[i]! + ((right ? 1 : 0) - p) * x[i]!;
        for (let j = 0; j < 3; j++) hessian[i]![j] = hessian[i]![j]! + p * (1 - p) * x[i]! * x[j]!;
      }
    }
    const move = solve3(hessian, gradient);
    w = w.map((value, i) => value + move[i]!);
  }
  return { bias: w[0]!, score: w[1]!, margin: w[2]! };
}

/** Gaussian elimination with pivoting. */
function solve3(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i]!]);
  for (let i = 0; i < 3; i++) {
    let best = i;
    for (let j = i + 1; j < 3; j++)
      if (Math.abs(rows[j]![i]!) > Math.abs(rows[best]![i]!)) best = j;
    [rows[i], rows[best]] = [rows[best]!, rows[i]!];
    for (let j = 0; j < 3; j++) {
      if (j === i) continue;
      const factor = rows[j]![i]! / rows[i]![i]!;
      for (let k = i; k < 4; k++) rows[j]![k] = rows[j]![k]! - factor * rows[i]![k]!;
    }
  }
  return rows.map((row, i) => row[3]! / row[i]!);
}

function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
