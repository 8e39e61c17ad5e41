import { AkinError } from '../../../base/errors.ts';

/** The rows of each cell. Rows are ordered by cell, so each cell is one run. */
export class InvertedLists {
  /** Cell `c` holds rows `cellStarts[c]` to `cellStarts[c + 1] − 1`. */
  readonly cellStarts: Uint32Array<ArrayBuffer>;

  /**
   * @param cellStarts `cells + 1`; copied
   * @param ntotal total number of rows
   * @throws `corrupt` if the runs don't cover `ntotal` rows
   */
  constructor(cellStarts: Uint32Array, ntotal: number) {
    let previous = 0;
    for (const start of cellStarts) {
      if (start < previous) {
        throw new AkinError('corrupt', 'the saved index is damaged: cells out of order');
      }
      previous = start;
    }
    if (cellStarts.length < 2 || cellStarts[0] !== 0 || previous !== ntotal) {
      throw new AkinError('corrupt', `the saved index is damaged: cells of ${previous} rows`);
    }
    this.cellStarts = cellStarts.slice();
  }

  /**
   * Checks that the rows of each cell are ordered by id, so the row order is unique.
   *
   * @param ids of the rows
   * @throws `corrupt` if they are not
   */
  checkOrder(ids: Uint32Array): void {
    for (let cell = 0; cell < this.cellCount; cell++) {
      const end = this.cellStarts[cell + 1]!;
      for (let row = this.cellStarts[cell]! + 1; row < end; row++) {
        if (ids[row]! <= ids[row - 1]!) {
          throw new AkinError('corrupt', `the saved index is damaged: ids of cell ${cell}`);
        }
      }
    }
  }

  /** Computes cell starts from row cells. @param cells the cell of each row, in any order */
  static startsOf(cells: Uint32Array, cellCount: number): Uint32Array<ArrayBuffer> {
    const starts = new Uint32Array(cellCount + 1);
    for (const cell of cells) starts[cell + 1]!++;
    for (let cell = 0; cell < cellCount; cell++) starts[cell + 1]! += starts[cell]!;
    return starts;
  }

  get cellCount(): number {
    return this.cellStarts.length - 1;
  }

  get bytes(): number {
    return this.cellStarts.byteLength;
  }

  firstRow(cell: number): number {
    return this.cellStarts[cell]!;
  }

  rowCount(cell: number): number {
    return this.cellStarts[cell + 1]! - this.cellStarts[cell]!;
  }

  cellOf(row: number): number {
    let low = 0;
    let high = this.cellCount;
    // The last cell that begins at or before the row; empty ones before it begin there too.
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if (this.cellStarts[middle]! <= row) low = middle;
      else high = middle;
    }
    return low;
  }

  /**
   * Computes the cell starts for a subset of the rows.
   *
   * @param rows the remaining rows, ascending
   */
  startsOfRows(rows: Uint32Array): Uint32Array<ArrayBuffer> {
    const starts = new Uint32Array(this.cellStarts.length);
    let kept = 0;
    for (let cell = 0; cell < this.cellCount; cell++) {
      const end = this.cellStarts[cell + 1]!;
      while (kept < rows.length && rows[kept]! < end) kept++;
      starts[cell + 1] = kept;
    }
    return starts;
  }
}
