import type { Block } from './block.ts';
import type { CodeScan } from './codes.ts';
import type { RowRun } from './training.ts';

/** Kernels to rescore the few rows found by a scan of shorter codes. */
export interface RescoreKernels {
  /**
   * Offers the listed rows to the heap with exact keys, equal to those of `scanIp` and `scanL2sq`
   * in the same kernels.
   *
   * @param query `d` float32
   * @param list uint32 row numbers, `count` of them, in any order
   * @param ids uint32, one for each of `rows`. `null`: the row's number is its id
   * @throws `internal` if `list` has an invalid row number
   */
  rescore(
    metric: 'ip' | 'l2sq',
    query: Block,
    rows: RowRun,
    list: Block,
    count: number,
    ids: Block | null,
    topK: Block,
  ): void;

  /**
   * Offers the listed rows not skipped to the heap with the keys of `scanSq8`.
   *
   * @throws `internal` if `list` has an invalid row number
   */
  rescoreSq8(
    list: Block,
    count: number,
    scan: Omit<CodeScan, 'firstRow' | 'rowCount'>,
    d: number,
    query16: Block,
    factor: number,
    norms: Block | null,
    base: number,
    topK: Block,
  ): void;
}
