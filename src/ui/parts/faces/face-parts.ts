import { part } from '../lazy-part.ts';

/** Parts of the photo screen needed only with face recognition on. */
export const faceParts = {
  photoFaces: part(() => import('./photo-faces.tsx')),
  similarAmong: part(() => import('./similar-among.tsx')),
  facePanel: part(() => import('./face-panel.tsx')),
};
