import { describe, expect, it } from 'vitest';
import { priorityOf, ThumbLevels, thumbScale, thumbSize } from './levels.ts';

describe('ThumbLevels', () => {
  const n = 2000;
  const ids = Uint32Array.from({ length: n }, (_, i) => 3 * i + 1);
  const positions = Float32Array.from({ length: 2 * n }, (_, i) => (Math.sin(i * 12.9) + 1) / 2);
  const priority = priorityOf(ids, [17, 4]);
  const from = thumbScale(n, 700, 1e6);
  const levels = new ThumbLevels(positions, priority, from, 46);
  const shownAt = (level: number) => Array.from(ids.keys()).filter((i) => levels.has(i, level));

  it('never lets thumbnails overlap', () => {
    for (const level of [0, 3, 7]) {
      const scale = from * 2 ** (level / 2);
      const shown = shownAt(level);
      const side = thumbSize(scale, from, 46);
      const overlapping = shown.filter((i, at) =>
        shown
          .slice(0, at)
          .some(
            (j) =>
              Math.abs(positions[2 * i]! - positions[2 * j]!) * scale < side * 0.999 &&
              Math.abs(positions[2 * i + 1]! - positions[2 * j + 1]!) * scale < side * 0.999,
          ),
      );
      expect(overlapping).toEqual([]);
    }
  });

  it('keeps thumbnails when zooming in, and adds others', () => {
    const [few, many] = [shownAt(0), shownAt(5)];
    expect(few).toContain(17);
    expect(few.length).toBeGreaterThan(20);
    expect(many.length).toBeGreaterThan(few.length);
    expect(few.filter((i) => !many.includes(i))).toEqual([]);
  });

  it('has none before the scale at which they say more than points', () => {
    expect(levels.levelAt(from * 0.99)).toBe(-1);
    expect(levels.levelAt(from)).toBe(0);
    expect(levels.levelAt(from * 2)).toBe(2);
    expect(thumbScale(100, 700, 1e6)).toBe(350);
    expect(thumbScale(100_000, 700, 1e6)).toBeGreaterThan(5000);
  });
});

it('puts those that stand for clusters first, and each photo once', () => {
  const priority = priorityOf(Uint32Array.of(9, 8, 7, 6), [2, 0]);
  expect([...priority.slice(0, 2)]).toEqual([2, 0]);
  expect([...priority].sort()).toEqual([0, 1, 2, 3]);
});
