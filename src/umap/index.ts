/** Maps of samples in the plane. Pure, like `ann`: runs in a page, a worker or Node. */

export { alignTo } from './alignTo.ts';
export { NONE } from './densityClusters.ts';
export { fuzzyGraph, type Neighbours } from './fuzzyGraph.ts';
export { type Layout, layOut } from './layOut.ts';
export { optimizeLayout } from './optimizeLayout.ts';
export { type PlacedNeighbour, placeSample } from './placeSample.ts';
export { trustworthiness } from './trustworthiness.ts';
