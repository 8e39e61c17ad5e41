import { part } from '../lazy-part.ts';

/** Chunks of the viewer that are needed only on request. */
export const viewerParts = {
  why: part(() => import('./why.tsx')),
};
