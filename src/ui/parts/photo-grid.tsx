import { useRef } from 'react';
import type { PhotoId } from '../../protocol/index.ts';
import type { Selection } from '../state/selection.ts';
import { useWidth } from '../state/use-width.ts';
import { GridRows } from './grid-rows.tsx';
import './photo-grid.css';

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

export interface PhotoGridProps {
  /** (n) ascending. */
  readonly ids: Uint32Array;
  /** (n) width / height. */
  readonly aspects: Float32Array;
  readonly label: string;
  readonly memory: GridMemory;
  readonly selection: Selection;
  readonly hrefOf: (id: PhotoId) => string;
  /** What a click and Enter do where no photos are being selected. */
  readonly onOpen: (id: PhotoId) => void;
  /** What the Delete key does. */
  readonly onDelete: (ids: readonly PhotoId[]) => void;
}

/** Photos in justified rows, only those in view on the page: it stays smooth at 100,000. */
export function PhotoGrid(props: PhotoGridProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const width = useWidth(scroller);
  return (
    <div className="grid-scroller" ref={scroller}>
      {width > 0 && <GridRows {...props} width={width} scroller={scroller} />}
    </div>
  );
}
