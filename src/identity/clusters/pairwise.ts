/** Agreement of a clustering with the ground truth, over all pairs of faces. */
export interface PairwiseScore {
  /** Fraction of the clustered pairs that are one person; 1 if there are none. */
  readonly precision: number;
  /** Fraction of one person's pairs that are clustered; 1 if there are none. */
  readonly recall: number;
}

/**
 * Pairwise precision and recall of a clustering.
 *
 * @param clusters `n`: the cluster of each face; `undefined` if it is in none
 * @param labels `n`: the true person
 */
export function pairwise(
  clusters: ArrayLike<number | string | undefined>,
  labels: ArrayLike<number | string>,
): PairwiseScore {
  const ofCluster = new Map<number | string, number>();
  const ofLabel = new Map<number | string, number>();
  const ofBoth = new Map<number | string, Map<number | string, number>>();
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!;
    ofLabel.set(label, (ofLabel.get(label) ?? 0) + 1);
    const cluster = clusters[i];
    if (cluster === undefined) continue;
    ofCluster.set(cluster, (ofCluster.get(cluster) ?? 0) + 1);
    const inCluster = ofBoth.get(cluster) ?? new Map<number | string, number>();
    inCluster.set(label, (inCluster.get(label) ?? 0) + 1);
    ofBoth.set(cluster, inCluster);
  }
  const right = [...ofBoth.values()].reduce((total, counts) => total + pairsIn(counts.values()), 0);
  const together = pairsIn(ofCluster.values());
  const same = pairsIn(ofLabel.values());
  return {
    precision: together === 0 ? 1 : right / together,
    recall: same === 0 ? 1 : right / same,
  };
}

function pairsIn(sizes: Iterable<number>): number {
  let pairs = 0;
  for (const size of sizes) pairs += (size * (size - 1)) / 2;
  return pairs;
}
