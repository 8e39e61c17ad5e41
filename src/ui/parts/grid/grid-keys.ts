import {
  type JustifyOptions,
  nearestInRow,
  type Rows,
  rowBoxes,
  rowOf,
} from '../../pure/gallery/justify.ts';

/** Layout of a photo grid, for keyboard navigation. */
export interface GridShape {
  readonly rows: Rows;
  readonly aspects: Float32Array;
  readonly options: JustifyOptions;
  /** Height of the visible part, in pixels. */
  readonly viewHeight: number;
}

/**
 * The photo that a key moves to from `photo`; `null` if the key doesn't move. Up and Down go to the
 * photo whose centre is nearest; a page is the visible height less one row.
 */
export function photoAfterKey(key: string, from: number, shape: GridShape): number | null {
  const last = shape.aspects.length - 1;
  switch (key) {
    case 'ArrowLeft':
      return Math.max(0, from - 1);
    case 'ArrowRight':
      return Math.min(last, from + 1);
    case 'Home':
      return 0;
    case 'End':
      return last;
    case 'ArrowUp':
      return vertically(from, -1, shape);
    case 'ArrowDown':
      return vertically(from, 1, shape);
    case 'PageUp':
      return vertically(from, -rowsAPage(shape), shape);
    case 'PageDown':
      return vertically(from, rowsAPage(shape), shape);
    default:
      return null;
  }
}

function rowsAPage({ viewHeight, rows }: GridShape): number {
  // Includes headings.
  const rowHeight = rows.tops[rows.count]! / rows.count;
  return Math.max(1, Math.floor(viewHeight / rowHeight) - 1);
}

function vertically(from: number, by: number, { rows, aspects, options }: GridShape): number {
  const row = rowOf(rows, from);
  const to = Math.max(0, Math.min(rows.count - 1, row + by));
  if (to === row) return by < 0 ? 0 : aspects.length - 1;
  const box = rowBoxes(rows, aspects, row, options)[from - rows.starts[row]!]!;
  return nearestInRow(rows, aspects, to, box.left + box.width / 2, options);
}
