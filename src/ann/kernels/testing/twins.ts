import { nodeSimdKernels } from '../../../../bench/nodeKernels.ts';
import type { Prng } from '../../../base/prng.ts';
import { shuffle } from '../../../base/shuffle.ts';
import { bitmapBytes, setBit } from '../bitmap.ts';
import type { Block } from '../block.ts';
import { bytesView, float32View, uint32View } from '../block.ts';
import type { CodeScan } from '../codes.ts';
import type { Kernels } from '../kernels.ts';
import { scalarKernels } from '../scalar.ts';
import type { TopKEntries } from '../topK.ts';
import { readTopK, resetTopK, topKBytes } from '../topK.ts';

/** Both twins, for tests that compare them. */
export const simd = nodeSimdKernels();
export const scalar = scalarKernels();
/** Each twin with its name, for tests of either. */
export const twins = [
  ['scalar', scalar],
  ['simd', simd],
] as const;

/** Allocates blocks for the duration of a call, then frees them all. */
export class Bench {
  readonly kernels: Kernels;
  readonly #blocks: Block[] = [];

  constructor(kernels: Kernels) {
    this.kernels = kernels;
  }

  /** A block filled with 0xa5, so that unwritten bytes show. */
  room(bytes: number): Block {
    const block = this.kernels.alloc(bytes);
    this.#blocks.push(block);
    bytesView(block).fill(0xa5);
    return block;
  }

  /** A block with a copy of the values. */
  put(values: Float32Array | Uint32Array | Uint8Array | Int8Array | Int16Array): Block {
    const block = this.room(values.byteLength);
    bytesView(block).set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
    return block;
  }

  putOrNull(values: Parameters<Bench['put']>[0] | null): Block | null {
    return values && this.put(values);
  }

  /** An empty heap. */
  heap(capacity: number): Block {
    const topK = this.room(topKBytes(capacity));
    resetTopK(topK, capacity);
    return topK;
  }

  free(): void {
    for (const block of this.#blocks) this.kernels.free(block);
  }
}

/** Runs `use` with blocks of one kernels implementation, then frees them. Returns its result. */
export function onBench<T>(kernels: Kernels, use: (bench: Bench) => T): T {
  const bench = new Bench(kernels);
  try {
    return use(bench);
  } finally {
    bench.free();
  }
}

/** The results of both twins. */
export function both<T>(use: (bench: Bench) => T): { simd: T; scalar: T } {
  return { simd: onBench(simd, use), scalar: onBench(scalar, use) };
}

/** The bits of a block's first `length` float32, to distinguish NaN and negative zero. */
export function bitsOf(block: Block, length: number): Uint32Array {
  return uint32View(block, length).slice();
}

export function floatsOf(block: Block, length: number): Float32Array {
  return float32View(block, length).slice();
}

export function entriesOf(topK: Block): TopKEntries {
  return readTopK(topK);
}

export function normals(prng: Prng, length: number): Float32Array {
  return Float32Array.from({ length }, () => prng.normal());
}

export function integers(prng: Prng, length: number, below: number): Uint8Array {
  return Uint8Array.from({ length }, () => prng.below(below));
}

/** Distinct ids in random order. */
export function shuffledIds(prng: Prng, n: number): Uint32Array {
  const ids = Uint32Array.from({ length: n }, (_, row) => 5 + 3 * row);
  shuffle(ids, prng);
  return ids;
}

/** The skipped rows, start and end of a random scan of `n` rows. */
export interface Part {
  readonly ids: Uint32Array | null;
  readonly skip: Uint8Array | null;
  readonly firstRow: number;
  readonly rowCount: number;
  readonly k: number;
}

export function randomPart(prng: Prng, n: number): Part {
  const firstRow = prng.below(2) === 0 ? 0 : prng.below(n + 1);
  const rowCount = prng.below(2) === 0 ? n - firstRow : prng.below(n - firstRow + 1);
  const skip = prng.below(2) === 0 ? null : new Uint8Array(bitmapBytes(firstRow + rowCount));
  const share = prng.float();
  if (skip) {
    for (let row = 0; row < firstRow + rowCount; row++) setBit(skip, row, prng.float() < share);
  }
  const ids = prng.below(3) === 0 ? null : shuffledIds(prng, n);
  return { ids, skip, firstRow, rowCount, k: prng.below(40) };
}

/** The rows compared in a part. */
export function rowsOf({ skip, firstRow, rowCount }: Part): number[] {
  const rows = Array.from({ length: rowCount }, (_, i) => firstRow + i);
  return rows.filter((row) => !(skip && skip[row >> 3]! & (1 << (row & 7))));
}

/** The best `k` rows by key, then id: the expected contents of a heap. */
export function bestOf(part: Part, keyOf: (row: number) => number): TopKEntries {
  const offered = rowsOf(part).map((row) => ({ key: keyOf(row), id: part.ids?.[row] ?? row }));
  const best = offered
    .filter(({ key }) => !Number.isNaN(key))
    .sort((a, b) => a.key - b.key || a.id - b.id)
    .slice(0, part.k);
  return {
    keys: Float32Array.from(best, ({ key }) => key),
    ids: Uint32Array.from(best, ({ id }) => id),
  };
}

/** Scans a part of some codes into an empty heap and reads it. */
export function runPart(
  bench: Bench,
  part: Part,
  codes: Uint8Array | Int8Array,
  scan: (scan: CodeScan, topK: Block) => number,
): { readonly scanned: number; readonly entries: TopKEntries } {
  const { ids, skip, firstRow, rowCount, k } = part;
  const topK = bench.heap(k);
  const blocks = {
    codes: bench.put(codes),
    ids: bench.putOrNull(ids),
    skip: bench.putOrNull(skip),
  };
  const scanned = scan({ ...blocks, firstRow, rowCount }, topK);
  return { scanned, entries: entriesOf(topK) };
}
