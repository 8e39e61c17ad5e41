import { checkAssign, checkTransform } from '../checkTraining.ts';
import type { TrainingKernels } from '../training.ts';
import type { AddressOf, WasmModule } from './wasm.ts';

/** The training kernels of the WebAssembly module. */
export function trainingKernels(wasm: WasmModule, address: AddressOf): TrainingKernels {
  return {
    assign(rows, centroids, nlist, cells, l2sq) {
      checkAssign(rows, centroids, nlist, cells, l2sq);
      wasm.assign(
        address(rows.block) + 4 * rows.offset,
        4 * rows.stride,
        rows.d,
        rows.count,
        address(centroids),
        nlist,
        address(cells),
        l2sq === null ? 0 : address(l2sq),
      );
    },

    transform(matrix, dOut, rows, out) {
      checkTransform(matrix, dOut, rows, out);
      wasm.transform(
        address(matrix),
        dOut,
        address(rows.block) + 4 * rows.offset,
        4 * rows.stride,
        rows.d,
        rows.count,
        address(out),
      );
    },
  };
}
