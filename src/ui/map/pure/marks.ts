import type { Rect } from './view.ts';

/**
 * Which of some marks to draw so that none overlap, in their order: those before win.
 *
 * @param rects of the marks; `null` for those that aren't to be drawn
 */
export function withoutOverlaps(rects: readonly (Rect | null)[]): readonly number[] {
  const drawn: number[] = [];
  for (const [i, rect] of rects.entries()) {
    if (rect === null || drawn.some((j) => overlap(rects[j]!, rect))) continue;
    drawn.push(i);
  }
  return drawn;
}

function overlap(a: Rect, b: Rect): boolean {
  return a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1;
}
