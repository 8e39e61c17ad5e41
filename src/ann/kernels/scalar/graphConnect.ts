import type { Block } from '../block.ts';
import { uint32View } from '../block.ts';
import type { GraphRows, LinkTable } from '../graph.ts';
import { NO_LINK } from '../graph.ts';
import { readPairs } from '../pairs.ts';
import { linkCount, linkList, RowComparer } from './graphRows.ts';

interface Candidate {
  readonly key: number;
  readonly row: number;
}

/** `GraphKernels.connect`, with checked arguments. */
export function connect(
  rows: GraphRows,
  table: LinkTable,
  layer: number,
  row: number,
  found: Block,
  most: number,
): number {
  const comparer = new RowComparer(rows, row);
  const { keys, ids } = readPairs(found);
  const candidates = Array.from(ids, (id, i) => ({ key: keys[i]!, row: id }));
  const list = linkList(table, layer, row);
  const taken = select(comparer, candidates, row, most, list);
  for (const other of list.slice(0, taken)) {
    const back = linkList(table, layer, other);
    const count = linkCount(back, rows.count);
    if (back.subarray(0, count).includes(row)) continue;
    if (count < back.length) back[count] = row;
    else choose(comparer, [...back, row], other, back);
  }
  return comparer.compared;
}

/** `GraphKernels.relink`, with checked arguments. */
export function relink(
  rows: GraphRows,
  table: LinkTable,
  layer: number,
  row: number,
  list: Block,
  count: number,
): number {
  const comparer = new RowComparer(rows, row);
  choose(comparer, [...uint32View(list, count)], row, linkList(table, layer, row));
  return comparer.compared;
}

/** Fills a row's list with a choice of these rows. */
function choose(comparer: RowComparer, among: number[], row: number, list: Uint32Array): void {
  comparer.setQuery(row);
  const candidates = among
    .map((each) => ({ key: comparer.keyOf(each), row: each }))
    .sort((a, b) => a.key - b.key || a.row - b.row);
  select(comparer, candidates, row, list.length, list);
}

/**
 * Takes the nearest of the candidates that are nearer to the row than to any taken before; of those
 * equally near, copies of one vector, so few that other links fit.
 *
 * @param candidates sorted
 * @param list the row's, filled up with `NO_LINK`
 * @returns how many were taken
 */
function select(
  comparer: RowComparer,
  candidates: readonly Candidate[],
  row: number,
  most: number,
  list: Uint32Array,
): number {
  let taken = 0;
  let lastKey = 0;
  let tied = 0;
  for (const { key, row: other } of candidates) {
    if (taken === most) break;
    if (other === row) continue;
    if (key !== lastKey) tied = 0;
    if (tied > 0 && tied >= most >> 1) continue;
    comparer.setQuery(other);
    if (list.subarray(0, taken).some((each) => comparer.keyOf(each) < key)) continue;
    lastKey = key;
    tied++;
    list[taken++] = other;
  }
  list.fill(NO_LINK, taken);
  return taken;
}
