import { describe, expect, it } from 'vitest';
import { clickZoom, type Fit, isNotch, mostZoom, wheelFactor } from './zoom.ts';

const fitOf = (width: number, height: number, more: Partial<Fit> = {}): Fit => {
  const fitWidth = Math.min(740, (650 * width) / height, 2 * width);
  return { width, height, fitWidth, roomWidth: 740, roomHeight: 650, dpr: 1, ...more };
};

describe('clickZoom', () => {
  it('zooms to one image pixel per device pixel', () => {
    expect(clickZoom(fitOf(4000, 3000))).toBeCloseTo(4000 / 740);
    expect(clickZoom(fitOf(4000, 3000, { dpr: 2 }))).toBeCloseTo(2000 / 740);
  });

  it('doubles pictures that have no more pixels to show', () => {
    expect(clickZoom(fitOf(900, 600))).toBe(2);
    expect(clickZoom(fitOf(64, 64))).toBe(2);
  });

  it('fits the short side of a panorama or long screenshot', () => {
    for (const long of [
      fitOf(12_000, 1000),
      fitOf(3000, 150),
      fitOf(1080, 12_000),
      fitOf(150, 3000),
    ]) {
      const zoom = clickZoom(long);
      const width = zoom * long.fitWidth;
      const height = (width * long.height) / long.width;
      expect(zoom).toBeGreaterThan(3);
      expect(Math.min(width / 740, height / 650)).toBeLessThan(1.001);
    }
    // Large enough to read, but not above 100%.
    expect(clickZoom(fitOf(1080, 12_000)) * fitOf(1080, 12_000).fitWidth).toBeCloseTo(740);
    expect(clickZoom(fitOf(600, 12_000)) * fitOf(600, 12_000).fitWidth).toBeCloseTo(600);
  });

  it('works before anything is measured', () => {
    expect(clickZoom(fitOf(4000, 3000, { fitWidth: 0 }))).toBe(2);
  });
});

it('never limits the zoom below the click zoom', () => {
  for (const each of [fitOf(64, 64), fitOf(4000, 3000), fitOf(12_000, 1000), fitOf(150, 3000)]) {
    expect(mostZoom(each)).toBeGreaterThanOrEqual(clickZoom(each));
  }
});

describe('wheel', () => {
  const wheel = (deltaY: number, deltaX = 0, deltaMode = 0, ctrlKey = false) => ({
    deltaX,
    deltaY,
    deltaMode,
    ctrlKey,
  });

  it('distinguishes wheel notches from trackpad scrolling', () => {
    expect(isNotch(wheel(-120))).toBe(true);
    expect(isNotch(wheel(3, 0, 1))).toBe(true);
    expect(isNotch(wheel(-14))).toBe(false);
    expect(isNotch(wheel(-120, 8))).toBe(false);
    expect(isNotch(wheel(0))).toBe(false);
  });

  it('zooms in when scrolling up, and out by the same factor', () => {
    expect(wheelFactor(wheel(-120))).toBeGreaterThan(1);
    expect(wheelFactor(wheel(-120)) * wheelFactor(wheel(120))).toBeCloseTo(1);
    expect(wheelFactor(wheel(-10, 0, 0, true))).toBeCloseTo(Math.exp(0.1));
  });
});
