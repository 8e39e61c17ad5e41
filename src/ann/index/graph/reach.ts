import { bitmapBytes, getBit, setBit } from '../../kernels/bitmap.ts';
import type { GraphRows } from '../../kernels/graph.ts';
import type { NavigableGraph } from './navigableGraph.ts';

/** Rows between two pauses. */
const STEP = 4096;

/** A walk's candidates for the row to which an unreached one is linked. */
const EF = 64;

/**
 * Links rows that no walk reaches: the heuristic may drop the last link to a row. Each gets a link
 * from the nearest row that has a free slot.
 *
 * @param members the rows to be reached; others are only passed
 * @returns yields about every few thousand rows, for a pause
 * @throws `out-of-memory`
 */
export function* reachAll(
  graph: NavigableGraph,
  rows: GraphRows,
  members: Uint32Array,
): Generator<void, void> {
  const { lists } = graph;
  if (lists.entry < 0) return;
  const reached = new Uint8Array(bitmapBytes(lists.count));
  const queue = new Uint32Array(lists.count);
  let head = 0;
  let tail = 0;
  const enter = (row: number) => {
    if (getBit(reached, row)) return;
    setBit(reached, row, true);
    queue[tail++] = row;
  };
  enter(lists.entry);
  let next = 0;
  for (;;) {
    while (head < tail) {
      lists.list(0, queue[head++]!).forEach(enter);
      if (head % STEP === 0) yield;
    }
    while (next < members.length && getBit(reached, members[next]!)) next++;
    if (next === members.length) return;
    const row = members[next]!;
    linkTo(graph, rows, row);
    enter(row);
  }
}

/** Gives a row a link from, and if it has room to, the nearest row that walks reach. */
export function linkTo(graph: NavigableGraph, rows: GraphRows, row: number): void {
  graph.walk({ rows, query: row, ef: EF });
  const { lists } = graph;
  const found = graph.found(EF).ids.filter((other) => other !== row);
  const from = found.find((other) => lists.list(0, other).length < 2 * lists.M) ?? found[0];
  if (from === undefined) return;
  append(lists.slots(0, from), lists.list(0, from).length, row);
  const own = lists.list(0, row);
  if (!own.includes(from)) append(lists.slots(0, row), own.length, from);
}

/** Adds a link after `count`; in a full list, in place of the last. */
function append(slots: Uint32Array, count: number, row: number): void {
  slots[Math.min(count, slots.length - 1)] = row;
}
