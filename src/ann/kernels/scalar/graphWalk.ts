import { bitmapBytes, getBit, setBit } from '../bitmap.ts';
import type { Block } from '../block.ts';
import { bytesView } from '../block.ts';
import type { GraphQuery, GraphRows, LayerWalk, LinkTable, WalkCost } from '../graph.ts';
import { linkCount, linkList, RowComparer } from './graphRows.ts';
import { PairHeap } from './pairHeap.ts';

/** Counts hops, and writes them to a block, if there is one with room. */
class HopLog {
  count = 0;
  readonly #log: PairHeap | null;

  constructor(log: Block | null) {
    this.#log = log && new PairHeap(log, 'least');
  }

  push(key: number, row: number): void {
    this.count++;
    this.#log?.append(key, row);
  }
}

/** `GraphKernels.searchLayer`, with checked arguments. */
export function searchLayer(
  rows: GraphRows,
  query: GraphQuery | number,
  table: LinkTable,
  walk: LayerWalk,
): WalkCost | null {
  const { layer, entry, scratch, most } = walk;
  const comparer = new RowComparer(rows, query);
  const hops = new HopLog(walk.log);
  const visited = bytesView(scratch.visited).fill(0, 0, bitmapBytes(rows.count));
  const skip = walk.skip && bytesView(walk.skip);
  const candidates = new PairHeap(scratch.candidates, 'least');
  const found = new PairHeap(walk.found, 'greatest');
  const offer = (row: number) => {
    const key = comparer.keyOf(row);
    if (Number.isNaN(key) || (found.isFull && found.compareRoot(key, row) <= 0)) return;
    candidates.push(key, row);
    if (skip && getBit(skip, row)) return;
    if (found.isFull) found.replace(key, row);
    else found.push(key, row);
  };
  setBit(visited, entry, true);
  if (most > 0) offer(entry);
  const fresh: number[] = [];
  while (candidates.count > 0) {
    const { key, row } = candidates;
    candidates.pop();
    if (found.isFull && found.compareRoot(key, row) < 0) break;
    hops.push(key, row);
    const list = linkList(table, layer, row);
    fresh.length = 0;
    for (const next of list.subarray(0, linkCount(list, rows.count))) {
      if (getBit(visited, next)) continue;
      setBit(visited, next, true);
      fresh.push(next);
    }
    fresh.length = Math.min(fresh.length, most - comparer.compared);
    if (candidates.count + fresh.length > candidates.capacity) return null;
    fresh.forEach(offer);
    if (comparer.compared >= most) break;
  }
  found.sort();
  return { compared: comparer.compared, hops: hops.count };
}
