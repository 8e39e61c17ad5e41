import { AkinError } from '../../../base/errors.ts';
import { bitmapBytes, getBit, setBit } from '../../kernels/bitmap.ts';
import type { Block } from '../../kernels/kernels.ts';
import { bytesView, uint32View } from '../../kernels/kernels.ts';
import type { OwnedBlocks } from '../rows/ownedBlocks.ts';
import { rowsById } from '../rows/sortRows.ts';
import type { SearchOptions } from '../vectorIndex.ts';

/** The rows one search may return. */
export interface RowFilter {
  /** Bitmap of the rows to skip; `null` if there are none. */
  readonly skip: Block | null;
  /** Number of eligible rows. */
  readonly passing: number;
  /**
   * The eligible rows, ascending, if a bitmap of allowed ids leaves few: these are compared one by
   * one, wherever they are. `null` otherwise.
   */
  readonly few: Uint32Array<ArrayBuffer> | null;
}

/** This many allowed rows are compared one by one even if a search would scan fewer. */
export const FEW_ROWS = 1024;

/**
 * Ids and tombstones of a sealed index: row order is fixed, whatever its kind stores. A kind that
 * takes more vectors appends rows.
 */
export class SealedRows {
  readonly #memory: OwnedBlocks;
  #count: number;
  #ids: Block;
  #tombstones: Block;
  /** Rows there were at first, and these by ascending id; `null` if that is their own order. */
  readonly #sortedCount: number;
  readonly #byId: Uint32Array<ArrayBuffer> | null;
  /** Appended rows by id. */
  readonly #appended = new Map<number, number>();
  #skip: Block | null = null;
  #dead = 0;

