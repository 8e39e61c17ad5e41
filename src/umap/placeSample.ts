/** A neighbour that has a place on the map. */
export interface PlacedNeighbour {
  readonly x: number;
  readonly y: number;
  readonly cluster: number;
  /** Squared L2 distance to the sample to place. */
  readonly l2sq: number;
}

/** How many bandwidths from the nearest a neighbour loses nearly all its weight. */
const SHARPNESS = 3;

/**
 * A place for a sample that has come after the layout: the mean of its neighbours, nearer ones
 * counting more, as UMAP transforms new data before it refines. Only those that lie in the cluster
 * of the nearest count, because between two clusters it would be near nothing.
 *
 * @param neighbours nearest first, at least one
 */
export function placeSample(neighbours: readonly PlacedNeighbour[]): {
  readonly x: number;
  readonly y: number;
  readonly cluster: number;
} {
  const nearest = neighbours[0]!;
  const farthest = neighbours.at(-1)!;
  const first = Math.sqrt(nearest.l2sq);
  const width = Math.max(Math.sqrt(farthest.l2sq) - first, 1e-9) / SHARPNESS;
  let [sum, x, y] = [0, 0, 0];
  for (const neighbour of neighbours) {
    if (neighbour.cluster !== nearest.cluster) continue;
    const weight = Math.exp(-(Math.sqrt(neighbour.l2sq) - first) / width);
    sum += weight;
    x += weight * neighbour.x;
    y += weight * neighbour.y;
  }
  return { x: x / sum, y: y / sum, cluster: nearest.cluster };
}
