import { describe, expect, it } from 'vitest';
import { iou } from './boxes.ts';

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
