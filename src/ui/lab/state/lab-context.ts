import { createContext, useContext } from 'react';
import type { LabSample, PhotoId } from '../../../protocol/index.ts';
import type { LabChapter } from '../../pure/route.ts';

/** What all chapters share. */
export interface LabState {
  readonly sample: LabSample;
  /** Results per search: fewer in small libraries, where ten may be a quarter of all photos. */
  readonly k: number;
  /** The photo searched for, of the sample. */
  readonly photo: PhotoId;
  readonly searchFor: (photo: PhotoId) => void;
  readonly chapter: LabChapter;
  /** From 1 on, as in the URL; may be beyond the chapter's last. */
  readonly step: number;
  readonly goTo: (step: number) => void;
}

export const LabContext = createContext<LabState | null>(null);

export function useLab(): LabState {
  const state = useContext(LabContext);
  if (state === null) throw new Error('no Lab around this component');
  return state;
}

/** Where a photo of the sample lies on its plane. */
export function placeOf(
  { ids, plane }: LabSample,
  photo: PhotoId,
): readonly [u: number, v: number] {
  const row = ids.indexOf(photo);
  return [plane[2 * row]!, plane[2 * row + 1]!];
}
