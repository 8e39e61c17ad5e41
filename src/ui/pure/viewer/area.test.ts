import { describe, expect, it } from 'vitest';
import { boxInTile, draggedArea } from './area.ts';
import { LEAST_SIDE } from './face-box.ts';

const area = { x: 0.2, y: 0.2, width: 0.4, height: 0.2 };
const at = (x: number, y: number) => ({ x, y });

describe('draggedArea', () => {
  it('moves a corner and leaves the opposite one', () => {
    const dragged = draggedArea(area, 'top-left', at(0.2, 0.2), at(0.1, 0.3));
    expect(dragged.x).toBeCloseTo(0.1);
    expect(dragged.y).toBeCloseTo(0.3);
    expect(dragged.x + dragged.width).toBeCloseTo(0.6);
    expect(dragged.y + dragged.height).toBeCloseTo(0.4);
  });

  it('turns over where a corner passes the opposite one', () => {
    const dragged = draggedArea(area, 'bottom-right', at(0.6, 0.4), at(0.1, 0.1));
    expect(dragged).toMatchObject({ x: expect.closeTo(0.1), y: expect.closeTo(0.1) });
    expect(dragged.x + dragged.width).toBeCloseTo(0.2);
  });

  it.each([
    ['top-left', at(0.6, 0.4)],
    ['bottom-right', at(0.2, 0.2)],
    ['bottom-left', at(0.6, 0.2)],
    ['bottom-right', at(9, 9)],
    ['top-left', at(-9, -9)],
    ['move', at(9, -9)],
    ['new', at(9, 9)],
  ] as const)('keeps an area inside the photo: %s to %j', (grip, to) => {
    const from = { x: 0.5, y: 0.5 };
    const offset = at(to.x + from.x - 0.6, to.y + from.y - 0.4);
    for (const dragged of [
      draggedArea(area, grip, from, to),
      draggedArea(area, grip, from, offset),
    ]) {
      const { x, y, width, height } = dragged;
      expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
      expect(Math.max(x + width, y + height)).toBeLessThanOrEqual(1 + 1e-9);
      expect(Math.min(width, height)).toBeGreaterThanOrEqual(LEAST_SIDE - 1e-9);
    }
  });

  it('starts a new area anywhere, but not by a click', () => {
    expect(draggedArea(area, 'new', at(0.7, 0.7), at(0.9, 0.8)).width).toBeCloseTo(0.2);
    expect(draggedArea(area, 'new', at(0.7, 0.7), at(0.7, 0.7))).toBe(area);
  });
});

describe('boxInTile', () => {
  it('is the box itself on a tile that shows the whole photo', () => {
    expect(boxInTile(area, 1.5, 1.5)).toEqual({
      x: expect.closeTo(0.2),
      y: expect.closeTo(0.2),
      width: expect.closeTo(0.4),
      height: expect.closeTo(0.2),
    });
  });

  it('is relative to the middle of a panorama, and clipped to it', () => {
    // A tile shows the middle half.
    expect(boxInTile({ x: 0.2, y: 0, width: 0.3, height: 1 }, 6, 3)).toEqual({
      x: 0,
      y: 0,
      width: expect.closeTo(0.5),
      height: 1,
    });
    expect(boxInTile({ x: 0, y: 0, width: 0.2, height: 1 }, 6, 3)).toBeNull();
  });
});
