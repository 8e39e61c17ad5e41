import { checkHamming } from '../checkCodes.ts';
import type { HammingKernels } from '../hamming.ts';
import type { AddressOf, WasmModule } from './wasm.ts';

/** The kernels of binary codes in the WebAssembly module. */
export function hammingKernels(wasm: WasmModule, address: AddressOf): HammingKernels {
  return {
    scanHamming(scan, capacity, best) {
      checkHamming(scan, capacity, best);
      const scanned = wasm.scanHamming(
        address(scan.codes),
        scan.skip === null ? 0 : address(scan.skip),
        scan.rowCount,
        address(scan.query),
        scan.codeBytes,
        capacity,
        address(best),
      );
      return scanned >>> 0;
    },
  };
}
