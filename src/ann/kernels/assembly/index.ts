/**
 * The WebAssembly SIMD twin of `../scalar.ts`. The `Kernels` interface in `../kernels.ts` specifies
 * what each function returns. Data arguments are addresses in the module's memory, which the caller
 * lays out: nothing is allocated here.
 */

export { assign, assign } from './assign';
export { bareScan } from './bare';
export { connect, relink } from './graphConnect';
export { graphLinks } from './graphLinks';
export { graphCompared, graphQuery, graphQueryRow, graphRows } from './graphRows';
export { graphHops, searchLayer } from './graphWalk';
export { scanHamming } from './hamming';
export { lutBias, lutScale, quantizeTable, scanPq4 } from './pq4';
export { scanPq8 } from './pq8';
export { rescore } from './rescore';
export { scanIp, scanL2sq } from './scan';
export { encodeSq8, prepareSq8, rescoreSq8, scanSq8 } from './sq8';
export { sumWords } from './sumWords';
export { ipTable, l2sqTable } from './tables';
export { transform } from './transform';

/** The first address available to the caller. */
export function heapBase(): usize {
  return __heap_base;
}
