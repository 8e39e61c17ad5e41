import type { PhotoId } from '../../protocol/index.ts';
import { isCount, isObject } from '../database/rows.ts';
import type { MapRow } from '../database/schema.ts';

/** A cluster of a map on disk. */
export interface SavedCluster {
  /** The photo that stands for it; it may be gone. */
  readonly central: PhotoId;
}

/** A map as read back. */
export interface SavedMap {
  /** (n) ascending */
  readonly ids: Uint32Array<ArrayBuffer>;
  /** (n × 2) in [0, 1] */
  readonly positions: Float32Array<ArrayBuffer>;
  /** (n) index into `clusterList`; others belong to none */
  readonly clusters: Uint16Array<ArrayBuffer>;
  readonly clusterList: readonly SavedCluster[];
  /** Milliseconds since 1970. */
  readonly laidOutAt: number;
  /** Photos placed since the layout, ascending. */
  readonly placed: Uint32Array<ArrayBuffer>;
}

export function encodeMap(map: SavedMap): MapRow {
  return {
    ids: map.ids.slice().buffer,
    positions: map.positions.slice().buffer,
    clusters: map.clusters.slice().buffer,
    clusterList: map.clusterList.map(({ central }) => ({ central })),
    laidOutAt: map.laidOutAt,
    placed: map.placed.slice().buffer,
  };
}

/** `null` for a malformed row. */
export function decodeMap(row: unknown): SavedMap | null {
  if (!isObject(row)) return null;
  const { ids, positions, clusters, clusterList, laidOutAt, placed } = row;
  if (!isBytes(ids, 4) || !isBytes(positions, 8) || !isBytes(clusters, 2) || !isBytes(placed, 4)) {
    return null;
  }
  const n = ids.byteLength / 4;
  if (positions.byteLength !== 8 * n || clusters.byteLength !== 2 * n) return null;
  if (typeof laidOutAt !== 'number' || !Number.isFinite(laidOutAt)) return null;
  if (!Array.isArray(clusterList) || clusterList.length > 0xffff) return null;
  const list: unknown[] = clusterList;
  if (!list.every((each): each is SavedCluster => isObject(each) && isCount(each.central, 1))) {
    return null;
  }
  const map = {
    ids: new Uint32Array(ids),
    positions: new Float32Array(positions),
    clusters: new Uint16Array(clusters),
    clusterList: list,
    laidOutAt,
    placed: new Uint32Array(placed),
  };
  const areAscending = [map.ids, map.placed].every((some) =>
    some.every((id, i) => i === 0 || id > some[i - 1]!),
  );
  return areAscending && map.positions.every((at) => at >= 0 && at <= 1) ? map : null;
}

/** The photos of a map that a test accepts, and their places. */
export function withOnly(map: SavedMap, isKept: (id: PhotoId) => boolean): SavedMap {
  const rows: number[] = [];
  map.ids.forEach((id, row) => {
    if (isKept(id)) rows.push(row);
  });
  if (rows.length === map.ids.length) return map;
  return {
    ...map,
    ids: Uint32Array.from(rows, (row) => map.ids[row]!),
    positions: Float32Array.from(
      { length: 2 * rows.length },
      (_, at) => map.positions[2 * rows[at >> 1]! + (at % 2)]!,
    ),
    clusters: Uint16Array.from(rows, (row) => map.clusters[row]!),
    placed: map.placed.filter(isKept),
  };
}

function isBytes(value: unknown, multiple: number): value is ArrayBuffer {
  return value instanceof ArrayBuffer && value.byteLength % multiple === 0;
}
