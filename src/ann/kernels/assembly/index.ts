/**
 * The WebAssembly SIMD twin of `../scalar.ts`. What each function must answer is written at the
 * `Kernels` interface in `../kernels.ts`; here is only how. Every argument that names data is an
 * address in the module's one memory, which the caller lays out: nothing is allocated here.
 */

export { assign } from './assign';
export { scanIp, scanL2sq } from './scan';
export { sumWords } from './sumWords';
export { transform } from './transform';

/** The first address that the caller may lay blocks out from. */
export function heapBase(): usize {
  return __heap_base;
}
