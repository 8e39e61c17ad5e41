import { describe, expect, it } from 'vitest';
import {
  between,
  boundsOf,
  fitted,
  kept,
  type Pixels,
  panned,
  seen,
  toCanvas,
  toMap,
  type View,
  zoomed,
} from './view.ts';

const SIZE: Pixels = [800, 600];
const VIEW: View = { x: 0.2, y: 0.4, scale: 500 };
const ALL = { x0: 0, y0: 0, x1: 1, y1: 1 };

describe('view', () => {
  it('goes to the canvas and back', () => {
    const [x, y] = toMap(VIEW, SIZE, toCanvas(VIEW, SIZE, 0.7, 0.1));
    expect(x).toBeCloseTo(0.7, 12);
    expect(y).toBeCloseTo(0.1, 12);
  });

  it('fits a rectangle into what the panels leave free', () => {
    const view = fitted(ALL, SIZE, { top: 80, right: 300, bottom: 20, left: 0 });
    const [left, top] = toCanvas(view, SIZE, 0, 0);
    const [right, bottom] = toCanvas(view, SIZE, 1, 1);
    expect(view.scale).toBe(500);
    expect([left, top, right, bottom]).toEqual([0, 80, 500, 580].map((n) => expect.closeTo(n, 9)));
  });

  it('fits a single point without dividing by zero', () => {
    const view = fitted({ x0: 0.3, y0: 0.3, x1: 0.3, y1: 0.3 }, SIZE, {
      top: 0,
      right: 0,
      bottom: 0,
      left: 0,
    });
    expect(view.x).toBeCloseTo(0.3, 9);
    expect(Number.isFinite(view.scale)).toBe(true);
  });

  it('moves what is under the pointer with it', () => {
    const [px, py] = toCanvas(VIEW, SIZE, 0, 0);
    const [qx, qy] = toCanvas(panned(VIEW, 30, -12), SIZE, 0, 0);
    expect(qx - px).toBeCloseTo(30, 9);
    expect(qy - py).toBeCloseTo(-12, 9);
  });

  it.each([2, 0.5, 1e6, 1e-6])('keeps the point at the cursor when zooming by %d', (factor) => {
    const at: Pixels = [650, 90];
    const [x, y] = toMap(VIEW, SIZE, at);
    const next = zoomed(VIEW, SIZE, at, factor, 400);
    expect(next.scale).toBe(Math.min(160_000, Math.max(200, 500 * factor)));
    const [px, py] = toCanvas(next, SIZE, x, y);
    expect(px).toBeCloseTo(650, 6);
    expect(py).toBeCloseTo(90, 6);
  });

  it('keeps a point that two views share in place on the way between them', () => {
    const at: Pixels = [200, 500];
    const [x, y] = toMap(VIEW, SIZE, at);
    const to = zoomed(VIEW, SIZE, at, 8, 500);
    for (const share of [0, 0.25, 0.7, 1]) {
      const [px, py] = toCanvas(between(VIEW, to, share), SIZE, x, y);
      expect(px).toBeCloseTo(200, 6);
      expect(py).toBeCloseTo(500, 6);
    }
    expect(between(VIEW, { ...VIEW, x: 0.6 }, 0.5).x).toBeCloseTo(0.4, 9);
  });

  it('stays on the map', () => {
    expect(kept({ x: 7, y: Number.NaN, scale: 10 }, ALL)).toEqual({ x: 1, y: 0.5, scale: 10 });
  });

  it('knows what is seen', () => {
    const { x0, y1 } = seen(VIEW, SIZE, 100);
    expect([x0, y1]).toEqual([-0.8, 1.2].map((n) => expect.closeTo(n, 9)));
  });

  it('bounds some points, or all', () => {
    const positions = Float32Array.of(0.25, 0.5, 0.75, 0.25, 0.5, 1);
    expect(boundsOf(positions)).toEqual({ x0: 0.25, y0: 0.25, x1: 0.75, y1: 1 });
    expect(boundsOf(positions, [0])).toEqual({ x0: 0.25, y0: 0.5, x1: 0.25, y1: 0.5 });
    expect(boundsOf(positions, [])).toEqual(ALL);
  });
});
