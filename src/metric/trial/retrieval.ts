/** How well some queries were answered, each by its own figures. */
export interface Answers {
  /** Group of each query. */
  readonly groups: number[];
  readonly precision1: number[];
  readonly precision5: number[];
  /** Average precision, over all samples. */
  readonly ap: number[];
}

export const noAnswers = (): Answers => ({ groups: [], precision1: [], precision5: [], ap: [] });

/** The means of answers; 0 without any. */
export function meansOf({ precision1, precision5, ap }: Answers): {
  readonly precision1: number;
  readonly precision5: number;
  readonly map: number;
} {
  const mean = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  return { precision1: mean(precision1), precision5: mean(precision5), map: mean(ap) };
}

/** Measures rankings of all samples by their cosine with a query. Holds scratch memory. */
export class RankingMeter {
  readonly #groups: ArrayLike<number>;
  readonly #size: Uint32Array;
  readonly #relevant: Float32Array;
  readonly #above: Uint32Array;

  /** @param groups (n) group of each sample: 0, 1, 2, … */
  constructor(groups: ArrayLike<number>) {
    let most = 0;
    for (let i = 0; i < groups.length; i++) most = Math.max(most, groups[i]!);
    this.#groups = groups;
    this.#size = new Uint32Array(most + 1);
    for (let i = 0; i < groups.length; i++) this.#size[groups[i]!]! += 1;
    const largest = this.#size.reduce((a, b) => Math.max(a, b), 0);
    this.#relevant = new Float32Array(largest);
    this.#above = new Uint32Array(largest + 1);
  }

  /**
   * Adds the figures of a query to `answers`, unless nothing belongs together with it. Ties count
   * against the samples of its group.
   *
   * @param cosines (n) of every sample with the query
   */
  add(query: number, cosines: Float32Array, answers: Answers): void {
    const group = this.#groups[query]!;
    const count = this.#size[group]! - 1;
    if (count < 1) return;
    const n = cosines.length;
    const relevant = this.#relevant.subarray(0, count);
    for (let i = 0, at = 0; i < n; i++) {
      if (i !== query && this.#groups[i] === group) relevant[at++] = cosines[i]!;
    }
    relevant.sort().reverse();
    // above[j]: others that lie between the (j − 1)-th relevant sample and the j-th.
    const above = this.#above.fill(0, 0, count + 1);
    for (let i = 0; i < n; i++) {
      if (this.#groups[i] === group) continue;
      const cosine = cosines[i]!;
      let low = 0;
      let high = count;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (relevant[middle]! > cosine) low = middle + 1;
        else high = middle;
      }
      above[low]! += 1;
    }
    let others = 0;
    let ap = 0;
    let first = 0;
    let five = 0;
    for (let j = 0; j < count; j++) {
      others += above[j]!;
      const rank = others + j + 1;
      ap += (j + 1) / rank;
      if (rank === 1) first = 1;
      if (rank <= 5) five++;
    }
    answers.groups.push(group);
    answers.precision1.push(first);
    answers.precision5.push(five / 5);
    answers.ap.push(ap / count);
  }
}

/** The `k` samples of largest cosine, without the query: best first, ties by number. */
export function nearest(cosines: Float32Array, query: number, k: number): number[] {
  const best: number[] = [];
  for (let i = 0; i < cosines.length; i++) {
    if (i === query) continue;
    const cosine = cosines[i]!;
    if (best.length === k && cosine <= cosines[best[k - 1]!]!) continue;
    let at = best.length;
    while (at > 0 && cosines[best[at - 1]!]! < cosine) at--;
    best.splice(at, 0, i);
    if (best.length > k) best.pop();
  }
  return best;
}
