import { describe, expect, it } from 'vitest';
import { createPrng } from '../../base/prng.ts';
import { BlockHeap } from './blockHeap.ts';
import type { Block } from './kernels.ts';
import { bytesView } from './kernels.ts';

function heapOf(maximum: number, base = 1000) {
  const memory = new WebAssembly.Memory({ initial: 1, maximum });
  return { memory, heap: new BlockHeap(memory, base) };
}

describe('BlockHeap', () => {
  it('allocates aligned blocks above its base and grows as needed', () => {
    const { memory, heap } = heapOf(10);
    const small = heap.alloc(1);
    expect(small.byteOffset).toBe(1024);
    const large = heap.alloc(100_000);
    expect(large.byteOffset % 64).toBe(0);
    expect(memory.buffer.byteLength).toBeGreaterThanOrEqual(large.byteOffset + 100_000);
    expect(heap.bytesInUse).toBe(100_001);
  });

  it('returns views of the current memory after it has grown', () => {
    const { memory, heap } = heapOf(10);
    const block = heap.alloc(8);
    bytesView(block).fill(7);
    const before = memory.buffer;
    heap.alloc(200_000);
    expect(memory.buffer).not.toBe(before);
    expect([...bytesView(block)]).toEqual(new Array(8).fill(7));
  });

  it('never lets blocks overlap and can reuse everything once all are freed', () => {
    const { memory, heap } = heapOf(64);
    const prng = createPrng(1);
    const live = new Map<Block, number>();
    for (let step = 0; step < 1000; step++) {
      if (live.size < 40 && prng.below(2) === 0) {
        const block = heap.alloc(prng.below(40_000));
        const end = block.byteOffset + block.byteLength;
        for (const other of live.keys()) {
          const apart =
            end <= other.byteOffset || block.byteOffset >= other.byteOffset + other.byteLength;
          expect(apart).toBe(true);
        }
        const mark = 1 + prng.below(255);
        bytesView(block).fill(mark);
        live.set(block, mark);
      } else {
        const [block] = [...live.keys()].slice(prng.below(live.size));
        if (!block) continue;
        const mark = live.get(block)!;
        const bytes = bytesView(block);
        expect([bytes[0] ?? mark, bytes.at(-1) ?? mark]).toEqual([mark, mark]);
        heap.free(block);
        live.delete(block);
      }
    }
    for (const block of live.keys()) heap.free(block);
    expect(heap.bytesInUse).toBe(0);
    const grown = memory.buffer.byteLength;
    heap.alloc(grown - 1024);
    expect(memory.buffer.byteLength).toBe(grown);
  });

  it('throws out-of-memory when the memory cannot grow', () => {
    const { heap } = heapOf(2);
    const outOfMemory = expect.objectContaining({ code: 'out-of-memory' });
    expect(() => heap.alloc(1_000_000)).toThrowError(outOfMemory);
    expect(heap.alloc(70_000).byteLength).toBe(70_000);
  });

  it('refuses to free a block twice or one it doesn’t own', () => {
    const { heap } = heapOf(2);
    const block = heap.alloc(10);
    heap.free(block);
    const internal = expect.objectContaining({ code: 'internal' });
    expect(() => heap.free(block)).toThrowError(internal);
    expect(() => heap.free(heapOf(2).heap.alloc(10))).toThrowError(internal);
  });
});
