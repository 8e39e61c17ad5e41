import type { LabApi } from '../../../../engine/index.ts';
import type { LabAnswer, LabSample, LabScanTimes, PhotoId } from '../../../../protocol/index.ts';
import { t } from '../../../text/t.ts';
import { type Neighbor, neighborsOf } from '../../pure/neighbors.ts';

const PARTS = 10;
const EXACT = { kind: 'flat' } as const;

/** What a step of the chapter shows. */
export type BruteForceStep =
  | { readonly show: 'search'; readonly photos: number }
  | { readonly show: 'times'; readonly isExtended: boolean };

/** Searches of ever more photos, and then what that costs. */
export function bruteForceSteps({ ids }: Pick<LabSample, 'ids'>): readonly BruteForceStep[] {
  const parts = Math.min(PARTS, ids.length);
  return [
    ...Array.from({ length: parts }, (_, i) => ({
      show: 'search' as const,
      photos: Math.ceil(((i + 1) * ids.length) / parts),
    })),
    { show: 'times', isExtended: false },
    { show: 'times', isExtended: true },
  ];
}

export function searchRequest(photos: number, photo: PhotoId, k: number) {
  return { spec: EXACT, photos, photo, k };
}

/** What is drawn. */
export type BruteForceView =
  | { readonly show: 'search'; readonly photos: number; readonly answer: LabAnswer }
  | { readonly show: 'times'; readonly points: LabScanTimes['points'] };

export async function askSearch(
  lab: LabApi,
  photos: number,
  photo: PhotoId,
  k: number,
  signal: AbortSignal,
): Promise<BruteForceView> {
  const answer = await lab.search(searchRequest(photos, photo, k), { signal });
  return { show: 'search', photos, answer };
}

/** The true neighbors; those that aren't compared yet as ghosts. */
export function neighboursSoFar(answer: Pick<LabAnswer, 'ids' | 'truth'>): readonly Neighbor[] {
  return neighborsOf(answer, () => t('lab.bruteForce.notYet'));
}
