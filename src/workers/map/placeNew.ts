import type { PhotoId } from '../../protocol/index.ts';
import type { SavedMap } from '../../store/index.ts';
import { type PlacedNeighbour, placeSample } from '../../umap/index.ts';
import type { LibraryIndex } from '../indexing/libraryIndex.ts';

/** The index of the map's space. */
export type MapIndex = Pick<LibraryIndex, 'liveIds' | 'vectorOf' | 'nearest'>;

/** Neighbours that a photo is placed among. */
const NEIGHBOURS = 8;
/** Photos to place at most; more ask for a new layout. 2 to 4 ms each. */
const MOST_PLACED = 2_000;
/** Photos placed between two pauses. */
const BETWEEN_PAUSES = 10;

/**
 * Places the photos of an index that a map lacks among their nearest neighbours that it has.
 *
 * @returns the map with them, or the same one if there are none, or too many to place; and how many
 *   it still lacks
 */
export async function placeNew(
  map: SavedMap,
  index: MapIndex,
  pause: () => Promise<void>,
): Promise<{ readonly map: SavedMap; readonly missing: number }> {
  const rowOf = new Map(Array.from(map.ids, (id, row) => [id, row]));
  const live = index.liveIds();
  const added = [...live].filter((id) => !rowOf.has(id));
  if (added.length === 0 || added.length > MOST_PLACED) return { map, missing: added.length };
  const mapped = [...live].filter((id) => rowOf.has(id));
  const placed: {
    readonly id: PhotoId;
    readonly x: number;
    readonly y: number;
    cluster: number;
  }[] = [];
  for (const [i, id] of added.entries()) {
    if (i % BETWEEN_PAUSES === 0) await pause();
    const vector = await index.vectorOf(id);
    if (!vector || mapped.length === 0) continue;
    const { hits } = index.nearest(vector, NEIGHBOURS, id, mapped);
    const neighbours = hits.flatMap(({ id: near, score }): PlacedNeighbour[] => {
      const row = rowOf.get(near);
      if (row === undefined) return [];
      const [x, y] = map.positions.subarray(2 * row, 2 * row + 2);
      // Of unit vectors; a rounded product may exceed 1.
      return [{ x: x!, y: y!, cluster: map.clusters[row]!, l2sq: Math.max(0, 2 - 2 * score) }];
    });
    if (neighbours.length > 0) placed.push({ id, ...placeSample(neighbours) });
  }
  return { map: withPlaced(map, placed), missing: added.length - placed.length };
}

function withPlaced(
  map: SavedMap,
  placed: readonly { readonly id: PhotoId; x: number; y: number; cluster: number }[],
): SavedMap {
  if (placed.length === 0) return map;
  const rows = [
    ...Array.from(map.ids, (id, row) => ({
      id,
      x: map.positions[2 * row]!,
      y: map.positions[2 * row + 1]!,
      cluster: map.clusters[row]!,
    })),
    ...placed,
  ].sort((a, b) => a.id - b.id);
  return {
    ...map,
    ids: Uint32Array.from(rows, ({ id }) => id),
    positions: Float32Array.from(rows.flatMap(({ x, y }) => [x, y])),
    clusters: Uint16Array.from(rows, ({ cluster }) => cluster),
    placed: Uint32Array.from([...map.placed, ...placed.map(({ id }) => id)]).sort(),
  };
}
