import type { LinkTable } from '../../kernels/graph.ts';
import { NO_LINK } from '../../kernels/graph.ts';
import type { Block } from '../../kernels/kernels.ts';
import { bytesView, uint32View } from '../../kernels/kernels.ts';
import type { OwnedBlocks } from '../rows/ownedBlocks.ts';
import { entryOf } from './levels.ts';

/** The links of a graph as they are saved. */
export interface LinkParts {
  /** Links of a row in each layer; twice as many at the bottom. */
  readonly M: number;
  /** `n`: the top layer of each row. */
  readonly levels: Uint8Array;
  /** `n × 2M`: rows; `NO_LINK` in unused slots. */
  readonly links: Uint32Array;
  /** `Σ levels × M`: for each row, its layers from 1 up. */
  readonly upperLinks: Uint32Array;
}

/** The links of a graph in kernel memory: a list per row and layer. */
export class LinkLists {
  readonly M: number;
  readonly #memory: OwnedBlocks;
  #count: number;
  #levels: Block;
  #links: Block;
  #starts: Block;
  #upperLinks: Block;
  #upperCount: number;
  #entry: number;

  /**
   * @param parts without `links`: all lists are empty
   * @throws `out-of-memory`
   */
  constructor(
    memory: OwnedBlocks,
    { M, levels, ...given }: Pick<LinkParts, 'M' | 'levels'> & Partial<LinkParts>,
  ) {
    this.M = M;
    this.#memory = memory;
    this.#count = levels.length;
    this.#levels = memory.store(levels);
    this.#starts = memory.alloc(4 * levels.length);
    let lists = 0;
    const starts = uint32View(this.#starts, levels.length);
    for (let row = 0; row < levels.length; row++) {
      starts[row] = lists;
      lists += levels[row]!;
    }
    this.#upperCount = lists;
    this.#links = storeLinks(memory, given.links, levels.length * 2 * M);
    this.#upperLinks = storeLinks(memory, given.upperLinks, lists * M);
    this.#entry = entryOf(levels);
  }

  /** Rows. */
  get count(): number {
    return this.#count;
  }

  /** The row where walks start, of the highest level; −1 if there are no rows. */
  get entry(): number {
    return this.#entry;
  }

  /** The top layer. */
  get topLayer(): number {
    return this.#entry < 0 ? 0 : this.levelOf(this.#entry);
  }

  levelOf(row: number): number {
    return bytesView(this.#levels)[row]!;
  }

  /** The table of a layer; valid until the next `append`. */
  table(layer: number): LinkTable {
    const { M } = this;
    if (layer === 0) return { links: this.#links, starts: null, slots: 2 * M };
    return { links: this.#upperLinks, starts: this.#starts, slots: M };
  }

  /** A row's links in a layer that it is in: all slots, a transient view. */
  slots(layer: number, row: number): Uint32Array<ArrayBuffer> {
    const { M } = this;
    if (layer === 0) return uint32View(this.#links, 2 * M, 2 * M * row);
    const list = uint32View(this.#starts, 1, row)[0]! + layer - 1;
    return uint32View(this.#upperLinks, M, M * list);
  }

  /** A row's links in a layer: a transient view. */
  list(layer: number, row: number): Uint32Array<ArrayBuffer> {
    const slots = this.slots(layer, row);
    const end = slots.indexOf(NO_LINK);
    return end < 0 ? slots : slots.subarray(0, end);
  }

  /** Sets up a new row, the first after the others, without links. @throws `out-of-memory` */
  append(row: number, level: number): void {
    const { M } = this;
    const memory = this.#memory;
    const start = row < this.#count ? uint32View(this.#starts, 1, row)[0]! : this.#upperCount;
    this.#levels = memory.withRoom(this.#levels, row + 1);
    this.#starts = memory.withRoom(this.#starts, 4 * (row + 1));
    this.#links = memory.withRoom(this.#links, 8 * M * (row + 1));
    this.#upperLinks = memory.withRoom(this.#upperLinks, 4 * M * (start + level));
    bytesView(this.#levels)[row] = level;
    uint32View(this.#starts, 1, row)[0] = start;
    uint32View(this.#links, 2 * M, 2 * M * row).fill(NO_LINK);
    uint32View(this.#upperLinks, M * level, M * start).fill(NO_LINK);
    this.#upperCount = start + level;
    this.#count = row + 1;
    if (this.#entry < 0) this.#entry = row;
  }

  /** Lets walks start from this row, of the highest level inserted so far. */
  enterAt(row: number): void {
    this.#entry = row;
  }

  /**
   * The links of some rows, renumbered in that order. Links to other rows are left out.
   *
   * @param rows distinct
   */
  partsOf(rows: Uint32Array): LinkParts {
    const { M } = this;
    const numbers = new Uint32Array(this.#count).fill(NO_LINK);
    rows.forEach((row, number) => {
      numbers[row] = number;
    });
    const levels = Uint8Array.from(rows, (row) => this.levelOf(row));
    const lists = levels.reduce((sum, level) => sum + level, 0);
    const links = new Uint32Array(rows.length * 2 * M).fill(NO_LINK);
    const upperLinks = new Uint32Array(lists * M).fill(NO_LINK);
    let list = 0;
    rows.forEach((row, number) => {
      renumber(this.slots(0, row), numbers, links, 2 * M * number);
      for (let layer = 1; layer <= levels[number]!; layer++, list++) {
        renumber(this.slots(layer, row), numbers, upperLinks, M * list);
      }
    });
    return { M, levels, links, upperLinks };
  }
}

function storeLinks(memory: OwnedBlocks, links: Uint32Array | undefined, count: number): Block {
  if (links) return memory.store(links);
  const block = memory.alloc(4 * count);
  uint32View(block, count).fill(NO_LINK);
  return block;
}

function renumber(slots: Uint32Array, numbers: Uint32Array, target: Uint32Array, at: number): void {
  let filled = at;
  for (let i = 0; i < slots.length && slots[i]! !== NO_LINK; i++) {
    const number = numbers[slots[i]!]!;
    if (number !== NO_LINK) target[filled++] = number;
  }
}
