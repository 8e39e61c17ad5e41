import {
  checkEncodeSq8,
  checkPq4,
  checkPq8,
  checkPrepareSq8,
  checkQuantize,
  checkSq8,
  checkTable,
} from '../checkCodes.ts';
import type { PqKernels, Sq8Kernels } from '../codes.ts';
import { sq8QueryLimit } from '../codes.ts';
import type { AddressOf, WasmModule } from './wasm.ts';

/** The kernels of product-quantized codes in the WebAssembly module. */
export function pqKernels(wasm: WasmModule, address: AddressOf): PqKernels {
  return {
    ipTable(query, pqCentroids, shape, table) {
      checkTable(query, pqCentroids, shape, table);
      const { M, ksub, dsub } = shape;
      wasm.ipTable(address(query), address(pqCentroids), M, ksub, dsub, address(table));
    },

    l2sqTable(query, pqCentroids, shape, table) {
      checkTable(query, pqCentroids, shape, table);
      const { M, ksub, dsub } = shape;
      wasm.l2sqTable(address(query), address(pqCentroids), M, ksub, dsub, address(table));
    },

    quantizeTable(table, M, lut) {
      checkQuantize(table, M, lut);
      wasm.quantizeTable(address(table), M, address(lut));
      return { bias: wasm.lutBias(), scale: wasm.lutScale() };
    },

    scanPq8(scan, table, M, base, norms, topK) {
      checkPq8(scan, table, M, norms, topK);
      const scanned = wasm.scanPq8(
        address(scan.codes),
        scan.ids === null ? 0 : address(scan.ids),
        scan.skip === null ? 0 : address(scan.skip),
        scan.firstRow,
        scan.rowCount,
        address(table),
        M,
        base,
        norms === null ? 0 : address(norms),
        address(topK),
      );
      return scanned >>> 0;
    },

    scanPq4(scan, lut, M, scale, base, norms, topK) {
      checkPq4(scan, lut, M, norms, topK);
      const scanned = wasm.scanPq4(
        address(scan.codes),
        scan.ids === null ? 0 : address(scan.ids),
        scan.skip === null ? 0 : address(scan.skip),
        scan.firstRow,
        scan.rowCount,
        address(lut),
        M,
        scale,
        base,
        norms === null ? 0 : address(norms),
        address(topK),
      );
      return scanned >>> 0;
    },
  };
}

/** The kernels of 8-bit scalar codes in the WebAssembly module. */
export function sq8Kernels(wasm: WasmModule, address: AddressOf): Sq8Kernels {
  return {
    encodeSq8(rows, scales, codes) {
      checkEncodeSq8(rows, scales, codes);
      wasm.encodeSq8(
        address(rows.block) + 4 * rows.offset,
        4 * rows.stride,
        rows.d,
        rows.count,
        address(scales),
        address(codes),
      );
    },

    prepareSq8(query, scales, d, query16) {
      checkPrepareSq8(query, scales, d, query16);
      const limit = sq8QueryLimit(d);
      return wasm.prepareSq8(address(query), address(scales), d, limit, address(query16));
    },

    scanSq8(scan, d, query16, factor, norms, base, topK) {
      checkSq8(scan, d, query16, norms, topK);
      const scanned = wasm.scanSq8(
        address(scan.codes),
        scan.ids === null ? 0 : address(scan.ids),
        scan.skip === null ? 0 : address(scan.skip),
        scan.firstRow,
        scan.rowCount,
        d,
        address(query16),
        factor,
        norms === null ? 0 : address(norms),
        base,
        address(topK),
      );
      return scanned >>> 0;
    },
  };
}
