import type { Neighbours } from './fuzzyGraph.ts';

/**
 * The sample of each cluster that is among the nearest neighbours of most others of it; of equals,
 * the one whose own neighbours are closest.
 *
 * @param labels (n) cluster of each sample; other values belong to none
 * @param count of clusters
 * @returns (count) sample numbers
 */
export function centralSamples(
  { k, neighbours, l2sq }: Neighbours,
  labels: ArrayLike<number>,
  count: number,
): Uint32Array<ArrayBuffer> {
  const arriving = new Uint32Array(labels.length);
  const spread = new Float64Array(labels.length);
  for (let edge = 0; edge < neighbours.length; edge++) {
    const from = Math.floor(edge / k);
    const to = neighbours[edge]!;
    if (labels[from] === labels[to]) arriving[to]!++;
    spread[from]! += l2sq[edge]!;
  }
  const central = new Uint32Array(count);
  const found = new Uint8Array(count);
  for (let i = 0; i < labels.length; i++) {
    const cluster = labels[i]!;
    if (cluster >= count) continue;
    const best = central[cluster]!;
    const isBetter =
      arriving[i]! > arriving[best]! ||
      (arriving[i] === arriving[best] && spread[i]! < spread[best]!);
    if (found[cluster] === 0 || isBetter) central[cluster] = i;
    found[cluster] = 1;
  }
  return central;
}
