import { checkInteger, invariant } from '../../base/checks.ts';
import { AkinError } from '../../base/errors.ts';
import { alignUp } from '../../base/layout.ts';
import type { Block } from './kernels.ts';

/** A cache line: no two blocks share one, and every vector load of an aligned row is aligned. */
const ALIGNMENT = 64;
const PAGE_BYTES = 65536;

/** The parts of `WebAssembly.Memory` used here (this library does not know its type). */
export interface KernelMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

interface Span {
  start: number;
  end: number;
}

/**
 * Allocates blocks of one growing memory: first fit from a sorted list of free spans, which merge
 * with their neighbours when freed. An index needs a few large blocks and seldom frees them, so the
 * list stays short and a simple scheme suffices. The memory never shrinks (WebAssembly's cannot),
 * but freed space is reused.
 */
export class BlockHeap {
  readonly #memory: KernelMemory;
  readonly #free: Span[] = [];
  readonly #inUse = new Set<Block>();
  #bytesInUse = 0;
  #end: number;

  /**
   * @param memory to allocate from
   * @param base the first byte available
   */
  constructor(memory: KernelMemory, base: number) {
    this.#memory = memory;
    this.#end = memory.buffer.byteLength;
    const start = alignUp(base, ALIGNMENT);
    if (start < this.#end) this.#free.push({ start, end: this.#end });
  }

  get bytesInUse(): number {
    return this.#bytesInUse;
  }

  /** @throws `out-of-memory` if the memory cannot grow further */
  alloc(byteLength: number): Block {
    checkInteger('byteLength', byteLength, 0, Number.MAX_SAFE_INTEGER - ALIGNMENT);
    const bytes = Math.max(ALIGNMENT, alignUp(byteLength, ALIGNMENT));
    let index = this.#free.findIndex((span) => span.end - span.start >= bytes);
    if (index < 0) index = this.#grow(bytes);
    const span = this.#free[index]!;
    const memory = this.#memory;
    const block: Block = {
      get buffer() {
        return memory.buffer;
      },
      byteOffset: span.start,
      byteLength,
    };
    span.start += bytes;
    if (span.start === span.end) this.#free.splice(index, 1);
    this.#inUse.add(block);
    this.#bytesInUse += byteLength;
    return block;
  }

  free(block: Block): void {
    invariant(this.#inUse.delete(block), 'a block of other kernels, or freed before');
    this.#bytesInUse -= block.byteLength;
    const bytes = Math.max(ALIGNMENT, alignUp(block.byteLength, ALIGNMENT));
    this.#release({ start: block.byteOffset, end: block.byteOffset + bytes });
  }

  owns(block: Block): boolean {
    return this.#inUse.has(block);
  }

  /** Inserts a span among the free ones and returns its index. */
  #release(span: Span): number {
    const free = this.#free;
    let index = free.findIndex((other) => other.start > span.start);
    if (index < 0) index = free.length;
    free.splice(index, 0, span);
    const next = free[index + 1];
    if (next && next.start === span.end) {
      span.end = next.end;
      free.splice(index + 1, 1);
    }
    const previous = free[index - 1];
    if (previous && previous.end === span.start) {
      previous.end = span.end;
      free.splice(index, 1);
      return index - 1;
    }
    return index;
  }

  #grow(bytes: number): number {
    const last = this.#free.at(-1);
    const spare = last && last.end === this.#end ? last.end - last.start : 0;
    const pages = Math.ceil((bytes - spare) / PAGE_BYTES);
    try {
      this.#memory.grow(pages);
    } catch (cause) {
      throw new AkinError('out-of-memory', `no memory for ${bytes} more bytes`, { cause });
    }
    const start = this.#end;
    this.#end += pages * PAGE_BYTES;
    return this.#release({ start, end: this.#end });
  }
}
