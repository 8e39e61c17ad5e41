import { part } from '../parts/lazy-part.ts';

/** Sections of the settings, each large enough for a script of its own. */
export const settingParts = {
  indexSection: part(() => import('./indexing/index-section.tsx')),
  modelsSection: part(() => import('./models/models-section.tsx')),
  facesSection: part(() => import('./faces/faces-section.tsx')),
};
