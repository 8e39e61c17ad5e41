import type { Kernels } from '../../kernels/kernels.ts';
import { OwnedBlocks } from '../rows/ownedBlocks.ts';
import type { VectorSpace } from '../vectorIndex.ts';
import type { CodeQuery } from './codedIndex.ts';
import { CodedIndex } from './codedIndex.ts';
import type { CodedParts } from './codedParts.ts';

/**
 * Product quantization (Jégou, Douze and Schmid, 2011): the codes of all vectors, compared one and
 * all. As kind `opq`, after a rotation that makes the codes fit (Ge, He, Ke and Sun, 2013).
 */
export class PqIndex extends CodedIndex {
  readonly kind: 'pq' | 'opq';

  /** @throws `corrupt` where the ids are none, `out-of-memory` */
  static of(kernels: Kernels, space: VectorSpace, parts: CodedParts): PqIndex {
    return OwnedBlocks.use(kernels, (memory) => new PqIndex(memory, space, parts));
  }

  /** Use `of`, which gives the memory back where this fails. */
  constructor(memory: OwnedBlocks, space: VectorSpace, parts: CodedParts) {
    super(memory, space, parts);
    this.kind = parts.rotation ? 'opq' : 'pq';
  }

  protected rowsScanned(): number {
    // All are scanned whatever the filter: rows are compared one by one only where they are few.
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
    // A code is the whole vector's.
  }

  protected coarseView(): null {
    return null;
  }
}
