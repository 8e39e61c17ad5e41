/** Fraction of the first `k` that are relevant. */
export function precisionAt(
  ranking: readonly number[],
  k: number,
  isRelevant: (id: number) => boolean,
): number {
  return ranking.slice(0, k).filter(isRelevant).length / k;
}

/**
 * Average precision of a query's full ranking against all others, by inner product: the mean of the
 * precision at the rank of each relevant one.
 *
 * @param vectors (n × d) row-major, in the order of `ids`
 */
export function averagePrecision(
  query: number,
  ids: readonly number[],
  vectors: Float32Array,
  d: number,
  isRelevant: (id: number) => boolean,
): number {
  const row = ids.indexOf(query);
  if (row < 0) return 0;
  const scored = ids.map((id, i) => {
    let ip = 0;
    for (let j = 0; j < d; j++) ip += vectors[row * d + j]! * vectors[i * d + j]!;
    return { id, ip };
  });
  scored.splice(row, 1);
  scored.sort((a, b) => b.ip - a.ip || a.id - b.id);
  let found = 0;
  let sum = 0;
  scored.forEach(({ id }, i) => {
    if (!isRelevant(id)) return;
    found++;
    sum += found / (i + 1);
  });
  return found === 0 ? 0 : sum / found;
}
