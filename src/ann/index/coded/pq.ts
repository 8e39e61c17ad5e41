import type { Kernels } from '../../kernels/kernels.ts';
import { OwnedBlocks } from '../rows/ownedBlocks.ts';
import type { VectorSpace } from '../vectorIndex.ts';
import type { CodeQuery } from './codedIndex.ts';
import { CodedIndex } from './codedIndex.ts';
import type { CodedParts } from './codedParts.ts';

/**
 * Product quantization (Jégou, Douze and Schmid, 2011): a scan of all codes. As kind `opq`, after a
 * rotation that lowers the quantization error (Ge, He, Ke and Sun, 2013).
 */
export class PqIndex extends CodedIndex {
  readonly kind: 'pq' | 'opq';

  /** @throws `corrupt` for invalid ids, `out-of-memory` */
  static of(kernels: Kernels, space: VectorSpace, parts: CodedParts): PqIndex {
    return OwnedBlocks.use(kernels, (memory) => new PqIndex(memory, space, parts));
  }

  /** Use `of`, which frees the memory if this throws. */
  constructor(memory: OwnedBlocks, space: VectorSpace, parts: CodedParts) {
    super(memory, space, parts);
    this.kind = parts.rotation ? 'opq' : 'pq';
  }

  protected rowsScanned(): number {
    // Any filter scans all rows; only a few rows are compared one by one.
    return 0;
  }

  protected scanCodes({ plan, rotated, ids, topK }: CodeQuery): void {
    const { filter, meter, maxCodes } = plan;
    this.codebook.fillTable(this.metric, rotated, this.codes.table);
    this.codes.takeTable();
    meter.lap('tables');
    const rowCount = Math.min(this.ntotal, maxCodes);
    const rows = { ids, skip: filter.skip, firstRow: 0, rowCount };
    meter.codesScanned += this.codes.scan(rows, 0, topK);
  }

  protected addCentre(): void {
    // Codes are of whole vectors.
  }

  protected coarseView(): null {
    return null;
  }
}
