import { AkinError } from '../../../base/errors.ts';
import type { RowSource } from './ownedBlocks.ts';

/** Rows per chunk: large enough to keep chunks few, small enough to waste little in the last. */
const CHUNK_ROWS = 8192;

/**
 * Byte rows in order of arrival: a builder's codes until it seals. Chunked, so that a long buffer
 * is not copied as it grows.
 */
export class RowBuffer {
  readonly rowBytes: number;
  readonly #chunks: Uint8Array<ArrayBuffer>[] = [];
  #count = 0;

  /** @param rowBytes bytes per row */
  constructor(rowBytes: number) {
    this.rowBytes = rowBytes;
  }

  get count(): number {
    return this.#count;
  }

  /**
   * Appends whole rows.
   *
   * @param rows begins with `count` rows
   * @throws `out-of-memory`
   */
  append(rows: ArrayBufferView, count: number): void {
    const { rowBytes } = this;
    const bytes = new Uint8Array(rows.buffer, rows.byteOffset, count * rowBytes);
    let taken = 0;
    while (taken < count) {
      const at = this.#count % CHUNK_ROWS;
      if (at === 0) this.#chunks.push(allocate(CHUNK_ROWS * rowBytes));
      const fitting = Math.min(CHUNK_ROWS - at, count - taken);
      const source = bytes.subarray(taken * rowBytes, (taken + fitting) * rowBytes);
      this.#chunks.at(-1)!.set(source, at * rowBytes);
      this.#count += fitting;
      taken += fitting;
    }
  }

  /** All rows where they lie: `chunkRows` in each chunk, fewer in the last. */
  chunked(): { readonly chunks: readonly Uint8Array<ArrayBuffer>[]; readonly chunkRows: number } {
    return { chunks: this.#chunks, chunkRows: CHUNK_ROWS };
  }

  /** The rows in the given order, copied only when requested. */
  gather(order: Uint32Array): RowSource {
    const { rowBytes } = this;
    return {
      byteLength: order.length * rowBytes,
      copyTo: (target) => {
        for (let i = 0; i < order.length; i++) {
          const row = order[i]!;
          const chunk = this.#chunks[Math.floor(row / CHUNK_ROWS)]!;
          const start = (row % CHUNK_ROWS) * rowBytes;
          target.set(chunk.subarray(start, start + rowBytes), i * rowBytes);
        }
      },
    };
  }

  /**
   * Copies all rows in order of arrival.
   *
   * @throws `out-of-memory`
   */
  copy(): Uint8Array<ArrayBuffer> {
    const { rowBytes } = this;
    const all = allocate(this.#count * rowBytes);
    this.#chunks.forEach((chunk, i) => {
      const start = i * CHUNK_ROWS * rowBytes;
      all.set(chunk.subarray(0, Math.min(chunk.length, all.length - start)), start);
    });
    return all;
  }
}

function allocate(byteLength: number): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(byteLength);
  } catch (cause) {
    throw new AkinError('out-of-memory', `no memory for ${byteLength} bytes of codes`, { cause });
  }
}
