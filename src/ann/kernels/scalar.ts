import { invariant } from '../../base/checks.ts';
import { AkinError } from '../../base/errors.ts';
import {
  checkEncodeSq8,
  checkHamming,
  checkPq4,
  checkPq8,
  checkPrepareSq8,
  checkQuantize,
  checkSq8,
  checkTable,
} from './checkCodes.ts';
import { checkRescore, checkRescoreSq8 } from './checkRescore.ts';
import { checkBare, checkScan } from './checkScan.ts';
import { checkAssign, checkTransform } from './checkTraining.ts';
import type { Block, Kernels, Scan } from './kernels.ts';
import { uint32View } from './kernels.ts';
import { bareScan, l2sq, negativeIp, scanRows } from './scalar/exact.ts';
import { graphKernels } from './scalar/graph.ts';
import { scanHamming } from './scalar/hamming.ts';
import { ipTable, l2sqTable, quantizeTable, scanPq4, scanPq8 } from './scalar/pq.ts';
import { rescore, rescoreSq8 } from './scalar/rescore.ts';
import { encodeSq8, prepareSq8, scanSq8 } from './scalar/sq8.ts';
import { assign, transform } from './scalar/training.ts';

/** The kernels in plain TypeScript: the reference, and the fallback without SIMD. */
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

    bareScan(query, vectors, d, rowCount) {
      own(query, vectors);
      checkBare(query, vectors, d, rowCount);
      return bareScan(query, vectors, d, rowCount);
    },

    ipTable(query, pqCentroids, shape, table) {
      own(query, pqCentroids, table);
      checkTable(query, pqCentroids, shape, table);
      ipTable(query, pqCentroids, shape, table);
    },

    l2sqTable(query, pqCentroids, shape, table) {
      own(query, pqCentroids, table);
      checkTable(query, pqCentroids, shape, table);
      l2sqTable(query, pqCentroids, shape, table);
    },

    quantizeTable(table, M, lut) {
      own(table, lut);
      checkQuantize(table, M, lut);
      return quantizeTable(table, M, lut);
    },

    scanPq8(scan, table, M, base, norms, topK) {
      own(scan.codes, scan.ids, scan.skip, table, norms, topK);
      checkPq8(scan, table, M, norms, topK);
      return scanPq8(scan, table, M, base, norms, topK);
    },

    scanPq4(scan, lut, M, scale, base, norms, topK) {
      own(scan.codes, scan.ids, scan.skip, lut, norms, topK);
      checkPq4(scan, lut, M, norms, topK);
      return scanPq4(scan, lut, M, scale, base, norms, topK);
    },

    encodeSq8(rows, scales, codes) {
      own(rows.block, scales, codes);
      checkEncodeSq8(rows, scales, codes);
      encodeSq8(rows, scales, codes);
    },

    prepareSq8(query, scales, d, query16) {
      own(query, scales, query16);
      checkPrepareSq8(query, scales, d, query16);
      return prepareSq8(query, scales, d, query16);
    },

    scanSq8(scan, d, query16, factor, norms, base, topK) {
      own(scan.codes, scan.ids, scan.skip, query16, norms, topK);
      checkSq8(scan, d, query16, norms, topK);
      return scanSq8(scan, d, query16, factor, norms, base, topK);
    },

    scanHamming(scan, capacity, best) {
      own(scan.codes, scan.query, scan.skip, best);
      checkHamming(scan, capacity, best);
      return scanHamming(scan, capacity, best);
    },

    rescore(metric, query, rows, list, count, ids, topK) {
      own(query, rows.block, list, ids, topK);
      checkRescore(query, rows, list, count, ids, topK);
      rescore(metric, query, rows, list, count, ids, topK);
    },

    rescoreSq8(list, count, scan, d, query16, factor, norms, base, topK) {
      own(list, scan.codes, scan.ids, scan.skip, query16, norms, topK);
      const rowEnd = checkRescoreSq8(list, count, scan, d, query16, norms, topK);
      rescoreSq8(list, count, rowEnd, scan, d, query16, factor, norms, base, topK);
    },

    ...graphKernels(own),
  };
}

function allocate(byteLength: number): ArrayBuffer {
  try {
    return new ArrayBuffer(byteLength);
  } catch (cause) {
    throw new AkinError('out-of-memory', `no memory for ${byteLength} bytes`, { cause });
  }
}
