import { describe, expect, it } from 'vitest';
import { inputShape } from './inputShape.ts';
import { readNetSpec } from './spec.ts';
import { committedFiles } from './testing/committedFiles.ts';

const visualInput = readNetSpec(await committedFiles.json('efficientnet-lite1/spec.json')).input;

describe('inputShape', () => {
  it.each([
    [600, 600, 240, 240],
    [4032, 3024, 320, 240],
    [3024, 4032, 240, 320],
    [6000, 4000, 320, 240],
    [1920, 1080, 426, 240],
    [1080, 1920, 240, 426],
    [1000, 751, 320, 240],
    [20_000, 500, 426, 240],
    [1, 1, 240, 240],
  ])('maps a %i × %i picture to %i × %i', (width, height, w, h) => {
    const shape = inputShape(width, height, visualInput);
    expect([shape.width, shape.height]).toEqual([w, h]);
  });

  it('keeps the aspect ratio, the full short side and the middle of the long side', () => {
    for (const [width, height] of [
      [1500, 1000],
      [1000, 1500],
      [9000, 300],
    ] as const) {
      const shape = inputShape(width, height, visualInput);
      const [across, down] = [shape.width / shape.sourceWidth, shape.height / shape.sourceHeight];
      expect(across / down).toBeCloseTo(1, 2);
      expect(Math.min(shape.sourceWidth, shape.sourceHeight)).toBe(Math.min(width, height));
      expect(2 * shape.left + shape.sourceWidth).toBeCloseTo(width, 9);
      expect(2 * shape.top + shape.sourceHeight).toBeCloseTo(height, 9);
    }
  });

  it('produces five shapes at most, whatever the aspect ratio', () => {
    const shapes = new Set<string>();
    for (let aspect = 0.02; aspect < 50; aspect *= 1.05) {
      const { width, height } = inputShape(1000 * aspect, 1000, visualInput);
      shapes.add(`${width}x${height}`);
    }
    expect(shapes.size).toBe(5);
  });

  it('crops or squashes for nets with square input', () => {
    const spec = { side: 100, longSides: [100] };
    expect(inputShape(400, 200, { ...spec, aspect: 'crop' })).toEqual({
      ...{ width: 100, height: 100, left: 100, top: 0 },
      ...{ sourceWidth: 200, sourceHeight: 200 },
    });
    expect(inputShape(400, 200, { ...spec, aspect: 'squash' })).toEqual({
      ...{ width: 100, height: 100, left: 0, top: 0 },
      ...{ sourceWidth: 400, sourceHeight: 200 },
    });
  });
});
