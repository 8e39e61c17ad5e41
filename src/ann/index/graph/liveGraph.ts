import { bitmapBytes, getBit, setBit } from '../../kernels/bitmap.ts';
import type { GraphRows } from '../../kernels/graph.ts';
import { OwnedBlocks } from '../rows/ownedBlocks.ts';
import { entryOf } from './levels.ts';
import type { LinkLists, LinkParts } from './linkLists.ts';
import { NavigableGraph } from './navigableGraph.ts';
import { reachAll } from './reach.ts';

/** Candidates for the links of a row that lost some. */
const EF = 100;

/**
 * The graph of the live rows: each that loses links to dead rows chooses its links anew among those
 * left and what the dead ones linked to (as FreshDiskANN does: Singh et al., 2021), so that the
 * ways through dead rows remain, and is linked back. A row that loses half of its links is inserted
 * anew.
 *
 * @param live rows, in the order of the result
 * @param isDead of all rows
 * @throws `out-of-memory`
 */
export function liveLinks(
  memory: OwnedBlocks,
  lists: LinkLists,
  rows: GraphRows,
  live: Uint32Array,
  isDead: (row: number) => boolean,
): LinkParts {
  if (live.length === lists.count) return lists.partsOf(live);
  const all = Uint32Array.from({ length: lists.count }, (_, row) => row);
  return OwnedBlocks.use(memory.kernels, (own) => {
    const graph = new NavigableGraph(own, lists.partsOf(all));
    const ways = new WaysThroughDead(lists, isDead);
    const uprooted: number[] = [];
    for (const row of live) {
      for (let layer = lists.levelOf(row); layer >= 0; layer--) {
        const among = ways.from(row, layer);
        if (among) graph.relink(rows, row, layer, among);
      }
      const links = lists.list(0, row);
      if (2 * links.filter(isDead).length >= links.length) uprooted.push(row);
    }
    const levels = Uint8Array.from(live, (row) => lists.levelOf(row));
    if (live.length > 0) graph.lists.enterAt(live[entryOf(levels)]!);
    for (const row of live) {
      for (let layer = lists.levelOf(row); layer >= 0; layer--) {
        const before = lists.list(layer, row).slice();
        for (const other of graph.lists.list(layer, row).slice()) {
          if (!before.includes(other)) graph.linkBack(rows, layer, other, row);
        }
      }
    }
    for (const row of uprooted) graph.insert(rows, row, EF);
    for (const _ of reachAll(graph, rows, live));
    const parts = graph.lists.partsOf(live);
    own.dispose();
    return parts;
  });
}

/** Finds the live rows to which links lead, directly or through dead rows. */
class WaysThroughDead {
  readonly #lists: LinkLists;
  readonly #isDead: (row: number) => boolean;
  readonly #met: Uint8Array;
  readonly #queue: number[] = [];

  constructor(lists: LinkLists, isDead: (row: number) => boolean) {
    this.#lists = lists;
    this.#isDead = isDead;
    this.#met = new Uint8Array(bitmapBytes(lists.count));
  }

  /**
   * The live rows linked from a row, and from its dead neighbors; from their dead neighbors too, and
   * so on, until there are enough to choose from. `null` if no neighbor is dead.
   */
  from(row: number, layer: number): Uint32Array<ArrayBuffer> | null {
    const own = this.#lists.list(layer, row);
    if (!own.some(this.#isDead)) return null;
    const queue = this.#queue;
    queue.length = 0;
    const live: number[] = [];
    const meet = (other: number) => {
      if (getBit(this.#met, other)) return;
      setBit(this.#met, other, true);
      queue.push(other);
      if (!this.#isDead(other)) live.push(other);
    };
    setBit(this.#met, row, true);
    own.forEach(meet);
    const direct = queue.length;
    for (let i = 0; i < queue.length && (i < direct || live.length < EF); i++) {
      if (this.#isDead(queue[i]!)) this.#lists.list(layer, queue[i]!).forEach(meet);
    }
    for (const other of queue) setBit(this.#met, other, false);
    setBit(this.#met, row, false);
    return Uint32Array.from(live);
  }
}
