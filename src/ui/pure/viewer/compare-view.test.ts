import { describe, expect, it } from 'vitest';
import { MOST_ZOOM, pannedBy, transformOf, WHOLE, zoomedBy } from './compare-view.ts';

describe('comparing pictures', () => {
  it('keeps the point under the pointer while zooming', () => {
    const at = { x: 0.2, y: -0.1 };
    const first = zoomedBy(WHOLE, 2, at);
    const second = zoomedBy(first, 1.7, at);
    for (const { zoom, x, y } of [first, second]) {
      expect(x + at.x / zoom).toBeCloseTo(0.7);
      expect(y + at.y / zoom).toBeCloseTo(0.4);
    }
    // Back again, it is the whole.
    expect(zoomedBy(second, 1 / 3.4, at)).toEqual(WHOLE);
  });

  it('moves the point between two fingers with them', () => {
    const to = { x: 0.1, y: 0 };
    const { zoom, x } = zoomedBy({ zoom: 4, x: 0.5, y: 0.5 }, 1, { x: 0, y: 0 }, to);
    expect(x + to.x / zoom).toBeCloseTo(0.5);
  });

  it('never leaves the pictures, nor goes beyond the largest zoom', () => {
    const zoomed = zoomedBy(WHOLE, 1000, { x: 0.5, y: 0.5 });
    expect(zoomed.zoom).toBe(MOST_ZOOM);
    const panned = pannedBy(zoomed, { x: 99, y: -99 });
    expect(panned.x).toBeCloseTo(0.5 / MOST_ZOOM);
    expect(panned.y).toBeCloseTo(1 - 0.5 / MOST_ZOOM);
    expect(pannedBy(WHOLE, { x: 0.3, y: 0.3 })).toEqual(WHOLE);
    expect(zoomedBy(WHOLE, 0.5)).toEqual(WHOLE);
  });

  it('is a transform around the middle', () => {
    expect(transformOf(WHOLE)).toBe('translate(0%, 0%) scale(1)');
    expect(transformOf({ zoom: 2, x: 0.75, y: 0.5 })).toBe('translate(-50%, 0%) scale(2)');
  });
});
