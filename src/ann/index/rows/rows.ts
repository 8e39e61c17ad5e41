import { AkinError } from '../../../base/errors.ts';
import { safeProduct } from '../../../base/layout.ts';
import { bitmapBytes, getBit, setBit } from '../../kernels/bitmap.ts';
import type { Block, Kernels } from '../../kernels/kernels.ts';
import { bytesView, float32View, uint32View } from '../../kernels/kernels.ts';

const FIRST_CAPACITY = 64;

/**
 * Vectors in kernel memory, which scans read without a copy: a growing table of rows, each a
 * vector, an id and a tombstone bit.
 */
export class Rows {
  readonly d: number;
  readonly #kernels: Kernels;
  #vectors: Block;
  #ids: Block;
  #tombstones: Block;
  #capacity: number;
  #count = 0;
  #dead = 0;

  /** @param capacity initial capacity in rows */
  constructor(kernels: Kernels, d: number, capacity = FIRST_CAPACITY) {
    this.d = d;
    this.#kernels = kernels;
    this.#capacity = capacity;
    const [vectors, ids, tombstones] = allocate(kernels, d, capacity);
    this.#vectors = vectors;
    this.#ids = ids;
    this.#tombstones = tombstones;
  }

  get count(): number {
    return this.#count;
  }

  get live(): number {
    return this.#count - this.#dead;
  }

  get bytes(): number {
    return this.#vectors.byteLength + this.#ids.byteLength + this.#tombstones.byteLength;
  }

  get vectors(): Block {
    return this.#vectors;
  }

  get ids(): Block {
    return this.#ids;
  }

  /** The bitmap of dead rows, or `null` if there are none. */
  get tombstones(): Block | null {
    return this.#dead > 0 ? this.#tombstones : null;
  }

  /** The ids of all rows. A transient view. */
  idView(): Uint32Array<ArrayBuffer> {
    return uint32View(this.#ids, this.#count);
  }

  /** The vector of a row. A transient view. */
  vectorView(row: number): Float32Array<ArrayBuffer> {
    return float32View(this.#vectors, this.d, row * this.d);
  }

  /** The tombstone bits, in whole bytes. A transient view. */
  tombstoneView(): Uint8Array<ArrayBuffer> {
    return bytesView(this.#tombstones).subarray(0, bitmapBytes(this.#count));
  }

  /** Appends a live row and returns its number. */
  append(id: number, vector: Float32Array): number {
    if (this.#count === this.#capacity) this.#resize(this.#capacity * 2);
    const row = this.#count++;
    uint32View(this.#ids, 1, row)[0] = id;
    this.vectorView(row).set(vector);
    return row;
  }

  /** Fills an empty table with sufficient capacity. `vectors` is `ids.length × d`. */
  fill(ids: Uint32Array, vectors: Float32Array): void {
    uint32View(this.#ids, ids.length).set(ids);
    float32View(this.#vectors, vectors.length).set(vectors);
    this.#count = ids.length;
  }

  isDead(row: number): boolean {
    return getBit(bytesView(this.#tombstones), row);
  }

  /** Sets or lifts the tombstone of a row. */
  setDead(row: number, dead: boolean): void {
    if (this.isDead(row) === dead) return;
    setBit(bytesView(this.#tombstones), row, dead);
    this.#dead += dead ? 1 : -1;
  }

  dispose(): void {
    for (const block of [this.#vectors, this.#ids, this.#tombstones]) this.#kernels.free(block);
  }

  /** Frees spare capacity. */
  trim(): void {
    if (this.#count < this.#capacity) this.#resize(Math.max(1, this.#count));
  }

  #resize(capacity: number): void {
    const blocks = allocate(this.#kernels, this.d, capacity);
    const old = [this.#vectors, this.#ids, this.#tombstones];
    old.forEach((block, i) => {
      const bytes = Math.min(block.byteLength, blocks[i]!.byteLength);
      bytesView(blocks[i]!).set(bytesView(block).subarray(0, bytes));
      this.#kernels.free(block);
    });
    [this.#vectors, this.#ids, this.#tombstones] = blocks;
    this.#capacity = capacity;
  }
}

function allocate(kernels: Kernels, d: number, capacity: number): [Block, Block, Block] {
  const vectorBytes = safeProduct(capacity, d, 4);
  if (vectorBytes === undefined) {
    throw new AkinError('out-of-memory', `no memory for ${capacity} × ${d} components`);
  }
  const blocks: Block[] = [];
  try {
    for (const bytes of [vectorBytes, capacity * 4, bitmapBytes(capacity)]) {
      blocks.push(kernels.alloc(bytes));
    }
  } catch (error) {
    // Free what was allocated before memory ran out.
    for (const block of blocks) kernels.free(block);
    throw error;
  }
  const [vectors, ids, tombstones] = blocks as [Block, Block, Block];
  bytesView(tombstones).fill(0);
  return [vectors, ids, tombstones];
}
