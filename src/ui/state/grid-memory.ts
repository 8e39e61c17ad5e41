import type { PhotoId } from '../../protocol/index.ts';

/** Where a grid was left, so that it comes back as it was. Written as the grid is used. */
export interface GridMemory {
  /** The photo at the top of what is seen, and how many pixels of its row are above. */
  top: { id: PhotoId; offset: number } | null;
  current: PhotoId | null;
  /** Whether the current photo takes the focus: as soon as it is drawn, or once photos are gone. */
  refocus: 'no' | 'now' | 'after-change';
}

export function newGridMemory(): GridMemory {
  return { top: null, current: null, refocus: 'no' };
}
