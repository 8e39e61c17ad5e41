import { invariant } from '../../base/checks.ts';
import { AkinError } from '../../base/errors.ts';
import { getBit } from './bitmap.ts';
import { checkScan } from './checkScan.ts';
import { checkAssign, checkTransform } from './checkTraining.ts';
import type { Block, Kernels, Scan } from './kernels.ts';
import { bytesView, float32View, uint32View } from './kernels.ts';
import { assign, transform } from './scalar/training.ts';
import { TopKHeap } from './topKHeap.ts';

/** The kernels in plain TypeScript: the reference, and what runs where there is no SIMD. */
export function scalarKernels(): Kernels {
  const blocks = new Set<Block>();
  let bytesInUse = 0;

  function own(...given: (Block | null)[]): void {
    for (const block of given) {
      invariant(block === null || blocks.has(block), 'a block of other kernels, or freed');
    }
  }

  function check(scan: Scan, topK: Block): void {
    own(scan.query, scan.vectors, scan.ids, scan.skip, topK);
    checkScan(scan, topK);
  }

  return {
    backend: 'scalar',

    get bytesInUse() {
      return bytesInUse;
    },

    alloc(byteLength) {
      const block = { buffer: allocate(byteLength), byteOffset: 0, byteLength };
      blocks.add(block);
      bytesInUse += byteLength;
      return block;
    },

    free(block) {
      invariant(blocks.delete(block), 'a block of other kernels, or freed before');
      bytesInUse -= block.byteLength;
    },

    scanIp(scan, topK) {
      check(scan, topK);
      return scanRows(scan, topK, negativeIp);
    },

    scanL2sq(scan, topK) {
      check(scan, topK);
      return scanRows(scan, topK, l2sq);
    },

    sumWords(block) {
      own(block);
      const words = uint32View(block, Math.floor(block.byteLength / 4));
      let sum = 0;
      for (let i = 0; i < words.length; i++) sum = (sum + words[i]!) | 0;
      return sum >>> 0;
    },

    assign(rows, centroids, nlist, cells, l2sq) {
      own(rows.block, centroids, cells, l2sq);
      checkAssign(rows, centroids, nlist, cells, l2sq);
      assign(rows, centroids, nlist, cells, l2sq);
    },

    transform(matrix, dOut, rows, out) {
      own(matrix, rows.block, out);
      checkTransform(matrix, dOut, rows, out);
      transform(matrix, dOut, rows, out);
    },
  };
}

function allocate(byteLength: number): ArrayBuffer {
  try {
    return new ArrayBuffer(byteLength);
  } catch (cause) {
    throw new AkinError('out-of-memory', `no memory for ${byteLength} bytes`, { cause });
  }
}

type RowDistance = (query: Float32Array, vectors: Float32Array, start: number, d: number) => number;

function scanRows(scan: Scan, topK: Block, distance: RowDistance): number {
  const { d, firstRow, rowCount } = scan;
  const rowEnd = firstRow + rowCount;
  const query = float32View(scan.query, d);
  const vectors = float32View(scan.vectors, rowEnd * d);
  const ids = uint32View(scan.ids, rowEnd);
  const skip = scan.skip && bytesView(scan.skip);
  const heap = new TopKHeap(topK);
  let scanned = 0;
  for (let row = firstRow; row < rowEnd; row++) {
    if (skip && getBit(skip, row)) continue;
    scanned++;
    // Rounded before it is compared, as it is stored rounded: ties must be ties in both.
    heap.push(Math.fround(distance(query, vectors, row * d, d)), ids[row]!);
  }
  return scanned;
}

function negativeIp(query: Float32Array, vectors: Float32Array, start: number, d: number): number {
  let sum = 0;
  for (let i = 0; i < d; i++) sum += query[i]! * vectors[start + i]!;
  return -sum;
}

function l2sq(query: Float32Array, vectors: Float32Array, start: number, d: number): number {
  let sum = 0;
  for (let i = 0; i < d; i++) {
    const difference = query[i]! - vectors[start + i]!;
    sum += difference * difference;
  }
  return sum;
}
