/** Fraction of the first `k` that are relevant. */
export function precisionAt(
  ranking: readonly number[],
  k: number,
  isRelevant: (id: number) => boolean,
): number {
  return ranking.slice(0, k).filter(isRelevant).length / k;
}

/**
 * Average precision of a ranking: the mean of the precision at the rank of each relevant one. Those
 * that the ranking lacks count as never found.
 *
 * @param relevant how many there are
 */
export function averagePrecision(
  ranking: readonly number[],
  isRelevant: (id: number) => boolean,
  relevant: number,
): number {
  let found = 0;
  let sum = 0;
  ranking.forEach((id, i) => {
    if (!isRelevant(id)) return;
    found++;
    sum += found / (i + 1);
  });
  return relevant === 0 ? 0 : sum / relevant;
}

/**
 * All other ids by inner product with a query, best first.
 *
 * @param vectors (n × d) row-major, in the order of `ids`
 */
export function rankingByIp(
  query: number,
  ids: readonly number[],
  vectors: Float32Array,
  d: number,
): number[] {
  const row = ids.indexOf(query);
  if (row < 0) return [];
  const scored = ids.map((id, i) => {
    let ip = 0;
    for (let j = 0; j < d; j++) ip += vectors[row * d + j]! * vectors[i * d + j]!;
    return { id, ip };
  });
  scored.splice(row, 1);
  scored.sort((a, b) => b.ip - a.ip || a.id - b.id);
  return scored.map(({ id }) => id);
}
