import { describe, expect, it } from 'vitest';
import { apply, invert } from '../align/similarity.ts';
import type { Detection } from './blazeface.ts';
import { DETECT_SIDE } from './blazeface.ts';
import { isCut, tileViews, toPicture, wholeView } from './views.ts';

const corners = (width: number, height: number) => [
  { x: 0, y: 0 },
  { x: width, y: height },
];

const near = (value: number) => expect.closeTo(value, 8);

describe('wholeView', () => {
  it('fits the long side and centers the short one', () => {
    const { toInput } = wholeView(1024, 512);
    const [first, last] = corners(1024, 512).map((point) => apply(toInput, point));
    expect(first).toEqual({ x: near(0), y: near(64) });
    expect(last).toEqual({ x: near(256), y: near(192) });
  });

  it('fills half of the input when zoomed out', () => {
    const { toInput } = wholeView(512, 1024, 2);
    const [first, last] = corners(512, 1024).map((point) => apply(toInput, point));
    expect(first).toEqual({ x: near(96), y: near(64) });
    expect(last).toEqual({ x: near(160), y: near(192) });
  });

  it.each([0, 1, 2, 3])(
    'maps a detection back to the picture from a view rotated by %i quarter turns',
    (turns) => {
      const view = wholeView(1000, 600, 1, turns);
      const truth = { x: 700, y: 100, width: 120, height: 80 };
      const ends = corners(1, 1).map(({ x, y }) =>
        apply(view.toInput, { x: truth.x + x * truth.width, y: truth.y + y * truth.height }),
      );
      const seen: Detection = {
        score: 0.9,
        box: {
          x: Math.min(ends[0]!.x, ends[1]!.x),
          y: Math.min(ends[0]!.y, ends[1]!.y),
          width: Math.abs(ends[1]!.x - ends[0]!.x),
          height: Math.abs(ends[1]!.y - ends[0]!.y),
        },
        points: [apply(view.toInput, { x: 720, y: 130 })],
      };
      const { box, points } = toPicture(view, seen);
      expect(box).toEqual({ x: near(700), y: near(100), width: near(120), height: near(80) });
      expect(points[0]).toEqual({ x: near(720), y: near(130) });
    },
  );
});

describe('tileViews', () => {
  it.each([
    [1600, 1200, 4],
    [1600, 900, 2],
    [900, 1600, 2],
    [1000, 1000, 4],
    [4000, 300, 2],
    [1, 1, 4],
  ])('covers %i × %i pixels with %i tiles', (width, height, count) => {
    const tiles = tileViews(width, height);
    expect(tiles).toHaveLength(count);
    for (let i = 0; i <= 20; i++) {
      const point = { x: (i / 20) * width, y: (((7 * i) % 21) / 20) * height };
      const covers = tiles.some(({ toInput }) => {
        const { x, y } = apply(toInput, point);
        return Math.min(x, y) >= -1e-6 && Math.max(x, y) <= DETECT_SIDE + 1e-6;
      });
      expect(covers).toBe(true);
    }
  });

  it('maps each tile exactly to the whole input', () => {
    for (const { tile, toInput } of tileViews(1600, 1200)) {
      const back = invert(toInput);
      expect(apply(back, { x: 0, y: 0 })).toEqual({ x: near(tile.x), y: near(tile.y) });
      expect(apply(back, { x: 256, y: 256 })).toEqual({
        x: near(tile.x + tile.width),
        y: near(tile.y + tile.height),
      });
    }
  });
});

describe('isCut', () => {
  const [first, , , last] = tileViews(1600, 1200).map(({ tile }) => tile);
  const box = (x: number, y: number) => ({ x, y, width: 100, height: 100 });

  it('is true at a tile edge inside the picture', () => {
    expect(isCut(box(900, 300), first!, 1600, 1200)).toBe(true);
    expect(isCut(box(600, 300), last!, 1600, 1200)).toBe(true);
    expect(isCut(box(700, 200), last!, 1600, 1200)).toBe(true);
  });

  it('is false at the picture’s own edge and away from edges', () => {
    expect(isCut(box(-20, -20), first!, 1600, 1200)).toBe(false);
    expect(isCut(box(1550, 1150), last!, 1600, 1200)).toBe(false);
    expect(isCut(box(400, 400), first!, 1600, 1200)).toBe(false);
  });
});
