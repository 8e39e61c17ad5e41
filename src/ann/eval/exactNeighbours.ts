import { checkInteger } from '../../base/checks.ts';
import type { Metric } from '../index/vectorIndex.ts';
import type { Block, Kernels } from '../kernels/kernels.ts';
import { float32View, uint32View } from '../kernels/kernels.ts';
import { readTopK, resetTopK, topKBytes } from '../kernels/topK.ts';
import type { LabelledVectors } from './groundTruth.ts';

/** Bytes of rows per chunk, small enough to stay in a core's cache while all queries scan it. */
const CHUNK_BYTES = 512 * 1024;

/**
 * Finds the true nearest neighbours of many queries by exact scans with the kernels: the fast
 * counterpart of `groundTruth`, for sets where a plain sort would take hours. Sums are float32, so
 * neighbours whose distances differ by less than the kernels' tolerance may come in another order.
 *
 * Each chunk of rows passes through the cache once and is compared with all queries, several times
 * faster than scanning everything for each query.
 *
 * @param base finite vectors; its ids from 1
 * @param queries `m × d`, row-major
 * @returns `m × k` ids, each row best first, ties by lower id, padded with 0
 * @throws `invalid-argument` (`k`, or mismatched lengths), `out-of-memory`
 */
export function exactNeighbours(
  kernels: Kernels,
  metric: Metric,
  base: LabelledVectors,
  queries: Float32Array,
  k: number,
): Uint32Array<ArrayBuffer> {
  const { d, ids, vectors } = base;
  checkInteger('k', k, 1, 0xffffffff);
  checkInteger('components of the base', vectors.length, ids.length * d, ids.length * d);
  const m = checkInteger('queries', queries.length / d, 0, 0xffffffff);
  const chunkRows = Math.max(1, Math.min(ids.length, Math.floor(CHUNK_BYTES / (4 * d))));
  const blocks: Block[] = [];
  const alloc = (byteLength: number): Block => {
    const block = kernels.alloc(byteLength);
    blocks.push(block);
    return block;
  };
  try {
    const scan = { vectors: alloc(4 * chunkRows * d), ids: alloc(4 * chunkRows), skip: null, d };
    const searches = Array.from({ length: m }, () => ({
      query: alloc(4 * d),
      topK: alloc(topKBytes(Math.min(k, ids.length))),
    }));
    searches.forEach(({ query, topK }, i) => {
      float32View(query, d).set(queries.subarray(i * d, (i + 1) * d));
      resetTopK(topK, Math.min(k, ids.length));
    });
    const scanRows = metric === 'ip' ? kernels.scanIp : kernels.scanL2sq;
    for (let from = 0; from < ids.length; from += chunkRows) {
      const rowCount = Math.min(chunkRows, ids.length - from);
      float32View(scan.vectors, rowCount * d).set(
        vectors.subarray(from * d, (from + rowCount) * d),
      );
      const chunkIds = uint32View(scan.ids, rowCount);
      for (let row = 0; row < rowCount; row++) chunkIds[row] = ids[from + row]!;
      for (const { query, topK } of searches) {
        scanRows({ ...scan, query, firstRow: 0, rowCount }, topK);
      }
    }
    const found = new Uint32Array(m * k);
    searches.forEach(({ topK }, i) => {
      found.set(readTopK(topK).ids, i * k);
    });
    return found;
  } finally {
    for (const block of blocks) kernels.free(block);
  }
}
