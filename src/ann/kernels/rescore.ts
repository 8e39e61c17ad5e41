import type { Block } from './block.ts';
import type { CodeScan } from './codes.ts';
import type { RowRun } from './training.ts';

/** Second looks at the few rows that a scan of shorter codes found. */
export interface RescoreKernels {
  /**
   * Offers the listed rows to the heap under their exact keys, those `scanIp` and `scanL2sq` of the
   * same kernels would give them.
   *
   * @param query `d` float32
   * @param list uint32 row numbers, `count` of them, in any order
   * @param ids uint32, one for each of `rows`. `null`: the row's number is its id
   * @throws `internal` where `list` names a row that is not there
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
   * Offers the listed rows that are not skipped to the heap under the keys of `scanSq8`.
   *
   * @throws `internal` where `list` names a row that is not there
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
