import { part } from '../parts/lazy-part.ts';

/** Settings sections large enough for their own chunk. */
export const settingParts = {
  indexSection: part(() => import('./indexing/index-section.tsx')),
  modelsSection: part(() => import('./models/models-section.tsx')),
  facesSection: part(() => import('./faces/faces-section.tsx')),
};
