/** Distance of two faces, and whether they are one person's. Infinite if a face was not found. */
export interface Pair {
  readonly distance: number;
  readonly same: boolean;
}

/**
 * Area under the ROC curve: the probability that a pair of one person is nearer than a pair of two;
 * ties count half.
 */
export function rocAuc(pairs: readonly Pair[]): number {
  const same = pairs.filter((pair) => pair.same);
  const other = pairs.filter((pair) => !pair.same);
  let won = 0;
  for (const { distance: d } of same) {
    for (const { distance } of other) won += d < distance ? 1 : d === distance ? 0.5 : 0;
  }
  return won / (same.length * other.length);
}

/** Accuracy of a threshold. */
export const accuracyAt = (pairs: readonly Pair[], threshold: number): number =>
  pairs.filter(({ distance, same }) => distance <= threshold === same).length / pairs.length;

/** True accept rate at a false accept rate of at most `far`. */
export function tarAtFar(pairs: readonly Pair[], far: number): number {
  const others = pairs.filter(({ same }) => !same).map(({ distance }) => distance);
  others.sort((a, b) => a - b);
  /** The nearest pair that must be rejected. */
  const limit = others[Math.floor(far * others.length + 1e-9)] ?? Number.POSITIVE_INFINITY;
  const same = pairs.filter((pair) => pair.same);
  return same.filter(({ distance }) => distance < limit).length / same.length;
}

/** L2 distance. */
export function l2(a: readonly number[], b: readonly number[]): number {
  return Math.sqrt(a.reduce((sum, value, i) => sum + (value - b[i]!) ** 2, 0));
}
