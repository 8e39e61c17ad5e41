import { part } from '../lazy-part.ts';

/** Chunks that are needed only to export vectors. */
export const exportParts = {
  exportVectors: part(() => import('./export-vectors.tsx')),
};
