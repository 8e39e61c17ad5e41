import { safeProduct } from '../../../base/layout.ts';
import type { SectionSize } from '../../format/header.ts';
import { PARAM_COUNT, SECTION } from '../../format/header.ts';

/** The leading sections of every kind with cells; `undefined` if a size overflows. */
export function cellSizes(
  ntotal: number,
  d: number,
  nlist: number,
  cells = nlist,
): SectionSize[] | undefined {
  const coarseBytes = safeProduct(nlist, d, 4);
  const startBytes = safeProduct(cells + 1, 4);
  if (nlist === 0 || coarseBytes === undefined || startBytes === undefined) return undefined;
  return [
    { id: SECTION.params, byteLength: 4 * PARAM_COUNT },
    { id: SECTION.ids, byteLength: 4 * ntotal },
    { id: SECTION.coarse, byteLength: coarseBytes },
    { id: SECTION.cellStarts, byteLength: startBytes },
  ];
}
