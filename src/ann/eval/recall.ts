/**
 * The share of the true neighbours that were found: `|found ∩ truth| / |truth|`, 1 where there are
 * none to find. With the true nearest `k` and the first `k` found, this is recall@k.
 */
export function recall(truth: Iterable<number>, found: Iterable<number>): number {
  const wanted = new Set(truth);
  if (wanted.size === 0) return 1;
  let hits = 0;
  for (const id of new Set(found)) if (wanted.has(id)) hits++;
  return hits / wanted.size;
}
