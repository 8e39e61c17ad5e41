import type { PhotoId } from '../../protocol/index.ts';

/** Where a grid was left, so that it comes back as it was. Written as the grid is used. */
export interface GridMemory {
  /** The photo at the top of what is seen, and how many pixels of its row are above. */
  top: { id: PhotoId; offset: number } | null;
  current: PhotoId | null;
  /** The photos as they were last drawn, where they are not by id: what is gone is found by them. */
  drawn: Uint32Array | null;
  /** Whether the current photo takes the focus: as soon as it is drawn, or once photos are gone. */
  refocus: 'no' | 'now' | 'after-change';
}

export function newGridMemory(): GridMemory {
  return { top: null, current: null, drawn: null, refocus: 'no' };
}

/** Grids that are remembered by name; the one left longest ago is forgotten first. */
const MOST_REMEMBERED = 30;
const remembered = new Map<string, GridMemory>();

/** The memory of a grid that is made anew each time its screen is. */
export function gridMemoryOf(name: string): GridMemory {
  const memory = remembered.get(name) ?? newGridMemory();
  remembered.delete(name);
  remembered.set(name, memory);
  for (const oldest of remembered.keys()) {
    if (remembered.size <= MOST_REMEMBERED) break;
    remembered.delete(oldest);
  }
  return memory;
}
