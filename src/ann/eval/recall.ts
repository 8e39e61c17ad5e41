/**
 * Recall: `|found ∩ truth| / |truth|`, 1 if `truth` is empty. With the true nearest `k` and the
 * first `k` found, this is recall@k.
 */
export function recall(truth: Iterable<number>, found: Iterable<number>): number {
  const wanted = new Set(truth);
  if (wanted.size === 0) return 1;
  let hits = 0;
  for (const id of new Set(found)) if (wanted.has(id)) hits++;
  return hits / wanted.size;
}

/**
 * For each `R`, the share of queries whose true nearest neighbour is among the first `R` found: the
 * recall@R of Jégou et al. (2011), which counts only the first neighbour.
 *
 * @param nearest the true nearest id of each query
 * @param found results of each query, best first
 * @param ranks the values of `R`
 */
export function nearestRecall(
  nearest: ArrayLike<number>,
  found: readonly ArrayLike<number>[],
  ranks: readonly number[],
): number[] {
  const at = found.map((ids, i) => Array.prototype.indexOf.call(ids, nearest[i]));
  return ranks.map((R) =>
    at.length === 0 ? 1 : at.filter((rank) => rank >= 0 && rank < R).length / at.length,
  );
}
