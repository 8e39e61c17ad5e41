import type { Block } from '../block.ts';
import type { KernelMemory } from '../blockHeap.ts';

type ScanRows = (
  query: number,
  vectors: number,
  ids: number,
  skip: number,
  d: number,
  firstRow: number,
  rowCount: number,
  topK: number,
) => number;

/**
 * What `build/kernels.wasm` exports. Addresses are bytes into `memory`, 0 stands for none; strides
 * are bytes too. Unsigned results come as signed and want `>>> 0`.
 */
export interface WasmModule {
  readonly memory: KernelMemory;
  readonly heapBase: () => number;
  readonly scanIp: ScanRows;
  readonly scanL2sq: ScanRows;
  readonly sumWords: (address: number, byteLength: number) => number;
  readonly assign: (
    rows: number,
    rowStride: number,
    d: number,
    count: number,
    centroids: number,
    nlist: number,
    cells: number,
    l2sq: number,
  ) => void;
  readonly transform: (
    matrix: number,
    dOut: number,
    rows: number,
    rowStride: number,
    d: number,
    count: number,
    out: number,
  ) => void;
}

/** The names of the functions among them. */
export const WASM_FUNCTIONS: readonly Exclude<keyof WasmModule, 'memory'>[] = [
  'heapBase',
  'scanIp',
  'scanL2sq',
  'sumWords',
  'assign',
  'transform',
];

/**
 * Where a block begins in the module's memory.
 *
 * @throws `internal` where it is none of these kernels' blocks, or freed
 */
export type AddressOf = (block: Block) => number;
