import { describe, expect, it } from 'vitest';
import { iou, isBoxInside } from './boxes.ts';

const box = (x: number, y: number, width: number, height: number) => ({ x, y, width, height });

describe('iou', () => {
  it('is 1 for identical boxes, 0 for boxes that only touch and 1/3 for boxes offset by half', () => {
    expect(iou(box(0, 0, 2, 2), box(0, 0, 2, 2))).toBe(1);
    expect(iou(box(0, 0, 2, 2), box(1, 0, 2, 2))).toBeCloseTo(1 / 3, 12);
    expect(iou(box(0, 0, 2, 2), box(2, 0, 2, 2))).toBe(0);
    expect(iou(box(0, 0, 2, 2), box(0, 2, 2, 2))).toBe(0);
  });

  it('is 0 for boxes without area', () => {
    expect(iou(box(1, 1, 0, 0), box(1, 1, 0, 0))).toBe(0);
    expect(iou(box(0, 0, 0, 5), box(0, 0, 0, 5))).toBe(0);
  });
});

describe('isBoxInside', () => {
  it('accepts boxes with an area inside the picture, up to all of it', () => {
    expect(isBoxInside(box(0, 0, 1, 1))).toBe(true);
    expect(isBoxInside(box(0.1, 0.2, 1e-9, 0.8))).toBe(true);
    // 0.7 + 0.3 is below 1 in floating point, and 0.1 + 0.2 + 0.7 above.
    expect(isBoxInside(box(0.1 + 0.2, 0, 0.7, 1))).toBe(true);
  });

  it.each([
    [box(0, 0, 0, 1)],
    [box(0, 0, 1, -0.5)],
    [box(-0.1, 0, 0.5, 0.5)],
    [box(0.6, 0, 0.5, 0.5)],
    [box(2, 2, 0.5, 0.5)],
    [box(Number.NaN, 0, 0.5, 0.5)],
    [box(0, 0, Number.POSITIVE_INFINITY, 0.5)],
    [{ x: 0, y: 0, width: 1 }],
    [{ ...box(0, 0, 1, 1), x: '0' }],
    [[0, 0, 1, 1]],
    [null],
    [undefined],
  ])('refuses %j', (value) => {
    expect(isBoxInside(value)).toBe(false);
  });
});
