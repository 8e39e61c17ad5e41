/**
 * The WebAssembly SIMD twin of `../scalar.ts`. What each function must answer is written at the
 * `Kernels` interface in `../kernels.ts`; here is only how. Every argument that names data is an
 * address in the module's one memory, which the caller lays out: nothing is allocated here.
 */

export { assign, assign } from './assign';
export { bareScan } from './bare';
export { lutBias, lutScale, quantizeTable, scanPq4 } from './pq4';
export { scanPq8 } from './pq8';
export { rescore } from './rescore';
export { scanIp, scanL2sq } from './scan';
export { encodeSq8, prepareSq8, rescoreSq8, scanSq8 } from './sq8';
export { sumWords } from './sumWords';
export { ipTable, l2sqTable } from './tables';
export { transform } from './transform';

/** The first address that the caller may lay blocks out from. */
export function heapBase(): usize {
  return __heap_base;
}
