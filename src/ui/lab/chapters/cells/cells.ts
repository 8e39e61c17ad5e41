import type {
  IndexStructure,
  LabAnswer,
  LabKmeans,
  LabSample,
  PhotoId,
  TraceStep,
} from '../../../../protocol/index.ts';
import { t } from '../../../text/t.ts';
import { type Neighbor, neighborsOf } from '../../pure/neighbors.ts';

/** Cells as they are drawn. */
export interface CellsOnPlane {
  /** (cells × 2) */
  readonly centroids: Float32Array;
  /** The photo nearest to the center of each cell that has any. */
  readonly central: readonly PhotoId[];
  /** The same by cell. */
  readonly centralOf: ReadonlyMap<number, PhotoId>;
  readonly sizes: readonly number[];
  /** Cells that the search opened, in order. */
  readonly opened: ReadonlySet<number>;
  /** Whether the photo of a row of the sample is in an opened cell; in all, before a search. */
  readonly isOpen: (row: number) => boolean;
  /** Cell of each photo. */
  readonly cellOf: ReadonlyMap<PhotoId, number>;
  /** Mean squared distance of a photo to its center, while cells are learned. */
  readonly spread: number | null;
}

/** Cells after a round of k-means. */
export function cellsOfRound(
  sample: LabSample,
  { centroids, cells, l2sq }: LabKmeans,
): CellsOnPlane {
  return onPlane(sample, centroids, (row) => cells[row]!, new Set(), l2sq.at(-1) ?? null);
}

/** Cells of an index, and those that a search of it opened. */
export function cellsOf(
  sample: LabSample,
  { ids, cells }: IndexStructure,
  trace: readonly TraceStep[],
): CellsOnPlane {
  const { centroids, starts } = cells!;
  const cellOf = new Map<PhotoId, number>();
  for (let cell = 0; cell + 1 < starts.length; cell++) {
    for (let row = starts[cell]!; row < starts[cell + 1]!; row++) cellOf.set(ids[row]!, cell);
  }
  const opened = new Set(trace.flatMap((step) => (step.step === 'cell' ? [step.cell] : [])));
  return onPlane(sample, centroids, (row) => cellOf.get(sample.ids[row]!)!, opened, null);
}

function onPlane(
  { ids, plane }: LabSample,
  centroids: Float32Array,
  cellAt: (row: number) => number,
  opened: ReadonlySet<number>,
  spread: number | null,
): CellsOnPlane {
  const count = centroids.length / 2;
  const sizes = new Array<number>(count).fill(0);
  const centralOf = new Map<number, PhotoId>();
  const nearest = new Array<number>(count).fill(Number.POSITIVE_INFINITY);
  const cellOf = new Map<PhotoId, number>();
  ids.forEach((id, row) => {
    const cell = cellAt(row);
    cellOf.set(id, cell);
    sizes[cell]!++;
    const away = l2sq(plane, row, centroids, cell);
    if (away >= nearest[cell]!) return;
    nearest[cell] = away;
    centralOf.set(cell, id);
  });
  return {
    centroids,
    central: [...centralOf.values()],
    centralOf,
    sizes,
    opened,
    isOpen: (row) => opened.size === 0 || opened.has(cellAt(row)),
    cellOf,
    spread,
  };
}

function l2sq(a: Float32Array, i: number, b: Float32Array, j: number): number {
  return (a[2 * i]! - b[2 * j]!) ** 2 + (a[2 * i + 1]! - b[2 * j + 1]!) ** 2;
}

/** The true neighbors; those missed with the place of their cell in the order of distance. */
export function neighboursWithReasons(
  { centroids, cellOf }: CellsOnPlane,
  answer: Pick<LabAnswer, 'ids' | 'truth'>,
  query: readonly [u: number, v: number],
): readonly Neighbor[] {
  const from = Float32Array.from(query);
  return neighborsOf(answer, (id) => {
    const own = l2sq(from, 0, centroids, cellOf.get(id)!);
    let rank = 1;
    for (let cell = 0; 2 * cell < centroids.length; cell++) {
      if (l2sq(from, 0, centroids, cell) < own) rank++;
    }
    return t('lab.cells.closed', { rank });
  });
}
