import type { LabAnswer, PhotoId } from '../../../protocol/index.ts';
import type { StripPhoto } from '../frame/photo-strip.tsx';

/** One of the true nearest photos of a search. */
export type Neighbor = StripPhoto & { readonly state: 'found' | 'missed' };

/** The true nearest photos, the nearest first; those missed say why. */
export function neighborsOf(
  { ids, truth }: Pick<LabAnswer, 'ids' | 'truth'>,
  why: (id: PhotoId) => string,
): readonly Neighbor[] {
  const found = new Set(ids);
  return Array.from(truth, (id) =>
    found.has(id) ? { id, state: 'found' } : { id, state: 'missed', note: why(id) },
  );
}
