import type { Block, Kernels } from '../../kernels/kernels.ts';
import { bytesView } from '../../kernels/kernels.ts';

/** Bytes that can be copied out, wherever they currently are. */
export interface RowSource {
  readonly byteLength: number;
  /** @param target `byteLength` long */
  copyTo(target: Uint8Array<ArrayBuffer>): void;
}

/** The bytes of a view as a source. */
export function sourceOf(view: ArrayBufferView): RowSource {
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  return { byteLength: bytes.length, copyTo: (target) => target.set(bytes) };
}

/** All memory of one index, counted in one place and freed at once. */
export class OwnedBlocks {
  readonly kernels: Kernels;
  readonly #blocks = new Set<Block>();
  #bytes = 0;

  constructor(kernels: Kernels) {
    this.kernels = kernels;
  }

  /**
   * Creates something that needs memory, freeing what it allocated if it fails.
   *
   * @throws as `make`
   */
  static use<T>(kernels: Kernels, make: (memory: OwnedBlocks) => T): T {
    const memory = new OwnedBlocks(kernels);
    try {
      return make(memory);
    } catch (error) {
      memory.dispose();
      throw error;
    }
  }

  /** Bytes of the blocks and of the arrays counted beside them. */
  get bytes(): number {
    return this.#bytes;
  }

  /** @throws `out-of-memory` */
  alloc(byteLength: number): Block {
    const block = this.kernels.alloc(byteLength);
    this.#blocks.add(block);
    this.#bytes += byteLength;
    return block;
  }

  /**
   * A block that holds a copy.
   *
   * @throws `out-of-memory`
   */
  store(source: RowSource | ArrayBufferView): Block {
    const from = ArrayBuffer.isView(source) ? sourceOf(source) : source;
    const block = this.alloc(from.byteLength);
    from.copyTo(bytesView(block));
    return block;
  }

  /** Counts an array outside the kernels' memory. */
  keep<T extends ArrayBufferView>(array: T): T {
    this.#bytes += array.byteLength;
    return array;
  }

  /**
   * Returns the block if it is long enough, else replaces it with one that is, uninitialized.
   *
   * @throws `out-of-memory`
   */
  atLeast(block: Block | null, byteLength: number): Block {
    if (block && block.byteLength >= byteLength) return block;
    const longer = this.alloc(byteLength);
    if (block) this.free(block);
    return longer;
  }

  /**
   * Returns the block if it is long enough, else replaces it with a copy of at least twice the
   * length. What follows the copied bytes is undefined.
   *
   * @throws `out-of-memory`
   */
  withRoom(block: Block, byteLength: number): Block {
    if (block.byteLength >= byteLength) return block;
    const longer = this.alloc(Math.max(byteLength, 2 * block.byteLength));
    bytesView(longer).set(bytesView(block));
    this.free(block);
    return longer;
  }

  free(block: Block): void {
    this.#blocks.delete(block);
    this.#bytes -= block.byteLength;
    this.kernels.free(block);
  }

  dispose(): void {
    for (const block of this.#blocks) this.kernels.free(block);
    this.#blocks.clear();
    this.#bytes = 0;
  }
}
