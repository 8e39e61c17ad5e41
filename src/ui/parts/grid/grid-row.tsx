import { memo } from 'react';
import type { PhotoId } from '../../../protocol/index.ts';
import { type JustifyOptions, type Rows, rowBoxes, rowHeight } from '../../pure/gallery/justify.ts';
import { Tile } from './tile.tsx';

interface GridRowProps {
  row: number;
  top: number;
  ids: Uint32Array;
  /** Number of photos in the grid. */
  total: number;
  aspects: Float32Array;
  rows: Rows;
  options: JustifyOptions;
  /** Index of the photo that is the tab stop; -1 if it is in another row. */
  current: number;
  selected: ReadonlySet<PhotoId>;
  hrefOf: (id: PhotoId) => string;
}

export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { row, top, ids, total, aspects, rows, options, current, selected, hrefOf } = props;
  const start = rows.starts[row]!;
  const height = rowHeight(rows, row, options.gap);
  return (
    <div
      className="grid-row"
      role="presentation"
      style={{ height, transform: `translateY(${top + rows.heads[row]!}px)` }}
    >
      {rowBoxes(rows, aspects, row, options).map((box, i) => {
        const id = ids[start + i]!;
        return (
          <Tile
            key={id}
            id={id}
            index={start + i}
            total={total}
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
}, looksTheSame);

/** An import updates the columns several times a second, but hardly any row changes. */
function looksTheSame(a: GridRowProps, b: GridRowProps): boolean {
  if (a.row !== b.row || a.top !== b.top || a.total !== b.total || a.current !== b.current)
    return false;
  if (a.options !== b.options || a.hrefOf !== b.hrefOf || a.rows.open[a.row] !== b.rows.open[b.row])
    return false;
  const start = a.rows.starts[a.row]!;
  const end = a.rows.starts[a.row + 1]!;
  if (b.rows.starts[b.row] !== start || b.rows.starts[b.row + 1] !== end) return false;
  if (a.rows.heads[a.row] !== b.rows.heads[b.row]) return false;
  if (rowHeight(a.rows, a.row, 0) !== rowHeight(b.rows, b.row, 0)) return false;
  for (let i = start; i < end; i++) {
    const id = a.ids[i]!;
    if (b.ids[i] !== id || b.aspects[i] !== a.aspects[i]) return false;
    if (a.selected.has(id) !== b.selected.has(id)) return false;
  }
  return true;
}
