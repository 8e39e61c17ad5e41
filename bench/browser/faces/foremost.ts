import type { LookReport, SeenFace } from './contract.ts';

/** Good faces rank before unsure ones, then larger before smaller ones. */
const rank = (face: SeenFace): number => face.sizePx + (face.quality === 'good' ? 1e6 : 0);

/** The main face of a photo. */
export const foremost = ({ faces }: LookReport): SeenFace | null =>
  faces.reduce<SeenFace | null>((a, b) => (a === null || rank(b) > rank(a) ? b : a), null);
