import { checkInteger, invariant } from '../../base/checks.ts';
import { bitmapBytes } from './bitmap.ts';
import type { Block } from './block.ts';
import { checkRoom } from './checkTraining.ts';
import { MAX_SQ8_D } from './codes.ts';
import type { GraphQuery, GraphRows, LayerWalk, LinkTable } from './graph.ts';
import { pairBytes, pairCapacity } from './pairs.ts';

const MOST = 0xffffffff;

/** How many lists a table has. */
export function listCount({ links, slots }: LinkTable): number {
  return Math.floor(links.byteLength / (4 * slots));
}

type Query = GraphQuery | number;

/** @throws `internal`, or `invalid-argument` for a number out of range */
export function checkSearchLayer(
  rows: GraphRows,
  query: Query,
  table: LinkTable,
  { layer, entry, scratch, found, skip, most, log }: LayerWalk,
): void {
  checkGraphRows(rows, query);
  checkLayer(rows, table, layer);
  checkRow('entry', entry, rows);
  checkInteger('most', most, 0, MOST);
  checkRoom('visited', scratch.visited, bitmapBytes(rows.count), 1);
  checkRoom('list', scratch.list, table.slots, 4);
  checkPairs('candidates', scratch.candidates, 1);
  checkPairs('found', found, 1);
  if (skip) checkRoom('skip', skip, bitmapBytes(rows.count), 1);
  if (log) checkPairs('log', log, 0);
}

/** @throws `internal`, or `invalid-argument` for a number out of range */
export function checkConnect(
  rows: GraphRows,
  table: LinkTable,
  layer: number,
  row: number,
  found: Block,
  most: number,
  scratch: Block,
): void {
  checkGraphRows(rows, row);
  checkLayer(rows, table, layer);
  checkPairs('found', found, 0);
  checkInteger('most', most, 1, table.slots);
  checkRoom('scratch', scratch, 12, table.slots + 1);
}

/** @throws `internal`, or `invalid-argument` for a number out of range */
export function checkRelink(
  rows: GraphRows,
  table: LinkTable,
  layer: number,
  row: number,
  list: Block,
  count: number,
  pairs: Block,
): void {
  checkGraphRows(rows, row);
  checkLayer(rows, table, layer);
  checkInteger('count', count, 0, MOST);
  checkRoom('list', list, count, 4);
  checkRoom('pairs', pairs, count, 8);
}

/**
 * Checks that comparing rows stays within their blocks. Rows in lists of links need no check: the
 * kernels take one that is not there for the end of its list.
 */
function checkGraphRows(rows: GraphRows, query: Query): void {
  const { d, count, vectors, sq8 } = rows;
  checkInteger('d', d, 1, sq8 ? MAX_SQ8_D : MOST);
  checkInteger('count', count, 0, MOST);
  checkRoom('vectors', vectors, count * d, sq8 ? 1 : 4);
  if (sq8) {
    checkRoom('weights', sq8.weights, d, 4);
    checkRoom('query16', sq8.query16, d, 2);
    if (sq8.norms) checkRoom('norms', sq8.norms, count, 4);
  }
  if (typeof query === 'number') checkRow('query', query, rows);
  else checkRoom('query', query.query, d, sq8 ? 2 : 4);
}

function checkRow(what: string, row: number, { count }: GraphRows): void {
  invariant(Number.isInteger(row) && row >= 0 && row < count, `the ${what} is no row`);
}

function checkLayer(rows: GraphRows, { links, starts, slots }: LinkTable, layer: number): void {
  checkInteger('layer', layer, starts ? 1 : 0, starts ? MOST : 0);
  checkInteger('slots', slots, 1, MOST);
  if (starts) checkRoom('starts', starts, rows.count, 4);
  else checkRoom('links', links, rows.count * slots, 4);
}

function checkPairs(what: string, pairs: Block, least: number): void {
  checkRoom(what, pairs, pairBytes(0), 1);
  const capacity = pairCapacity(pairs);
  invariant(capacity >= least, `the ${what} block has no room`);
  checkRoom(what, pairs, pairBytes(capacity), 1);
}
