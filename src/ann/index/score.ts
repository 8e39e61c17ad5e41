import type { Metric } from './vectorIndex.ts';

/**
 * Score of a vector for a query in double precision: inner product or squared L2 distance. For a
 * few vectors at a time; use the kernels for many.
 *
 * @param vector as long as the query
 */
export function scoreOf(metric: Metric, query: Float32Array, vector: Float32Array): number {
  let sum = 0;
  if (metric === 'ip') {
    for (let i = 0; i < vector.length; i++) sum += query[i]! * vector[i]!;
  } else {
    for (let i = 0; i < vector.length; i++) sum += (query[i]! - vector[i]!) ** 2;
  }
  return sum;
}
