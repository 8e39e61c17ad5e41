import { describe, expect, it } from 'vitest';
import { boxBetween, boxStyle, firstBox, largestFirst, movedBox, resizedBox } from './face-box.ts';

describe('boxBetween', () => {
  it('accepts corners in any order and clips to the picture', () => {
    const box = boxBetween({ x: 0.75, y: 1.4 }, { x: 0.25, y: 0.5 });
    expect(box).toEqual({ x: 0.25, y: 0.5, width: 0.5, height: 0.5 });
    expect(boxBetween({ x: -1, y: -1 }, { x: 2, y: 2 })).toEqual({
      x: 0,
      y: 0,
      width: 1,
      height: 1,
    });
  });

  it('returns null for a box that is too small, outside or invalid', () => {
    expect(boxBetween({ x: 0.5, y: 0.5 }, { x: 0.505, y: 0.9 })).toBeNull();
    expect(boxBetween({ x: 1.2, y: 0 }, { x: 1.5, y: 1 })).toBeNull();
    expect(boxBetween({ x: Number.NaN, y: 0 }, { x: 0.5, y: 1 })).toBeNull();
  });
});

it.each([0.1, 0.5, 1, 1.5, 6])(
  'starts with an upright box inside a picture of aspect ratio %s',
  (a) => {
    const { x, y, width, height } = firstBox(a);
    expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
    expect(Math.max(x + width, y + height)).toBeLessThanOrEqual(1);
    expect(width * a).toBeLessThan(height);
  },
);

it('keeps a moved or resized box inside the picture', () => {
  const box = { x: 0.5, y: 0.5, width: 0.25, height: 0.25 };
  expect(movedBox(box, 1, -1)).toEqual({ ...box, x: 0.75, y: 0 });
  expect(resizedBox(box, 1, -1)).toEqual({ ...box, width: 0.5, height: 0.01 });
});

it('clips the displayed box to the picture', () => {
  expect(boxStyle({ x: -0.2, y: 0.25, width: 2, height: 0.5 })).toEqual({
    left: '0%',
    top: '25%',
    width: '100%',
    height: '50%',
  });
});

it('sorts faces from largest to smallest', () => {
  const faces = [0.1, 0.5, 0.3].map((s) => ({ box: { x: 0, y: 0, width: s, height: s } }));
  expect(largestFirst(faces).map(({ box }) => box.width)).toEqual([0.5, 0.3, 0.1]);
});
