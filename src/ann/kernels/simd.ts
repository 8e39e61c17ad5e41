import { invariant } from '../../base/checks.ts';
import { BlockHeap } from './blockHeap.ts';
import { checkBare, checkScan } from './checkScan.ts';
import type { Block, Kernels, Scan } from './kernels.ts';
import { pqKernels, sq8Kernels } from './simd/codes.ts';
import { graphKernels } from './simd/graph.ts';
import { hammingKernels } from './simd/hamming.ts';
import { rescoreKernels } from './simd/rescore.ts';
import { trainingKernels } from './simd/training.ts';
import type { WasmModule } from './simd/wasm.ts';
import { WASM_FUNCTIONS } from './simd/wasm.ts';

/**
 * The kernels in WebAssembly SIMD.
 *
 * This library neither loads files nor knows `WebAssembly`: the caller creates the instance (the
 * module has no imports) and passes its exports.
 *
 * @param exports of a new instance of `build/kernels.wasm`, whose memory the kernels take over
 * @throws `internal` if these are not the exports of that module
 */
export function simdKernels(exports: Readonly<Record<string, unknown>>): Kernels {
  assertKernelExports(exports);
  const wasm = exports;
  const heap = new BlockHeap(wasm.memory, wasm.heapBase());

  function address(block: Block): number {
    invariant(heap.owns(block), 'a block of other kernels, or freed');
    return block.byteOffset;
  }

  function run(scanRows: WasmModule['scanIp'], scan: Scan, topK: Block): number {
    checkScan(scan, topK);
    const { query, vectors, ids, skip, d, firstRow, rowCount } = scan;
    const scanned = scanRows(
      address(query),
      address(vectors),
      address(ids),
      skip === null ? 0 : address(skip),
      d,
      firstRow,
      rowCount,
      address(topK),
    );
    return scanned >>> 0;
  }

  return {
    backend: 'simd',
    get bytesInUse() {
      return heap.bytesInUse;
    },
    alloc: (byteLength) => heap.alloc(byteLength),
    free: (block) => heap.free(block),
    scanIp: (scan, topK) => run(wasm.scanIp, scan, topK),
    scanL2sq: (scan, topK) => run(wasm.scanL2sq, scan, topK),
    sumWords: (block) => wasm.sumWords(address(block), block.byteLength & ~3) >>> 0,
    bareScan(query, vectors, d, rowCount) {
      checkBare(query, vectors, d, rowCount);
      return wasm.bareScan(address(query), address(vectors), d, rowCount);
    },
    ...trainingKernels(wasm, address),
    ...pqKernels(wasm, address),
    ...sq8Kernels(wasm, address),
    ...rescoreKernels(wasm, address),
    ...hammingKernels(wasm, address),
    ...graphKernels(wasm, address),
  };
}

function assertKernelExports(
  exports: Readonly<Record<string, unknown>>,
): asserts exports is Readonly<Record<string, unknown>> & WasmModule {
  for (const name of WASM_FUNCTIONS) {
    invariant(typeof exports[name] === 'function', `the kernels module has no function ${name}`);
  }
  const { memory } = exports;
  invariant(
    typeof memory === 'object' && memory !== null && 'buffer' in memory && 'grow' in memory,
    'the kernels module exports no memory',
  );
}
