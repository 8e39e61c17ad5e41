/**
 * A few points that represent many: the one nearest to their middle first, then whichever is
 * farthest from those taken.
 *
 * @param positions (n × 2)
 * @param indexes of the points
 * @param k how many to take; all if there are no more
 */
export function spread(
  positions: Float32Array,
  indexes: readonly number[],
  k: number,
): readonly number[] {
  if (indexes.length <= k) return indexes;
  const x = (i: number) => positions[2 * i]!;
  const y = (i: number) => positions[2 * i + 1]!;
  let [meanX, meanY] = [0, 0];
  for (const i of indexes) {
    meanX += x(i) / indexes.length;
    meanY += y(i) / indexes.length;
  }
  const distances = Float64Array.from(indexes, (i) => (x(i) - meanX) ** 2 + (y(i) - meanY) ** 2);
  let at = 0;
  for (let j = 0; j < distances.length; j++) if (distances[j]! < distances[at]!) at = j;
  distances.fill(Number.POSITIVE_INFINITY);
  const taken: number[] = [];
  while (taken.length < k) {
    const last = indexes[at]!;
    taken.push(last);
    distances[at] = -1;
    for (const [j, i] of indexes.entries()) {
      if (distances[j]! < 0) continue;
      distances[j] = Math.min(distances[j]!, (x(i) - x(last)) ** 2 + (y(i) - y(last)) ** 2);
      if (distances[j]! > distances[at]!) at = j;
    }
  }
  return taken;
}
