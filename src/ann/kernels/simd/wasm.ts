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

type FillTable = (
  query: number,
  centroids: number,
  M: number,
  ksub: number,
  dsub: number,
  table: number,
) => void;

/**
 * The exports of `build/kernels.wasm`. Addresses are byte offsets into `memory`, 0 for none;
 * strides are in bytes too. Unsigned results are returned as signed: apply `>>> 0`.
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
  readonly bareScan: (query: number, vectors: number, d: number, rowCount: number) => number;
  readonly ipTable: FillTable;
  readonly l2sqTable: FillTable;
  readonly quantizeTable: (table: number, M: number, lut: number) => void;
  /** Results of the last `quantizeTable`. */
  readonly lutBias: () => number;
  readonly lutScale: () => number;
  readonly scanPq8: (
    codes: number,
    ids: number,
    skip: number,
    firstRow: number,
    rowCount: number,
    table: number,
    M: number,
    base: number,
    norms: number,
    topK: number,
  ) => number;
  readonly scanPq4: (
    codes: number,
    ids: number,
    skip: number,
    firstRow: number,
    rowCount: number,
    lut: number,
    M: number,
    scale: number,
    base: number,
    norms: number,
    topK: number,
  ) => number;
  readonly scanHamming: (
    codes: number,
    skip: number,
    rowCount: number,
    query: number,
    codeBytes: number,
    capacity: number,
    best: number,
  ) => number;
  readonly encodeSq8: (
    rows: number,
    rowStride: number,
    d: number,
    count: number,
    scales: number,
    codes: number,
  ) => void;
  readonly prepareSq8: (
    query: number,
    scales: number,
    d: number,
    limit: number,
    query16: number,
  ) => number;
  readonly scanSq8: (
    codes: number,
    ids: number,
    skip: number,
    firstRow: number,
    rowCount: number,
    d: number,
    query16: number,
    factor: number,
    norms: number,
    base: number,
    topK: number,
  ) => number;
  /** Returns 0 if the list has an invalid row number. */
  readonly rescore: (
    byIp: number,
    query: number,
    rows: number,
    rowStride: number,
    d: number,
    rowEnd: number,
    list: number,
    count: number,
    ids: number,
    topK: number,
  ) => number;
  /** Returns 0 if the list has an invalid row number. */
  readonly rescoreSq8: (
    list: number,
    count: number,
    rowEnd: number,
    codes: number,
    ids: number,
    skip: number,
    d: number,
    query16: number,
    factor: number,
    norms: number,
    base: number,
    topK: number,
  ) => number;
  readonly graphRows: (
    byIp: number,
    vectors: number,
    d: number,
    count: number,
    norms: number,
    query16: number,
    weights: number,
    factor: number,
  ) => void;
  readonly graphQuery: (query: number, factor: number, base: number) => void;
  readonly graphQueryRow: (row: number) => void;
  readonly graphLinks: (
    links: number,
    starts: number,
    lists: number,
    slots: number,
    layer: number,
  ) => void;
  /** Rows compared since `graphRows`, and hops of the last walk. */
  readonly graphCompared: () => number;
  readonly graphHops: () => number;
  /** Returns 0 if the block of candidates is too short. */
  readonly searchLayer: (
    entry: number,
    visited: number,
    skip: number,
    found: number,
    candidates: number,
    list: number,
    most: number,
    log: number,
  ) => number;
  readonly connect: (row: number, found: number, most: number, scratch: number) => void;
  readonly relink: (row: number, list: number, count: number, pairs: number) => void;
}

/** Names of the exported functions. */
export const WASM_FUNCTIONS: readonly Exclude<keyof WasmModule, 'memory'>[] = [
  'heapBase',
  'scanIp',
  'scanL2sq',
  'sumWords',
  'assign',
  'transform',
  'bareScan',
  'ipTable',
  'l2sqTable',
  'quantizeTable',
  'lutBias',
  'lutScale',
  'scanPq8',
  'scanPq4',
  'scanHamming',
  'encodeSq8',
  'prepareSq8',
  'scanSq8',
  'rescore',
  'rescoreSq8',
  'graphRows',
  'graphQuery',
  'graphQueryRow',
  'graphLinks',
  'graphCompared',
  'graphHops',
  'searchLayer',
  'connect',
  'relink',
];

/**
 * The address of a block in the module's memory.
 *
 * @throws `internal` if the block is not of these kernels, or freed
 */
export type AddressOf = (block: Block) => number;
