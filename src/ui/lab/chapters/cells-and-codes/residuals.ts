import type { IndexStructure, LabSample, PhotoId } from '../../../../protocol/index.ts';
import type { PlaneArrow } from '../../draw/paint-arrows.ts';

/** Photos as their cells see them. */
export interface Residuals {
  /** (n) cell of each row of the sample */
  readonly cellAt: Uint32Array;
  /** (n × 2) each photo relative to the center of its cell */
  readonly points: Float32Array;
  /** (nlist × 2) */
  readonly centers: Float32Array;
  /** Mean squared distance of a photo to the center of all, and to that of its cell. */
  readonly spread: { readonly all: number; readonly residual: number };
}

/** Of an index of the plane of the sample. */
export function residualsOf(
  { ids, plane }: LabSample,
  { ids: order, cells }: IndexStructure,
): Residuals {
  const { centroids, starts } = cells!;
  const rowOf = new Map(Array.from(ids, (id, row) => [id, row]));
  const cellAt = new Uint32Array(ids.length);
  for (let cell = 0; cell + 1 < starts.length; cell++) {
    for (let at = starts[cell]!; at < starts[cell + 1]!; at++)
      cellAt[rowOf.get(order[at]!)!] = cell;
  }
  const points = plane.map((x, i) => x - centroids[2 * cellAt[i >> 1]! + (i & 1)]!);
  const meanSquare = (of: Float32Array) => of.reduce((sum, x) => sum + x * x, 0) / ids.length;
  return {
    ...{ cellAt, points, centers: centroids },
    // The plane's origin is the mean of all.
    spread: { all: meanSquare(plane), residual: meanSquare(points) },
  };
}

/** Arrows from the centers of some cells to their photos. */
export function arrowsOf(
  { plane }: LabSample,
  { cellAt, centers }: Residuals,
  opened: ReadonlySet<number>,
): readonly PlaneArrow[] {
  return Array.from(cellAt, (cell, row): PlaneArrow | null =>
    opened.has(cell)
      ? {
          from: [centers[2 * cell]!, centers[2 * cell + 1]!],
          to: [plane[2 * row]!, plane[2 * row + 1]!],
        }
      : null,
  ).filter((arrow) => arrow !== null);
}

/** Photos of opened cells. */
export function rowsIn(
  { ids }: LabSample,
  compared: ReadonlySet<PhotoId>,
): (row: number) => boolean {
  return (row) => compared.has(ids[row]!);
}
