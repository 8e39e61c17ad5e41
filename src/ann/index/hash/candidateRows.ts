import { getBit } from '../../kernels/bitmap.ts';
import type { Block } from '../../kernels/kernels.ts';
import { bytesView, uint32View } from '../../kernels/kernels.ts';
import type { OwnedBlocks } from '../rows/ownedBlocks.ts';

const LAST_STAMP = 0xffffffff;

/** The union of what several buckets hold: each row once, without those that a filter skips. */
export class CandidateRows {
  /** Row numbers, uint32, in the order of collection. */
  readonly list: Block;
  /** The search that last met each row. */
  readonly #stamps: Uint32Array<ArrayBuffer>;
  #stamp = 0;
  #count = 0;
  #most = 0;
  /** Views of this search's blocks. */
  #rows = new Uint32Array(0);
  #skip: Uint8Array | null = null;

  /** @throws `out-of-memory` */
  constructor(memory: OwnedBlocks, ntotal: number) {
    this.list = memory.alloc(4 * ntotal);
    this.#stamps = memory.keep(new Uint32Array(ntotal));
  }

  get count(): number {
    return this.#count;
  }

  /** Whether no more rows are taken. */
  get isFull(): boolean {
    return this.#count >= this.#most;
  }

  /**
   * Starts a search. No kernel memory may be allocated until its last `add`.
   *
   * @param most rows to collect
   */
  reset(skip: Block | null, most: number): void {
    if (this.#stamp === LAST_STAMP) {
      this.#stamps.fill(0);
      this.#stamp = 0;
    }
    this.#stamp++;
    this.#count = 0;
    this.#most = Math.min(most, this.#stamps.length);
    this.#rows = uint32View(this.list, this.#stamps.length);
    this.#skip = skip && bytesView(skip);
  }

  /** Takes rows `from` to `end − 1` of a table of row numbers. Returns how many were new. */
  add(rows: Uint32Array, from: number, end: number): number {
    const list = this.#rows;
    const skip = this.#skip;
    const stamps = this.#stamps;
    const stamp = this.#stamp;
    const before = this.#count;
    let count = before;
    for (let at = from; at < end && count < this.#most; at++) {
      const row = rows[at]!;
      if (stamps[row] === stamp) continue;
      stamps[row] = stamp;
      if (skip && getBit(skip, row)) continue;
      list[count++] = row;
    }
    this.#count = count;
    return count - before;
  }
}
