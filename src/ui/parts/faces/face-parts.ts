import { part } from '../lazy-part.ts';

/** What a photo shows only where faces are looked for. */
export const faceParts = {
  photoFaces: part(() => import('./photo-faces.tsx')),
  similarAmong: part(() => import('./similar-among.tsx')),
  facePanel: part(() => import('./face-panel.tsx')),
};
