import { type Kernels, scalarKernels, simdKernels } from '../../ann/index.ts';
import wasmUrl from '../../ann/kernels/build/kernels.wasm?url';

/** The SIMD kernels, or the scalar reference if the browser has no WebAssembly SIMD. */
export async function loadKernels(): Promise<Kernels> {
  try {
    const response = await fetch(wasmUrl);
    const { instance } = await WebAssembly.instantiate(await response.arrayBuffer());
    return simdKernels(instance.exports as unknown as Parameters<typeof simdKernels>[0]);
  } catch {
    // Slower but equally correct: the page shows which of the two is in use.
    return scalarKernels();
  }
}
