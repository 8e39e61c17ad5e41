import { describe, expect, it } from 'vitest';
import { inPolygon } from './lasso.ts';
import { PointGrid } from './point-grid.ts';

/** Reproducible points, some of them at the same place or on the borders. */
function points(n: number): Float32Array {
  let state = 7;
  const random = () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state / 0x7fffffff;
  };
  const positions = Float32Array.from({ length: 2 * n }, random);
  positions.set([0, 0, 1, 1, 0.5, 0.5, 0.5, 0.5]);
  return positions;
}

const positions = points(3000);
const grid = new PointGrid(positions);
const all = Array.from({ length: 3000 }, (_, i) => i);
const x = (i: number) => positions[2 * i]!;
const y = (i: number) => positions[2 * i + 1]!;

describe('PointGrid', () => {
  it.each([
    { x0: 0.2, y0: 0.3, x1: 0.41, y1: 0.9 },
    { x0: -1, y0: -1, x1: 2, y1: 2 },
    { x0: 0.5, y0: 0.5, x1: 0.5, y1: 0.5 },
    { x0: 0.6, y0: 0.1, x1: 0.5, y1: 0.9 },
  ])('finds each point in $x0 to $x1 once', (rect) => {
    const found: number[] = [];
    grid.inRect(rect, (i) => found.push(i));
    expect(found.sort((a, b) => a - b)).toEqual(
      all.filter((i) => x(i) >= rect.x0 && x(i) <= rect.x1 && y(i) >= rect.y0 && y(i) <= rect.y1),
    );
  });

  it('finds the nearest point, if it is near enough', () => {
    for (const [px, py] of [
      [0.31, 0.77],
      [0.9, 0.02],
      [0.5, 0.5],
    ] as const) {
      const distance = (i: number) => Math.hypot(x(i) - px, y(i) - py);
      const nearest = all.reduce((a, b) => (distance(b) < distance(a) ? b : a));
      expect(grid.nearest(px, py, 0.2)).toBe(nearest);
    }
    expect(grid.nearest(5, 5, 0.1)).toBe(-1);
    expect(new PointGrid(new Float32Array(0)).nearest(0.5, 0.5, 1)).toBe(-1);
  });

  it('finds the points in a lasso', () => {
    const lasso = [0.1, 0.1, 0.8, 0.2, 0.9, 0.9, 0.4, 0.35, 0.2, 0.8];
    const found = grid.inLasso(lasso).sort((a, b) => a - b);
    expect(found.length).toBeGreaterThan(100);
    expect(found).toEqual(all.filter((i) => inPolygon(lasso, x(i), y(i))));
    expect(grid.inLasso([])).toEqual([]);
  });
});

describe('inPolygon', () => {
  const notched = [0, 0, 4, 0, 4, 4, 2, 1, 0, 4];

  it('knows inside, outside and a notch', () => {
    expect(inPolygon(notched, 1, 1)).toBe(true);
    expect(inPolygon(notched, 3, 1)).toBe(true);
    expect(inPolygon(notched, 2, 2)).toBe(false);
    expect(inPolygon(notched, 5, 1)).toBe(false);
    expect(inPolygon(notched, 1, -1)).toBe(false);
  });

  it('holds nothing with fewer than three corners', () => {
    expect(inPolygon([], 0, 0)).toBe(false);
    expect(inPolygon([0, 0, 2, 2], 1, 1)).toBe(false);
  });
});
