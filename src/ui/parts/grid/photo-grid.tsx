import { useRef } from 'react';
import { useWidth } from '../../state/hooks/use-width.ts';
import { GridRows, type PhotoGridProps } from './grid-rows.tsx';
import './photo-grid.css';

/** Photos in justified rows, virtualized: stays smooth with 100,000 photos. */
export function PhotoGrid(props: PhotoGridProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const width = useWidth(scroller);
  return (
    <div className="grid-scroller" ref={scroller}>
      {width > 0 && <GridRows {...props} width={width} scroller={scroller} />}
    </div>
  );
}
