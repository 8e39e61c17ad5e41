import { describe, expect, it } from 'vitest';
import type { Detection } from './blazeface.ts';
import { mergeDetections } from './nms.ts';

const at = (x: number, score: number, side = 10): Detection => ({
  score,
  box: { x, y: 0, width: side, height: side },
  points: Array.from({ length: 6 }, (_, i) => ({ x: x + i, y: i })),
});

describe('mergeDetections', () => {
  it('averages the boxes and points that overlap the best detection, weighted by score', () => {
    const [merged, ...others] = mergeDetections([at(2, 0.5), at(0, 0.75)], 0.3);
    expect(others).toEqual([]);
    expect(merged!.score).toBe(0.75);
    expect(merged!.box.x).toBeCloseTo((0.75 * 0 + 0.5 * 2) / 1.25, 12);
    expect(merged!.points[3]!.x).toBeCloseTo(0.8 + 3, 12);
  });

  it('keeps faces that barely overlap separate, best first', () => {
    const merged = mergeDetections([at(0, 0.6), at(20, 0.9), at(8, 0.7)], 0.3);
    expect(merged.map(({ score }) => score)).toEqual([0.9, 0.7, 0.6]);
    expect(merged[1]).toEqual(at(8, 0.7));
  });

  it('groups by overlap with the best detection, not by chains of neighbors', () => {
    const chain = [at(0, 0.9), at(4, 0.8), at(8, 0.7)];
    expect(mergeDetections(chain, 0.3).map(({ score }) => score)).toEqual([0.9, 0.7]);
  });

  it('does not depend on the input order', () => {
    const many = Array.from({ length: 40 }, (_, i) => at((i * 7) % 53, 0.5 + i / 100));
    expect(mergeDetections([...many].reverse(), 0.3)).toEqual(mergeDetections(many, 0.3));
  });

  it('keeps boxes without area separate instead of looping forever', () => {
    expect(mergeDetections([at(0, 0.9, 0), at(0, 0.8, 0)], 0.3)).toHaveLength(2);
    expect(mergeDetections([], 0.3)).toEqual([]);
  });
});
