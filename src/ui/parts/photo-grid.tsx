import { useRef } from 'react';
import type { PhotoId } from '../../protocol/index.ts';
import type { Section } from '../pure/dated-photos.ts';
import type { PhotoOrder } from '../pure/photo-order.ts';
import type { GridMemory } from '../state/grid-memory.ts';
import type { Selection } from '../state/selection.ts';
import { useWidth } from '../state/use-width.ts';
import { GridRows } from './grid-rows.tsx';
import './photo-grid.css';

export interface PhotoGridProps {
  /** (n) ascending, but where `order` says otherwise. */
  readonly ids: Uint32Array;
  /** (n) width / height. */
  readonly aspects: Float32Array;
  /** Of these ids. */
  readonly order?: PhotoOrder | undefined;
  /** What stands under headings of its own, from the first photo on; no headings without them. */
  readonly sections?: readonly Section[] | undefined;
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
