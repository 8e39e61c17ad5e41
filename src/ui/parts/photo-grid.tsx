import { useRef } from 'react';
import type { PhotoId } from '../../protocol/index.ts';
import type { GridMemory } from '../state/grid-memory.ts';
import type { Selection } from '../state/selection.ts';
import { useWidth } from '../state/use-width.ts';
import { GridRows } from './grid-rows.tsx';
import './photo-grid.css';

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
