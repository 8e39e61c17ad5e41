/** Distance of two faces, and whether they are one person's. Infinite where a face was not found. */
export interface Pair {
  readonly distance: number;
  readonly same: boolean;
}

/**
 * Area under the ROC curve: the chance that a pair of one person is nearer than a pair of two;
 * pairs that are equally near count half.
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

/** Share of pairs that a threshold tells rightly. */
export const accuracyAt = (pairs: readonly Pair[], threshold: number): number =>
  pairs.filter(({ distance, same }) => distance <= threshold === same).length / pairs.length;

/** Largest share of pairs of one person that a threshold accepts while it accepts at most `far` of the others. */
export function tarAtFar(pairs: readonly Pair[], far: number): number {
  const others = pairs.filter(({ same }) => !same).map(({ distance }) => distance);
  others.sort((a, b) => a - b);
  /** The first one that must not be accepted. */
  const limit = others[Math.floor(far * others.length + 1e-9)] ?? Number.POSITIVE_INFINITY;
  const same = pairs.filter((pair) => pair.same);
  return same.filter(({ distance }) => distance < limit).length / same.length;
}

/** L2 distance. */
export function l2(a: readonly number[], b: readonly number[]): number {
  return Math.sqrt(a.reduce((sum, value, i) => sum + (value - b[i]!) ** 2, 0));
}