  /**
   * @param ids of the rows, in order; copied
   * @throws `corrupt` if an id is 0 or repeated, `out-of-memory`
   */
  constructor(memory: OwnedBlocks, ids: Uint32Array) {
    this.#count = ids.length;
    this.#sortedCount = ids.length;
    this.#byId = checkIds(ids);
    if (this.#byId) memory.keep(this.#byId);
    this.#memory = memory;
    this.#ids = memory.store(ids);
    this.#tombstones = memory.alloc(bitmapBytes(ids.length));
    bytesView(this.#tombstones).fill(0);
  }

  get count(): number {
    return this.#count;
  }

  /** The id of each row. */
  get ids(): Block {
    return this.#ids;
  }

  get live(): number {
    return this.count - this.#dead;
  }

  /** The ids of all rows. A transient view. */
  idView(): Uint32Array<ArrayBuffer> {
    return uint32View(this.ids, this.count);
  }

  /** The row of an id, even under a tombstone. */
  rowOf(id: number): number | undefined {
    const appended = this.#appended.get(id);
    if (appended !== undefined) return appended;
    const ids = this.idView();
    const byId = this.#byId;
    let low = 0;
    let high = this.#sortedCount;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (ids[byId ? byId[middle]! : middle]! < id) low = middle + 1;
      else high = middle;
    }
    if (low === this.#sortedCount) return undefined;
    const row = byId ? byId[low]! : low;
    return ids[row] === id ? row : undefined;
  }

  /** The row of an id that is not removed. */
  liveRowOf(id: number): number | undefined {
    const row = this.rowOf(id);
    return row === undefined || this.isDead(row) ? undefined : row;
  }

  /** Whether rows were appended, so that their order is not that of their ids. */
  get hasAppended(): boolean {
    return this.#appended.size > 0;
  }

  /**
   * Appends a live row. If the id has one already, that one stays dead, and no longer counts as the
   * id's.
   *
   * @throws `out-of-memory`
   */
  append(id: number): void {
    const row = this.#count;
    this.#ids = this.#memory.withRoom(this.#ids, 4 * (row + 1));
    const bytes = bitmapBytes(row + 1);
    const before = this.#tombstones.byteLength;
    this.#tombstones = this.#memory.withRoom(this.#tombstones, bytes);
    bytesView(this.#tombstones).fill(0, before);
    const previous = this.rowOf(id);
    if (previous !== undefined) this.setDead(previous, true);
    uint32View(this.#ids, 1, row)[0] = id;
    this.#count++;
    this.#appended.set(id, row);
  }

  isDead(row: number): boolean {
    return this.#dead > 0 && getBit(bytesView(this.#tombstones), row);
  }

  /** Sets or lifts the tombstone of a row. */
  setDead(row: number, dead: boolean): void {
    if (this.isDead(row) === dead) return;
    setBit(bytesView(this.#tombstones), row, dead);
    this.#dead += dead ? 1 : -1;
  }

  /** Rows that are not removed, in order. */
  liveRows(): Uint32Array<ArrayBuffer> {
    const rows = new Uint32Array(this.live);
    const tombstones = bytesView(this.#tombstones);
    for (let row = 0, live = 0; row < this.count; row++) {
      if (!getBit(tombstones, row)) rows[live++] = row;
    }
    return rows;
  }

  /** Ids that are not removed, ascending. */
  liveIds(): Uint32Array<ArrayBuffer> {
    const ids = this.idView();
    return this.liveRows()
      .map((row) => ids[row]!)
      .sort();
  }

  /**
   * Runs searches on the rows that their options allow.
   *
   * @param bound rows that a search without a bitmap would scan. If no more than that (or
   *   `FEW_ROWS`) are allowed, the filter lists them: comparing each then costs no more than
   *   visiting cells, and misses none
   */
  withFilter<T>(
    { allowed, exclude, maxCodes }: SearchOptions,
    bound: number,
    run: (filter: RowFilter) => T,
  ): T {
    const excluded = exclude === undefined ? undefined : this.liveRowOf(exclude);
    // A tombstone for the duration of the search is far cheaper than testing each row's id.
    if (excluded !== undefined) this.setDead(excluded, true);
    try {
      const limit = Math.min(Math.max(bound, FEW_ROWS), maxCodes ?? Number.POSITIVE_INFINITY);
      return run(allowed ? this.#allow(allowed, limit) : this.#alive());
    } finally {
      if (excluded !== undefined) this.setDead(excluded, false);
    }
  }

  #alive(): RowFilter {
    return { skip: this.#dead > 0 ? this.#tombstones : null, passing: this.live, few: null };
  }

  #allow(allowed: Uint8Array, limit: number): RowFilter {
    const ids = idsUpTo(allowed, limit);
    if (ids === null) return this.#skipOthers(allowed, limit);
    const rows = ids.map((id) => this.liveRowOf(id)).filter((row) => row !== undefined);
    const few = Uint32Array.from(rows).sort();
    return { skip: null, passing: few.length, few };
  }

  #skipOthers(allowed: Uint8Array, limit: number): RowFilter {
    this.#skip = this.#memory.atLeast(this.#skip, this.#tombstones.byteLength);
    const skip = bytesView(this.#skip);
    skip.set(bytesView(this.#tombstones));
    const ids = this.idView();
    for (let row = 0; row < ids.length; row++) {
      if (!getBit(allowed, ids[row]!)) skip[row >>> 3]! |= 1 << (row & 7);
    }
    const passing = this.count - countBits(skip);
    if (passing > limit) return { skip: this.#skip, passing, few: null };
    const few = new Uint32Array(passing);
    for (let row = 0, filled = 0; row < this.count; row++) {
      if (!getBit(skip, row)) few[filled++] = row;
    }
    return { skip: this.#skip, passing, few };
  }
}

/** Rows by ascending id, or `null` if already ascending. */
function checkIds(ids: Uint32Array): Uint32Array<ArrayBuffer> | null {
  let rising = ids.length === 0 || ids[0]! > 0;
  for (let row = 1; row < ids.length && rising; row++) rising = ids[row]! > ids[row - 1]!;
  if (rising) return null;
  const byId = rowsById(ids);
  let previous = 0;
  for (const row of byId) {
    const id = ids[row]!;
    if (id === previous) {
      const what = id === 0 ? 'an id of 0' : `id ${id} twice`;
      throw new AkinError('corrupt', `the saved index is damaged: ${what}`);
    }
    previous = id;
  }
  return byId;
}

/** The ids of a bitmap if there are at most `limit`, else `null`. */
function idsUpTo(bitmap: Uint8Array, limit: number): number[] | null {
  const ids: number[] = [];
  for (let byte = 0; byte < bitmap.length; byte++) {
    const bits = bitmap[byte]!;
    if (bits === 0) continue;
    for (let bit = 0; bit < 8; bit++) if ((bits >> bit) & 1) ids.push(byte * 8 + bit);
    if (ids.length > limit) return null;
  }
  return ids;
}

function countBits(bitmap: Uint8Array): number {
  let count = 0;
  for (const byte of bitmap) for (let bits = byte; bits !== 0; bits &= bits - 1) count++;
  return count;
}
