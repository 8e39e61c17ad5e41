import type { Block } from '../../kernels/kernels.ts';
import { uint32View } from '../../kernels/kernels.ts';
import type { QueryPlan } from '../sealed/sealedIndex.ts';
import type { InvertedLists } from './invertedLists.ts';

/** Cells in visiting order, each with its key (lower is nearer). */
export interface RankedCells {
  readonly cells: Uint32Array;
  readonly keys: Float32Array;
}

/** A run of rows of one cell. */
export interface CellRun {
  readonly cell: number;
  /** The cell's key. */
  readonly key: number;
  readonly firstRow: number;
  readonly rowCount: number;
}

/** How a query visits cells. */
export interface CellVisits {
  readonly plan: QueryPlan;
  readonly lists: InvertedLists;
  /** Cells to visit, at least 1, at most all. */
  readonly nprobe: number;
  /** Ids of all rows. */
  readonly ids: Block;
  /** Returns the nearest `count` cells. */
  rank(count: number): RankedCells;
  /** The heap filled by the scan. */
  readonly topK: Block;
  /** Scans a run; returns how many rows were compared. */
  scan(run: CellRun): number;
}

/**
 * Visits the `nprobe` nearest cells, opening none after `maxCodes` rows were compared. If they hold
 * fewer than `k` rows that pass the filter, goes on to the next nearest until there are `k`, so a
 * filter never leaves a search short of available results.
 */
export function visitCells(visits: CellVisits): void {
  const { plan, lists, nprobe, topK } = visits;
  const near = rankCells(visits, nprobe);
  for (let i = 0; i < near.cells.length; i++) {
    if (!visit(visits, near.cells[i]!, near.keys[i]!)) return;
  }
  if (nprobe === lists.cellCount || found(topK) >= plan.k) return;
  const all = rankCells(visits, lists.cellCount);
  for (let i = nprobe; i < all.cells.length && found(topK) < plan.k; i++) {
    if (!visit(visits, all.cells[i]!, all.keys[i]!)) return;
  }
}

function rankCells({ plan, rank }: CellVisits, count: number): RankedCells {
  const ranked = rank(count);
  plan.meter.lap('coarse');
  plan.trace?.push({ step: 'cells', ...ranked });
  return ranked;
}

/** Returns whether to go on visiting. */
function visit({ plan, lists, ids, scan }: CellVisits, cell: number, key: number): boolean {
  const { meter, maxCodes } = plan;
  const left = maxCodes - meter.codesScanned;
  if (left <= 0) return false;
  meter.cellsVisited++;
  const firstRow = lists.firstRow(cell);
  const rowCount = Math.min(lists.rowCount(cell), left);
  const scanned = rowCount > 0 ? scan({ cell, key, firstRow, rowCount }) : 0;
  meter.codesScanned += scanned;
  plan.trace?.push({
    step: 'cell',
    cell,
    key,
    ids: uint32View(ids, lists.rowCount(cell), firstRow).slice(),
    scanned,
  });
  return true;
}

function found(topK: Block): number {
  return uint32View(topK, 1)[0]!;
}

/** Counts the cells that a few rows lie in. @param rows ascending */
export function cellsOf(lists: InvertedLists, rows: Uint32Array): number {
  let cells = 0;
  let end = 0;
  for (const row of rows) {
    if (row < end) continue;
    cells++;
    const cell = lists.cellOf(row);
    end = lists.firstRow(cell) + lists.rowCount(cell);
  }
  return cells;
}
