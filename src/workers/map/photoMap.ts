import { type MapCluster, NO_CLUSTER, type PhotoId, type PhotoMap } from '../../protocol/index.ts';
import type { SavedMap } from '../../store/index.ts';

/**
 * A saved map as the page sees it: photos of the gallery only.
 *
 * @param missing photos of the gallery that it lacks
 */
export function photoMap(
  spaceId: string,
  saved: SavedMap,
  isLive: (id: PhotoId) => boolean,
  missing: number,
): PhotoMap {
  const rows: number[] = [];
  saved.ids.forEach((id, row) => {
    if (isLive(id)) rows.push(row);
  });
  const ids = Uint32Array.from(rows, (row) => saved.ids[row]!);
  const positions = new Float32Array(2 * rows.length);
  rows.forEach((row, i) => {
    positions.set(saved.positions.subarray(2 * row, 2 * row + 2), 2 * i);
  });
  const labels = Uint16Array.from(rows, (row) => saved.clusters[row]!);
  const all = gather(saved, ids, positions, labels);
  // Clusters whose photos are all gone leave no gap.
  const kept = all.flatMap((cluster, number) => (cluster ? [{ cluster, number }] : []));
  kept.sort((a, b) => b.cluster.size - a.cluster.size || a.number - b.number);
  const numbers = new Map(kept.map(({ number }, i) => [number, i]));
  return {
    spaceId,
    ids,
    positions,
    clusters: labels.map((label) => numbers.get(label) ?? NO_CLUSTER),
    clusterList: kept.map(({ cluster }) => cluster),
    laidOutAt: saved.laidOutAt,
    placed: saved.placed.filter(isLive).length,
    missing,
  };
}

/** Each saved cluster with the photos it still has; `null` for one without any. */
function gather(
  { clusterList }: SavedMap,
  ids: Uint32Array,
  positions: Float32Array,
  labels: Uint16Array,
): (MapCluster | null)[] {
  const sums = clusterList.map(({ central }) => ({ central, size: 0, x: 0, y: 0, isThere: false }));
  labels.forEach((label, i) => {
    const sum = sums[label];
    if (!sum) return;
    sum.size++;
    sum.x += positions[2 * i]!;
    sum.y += positions[2 * i + 1]!;
    if (ids[i] === sum.central) sum.isThere = true;
  });
  return sums.map(({ central, size, x, y, isThere }, cluster) => {
    if (size === 0) return null;
    const center = { x: x / size, y: y / size };
    return {
      central: isThere ? central : nearestTo(center, cluster, ids, positions, labels),
      size,
      ...center,
    };
  });
}

/** The photo of a cluster that is nearest to a point. */
function nearestTo(
  { x, y }: { readonly x: number; readonly y: number },
  cluster: number,
  ids: Uint32Array,
  positions: Float32Array,
  labels: Uint16Array,
): PhotoId {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  labels.forEach((label, i) => {
    const l2sq = (positions[2 * i]! - x) ** 2 + (positions[2 * i + 1]! - y) ** 2;
    if (label !== cluster || l2sq >= least) return;
    least = l2sq;
    best = ids[i]!;
  });
  return best;
}
