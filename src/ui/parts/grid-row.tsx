import { memo } from 'react';
import type { PhotoId } from '../../protocol/index.ts';
import { type JustifyOptions, type Rows, rowBoxes, rowHeight } from '../pure/justify.ts';
import { Tile } from './tile.tsx';

interface GridRowProps {
  row: number;
  top: number;
  ids: Uint32Array;
  aspects: Float32Array;
  rows: Rows;
  options: JustifyOptions;
  /** Index of the photo that Tab comes to, -1 where it is in another row. */
  current: number;
  selected: ReadonlySet<PhotoId>;
  hrefOf: (id: PhotoId) => string;
}

export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { row, top, ids, aspects, rows, options, current, selected, hrefOf } = props;
  const start = rows.starts[row]!;
  const height = rowHeight(rows, row, options.gap);
  return (
    <div
      className="grid-row"
      role="presentation"
      style={{ height, transform: `translateY(${top}px)` }}
    >
      {rowBoxes(rows, aspects, row, options).map((box, i) => {
        const id = ids[start + i]!;
        return (
          <Tile
            key={id}
            id={id}
            index={start + i}
            total={ids.length}
            left={box.left}
            width={box.width}
            height={height}
            href={hrefOf(id)}
            current={start + i === current}
            selected={selected.has(id)}
          />
        );
      })}
    </div>
  );
});
