import type { LookReport, SeenFace } from './contract.ts';

/** A good face comes before an unsure one, then a large one before a small one. */
const rank = (face: SeenFace): number => face.sizePx + (face.quality === 'good' ? 1e6 : 0);

/** The face that stands for a photo. */
export const foremost = ({ faces }: LookReport): SeenFace | null =>
  faces.reduce<SeenFace | null>((a, b) => (a === null || rank(b) > rank(a) ? b : a), null);
