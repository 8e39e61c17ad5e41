import { invariant } from '../../../base/checks.ts';
import { checkRescore, checkRescoreSq8 } from '../checkRescore.ts';
import type { RescoreKernels } from '../rescore.ts';
import type { AddressOf, WasmModule } from './wasm.ts';

/** The re-ranking kernels of the WebAssembly module. */
export function rescoreKernels(wasm: WasmModule, address: AddressOf): RescoreKernels {
  return {
    rescore(metric, query, rows, list, count, ids, topK) {
      checkRescore(query, rows, list, count, ids, topK);
      const done = wasm.rescore(
        metric === 'ip' ? 1 : 0,
        address(query),
        address(rows.block) + 4 * rows.offset,
        4 * rows.stride,
        rows.d,
        rows.count,
        address(list),
        count,
        ids === null ? 0 : address(ids),
        address(topK),
      );
      invariant(done !== 0, 'the list names a row that is not there');
    },

    rescoreSq8(list, count, scan, d, query16, factor, norms, base, topK) {
      const rowEnd = checkRescoreSq8(list, count, scan, d, query16, norms, topK);
      const done = wasm.rescoreSq8(
        address(list),
        count,
        rowEnd,
        address(scan.codes),
        scan.ids === null ? 0 : address(scan.ids),
        scan.skip === null ? 0 : address(scan.skip),
        d,
        address(query16),
        factor,
        norms === null ? 0 : address(norms),
        base,
        address(topK),
      );
      invariant(done !== 0, 'the list names a row that is not there');
    },
  };
}
