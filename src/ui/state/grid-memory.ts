import type { PhotoId } from '../../protocol/index.ts';

/** Scroll, focus and anchor state of a grid, restored on return. Updated as the grid is used. */
export interface GridMemory {
  /** The topmost visible photo, and how many pixels of its row are scrolled out. */
  top: { id: PhotoId; offset: number } | null;
  current: PhotoId | null;
  /** The photos as last rendered, if not ordered by id; used to locate removed ones. */
  drawn: Uint32Array | null;
  /** When to focus the current photo: as soon as it renders, or once photos are removed. */
  refocus: 'no' | 'now' | 'after-change';
}

export function newGridMemory(): GridMemory {
  return { top: null, current: null, drawn: null, refocus: 'no' };
}

/** Maximum number of named grids remembered; the least recently left is dropped first. */
const MOST_REMEMBERED = 30;
const remembered = new Map<string, GridMemory>();

/** The memory of a grid that is recreated with its screen. */
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
