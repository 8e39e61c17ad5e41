import { describe, expect, it } from 'vitest';
import {
  justify,
  nearestInRow,
  photosInView,
  rowAt,
  rowBoxes,
  rowHeight,
  rowOf,
  shownAspect,
  targetHeight,
} from './justify.ts';

const options = { width: 1000, target: 200, gap: 6 };

/** Aspect ratios of a mixed library; deterministic. */
function mixed(n: number): Float32Array {
  const shapes = [1.5, 0.667, 1.333, 1, 1.778, 0.75, 1.5, 3, 0.5];
  return Float32Array.from({ length: n }, (_, i) => shapes[(i * 7 + (i >> 3)) % shapes.length]!);
}

describe('justify', () => {
  it('keeps every photo once, in order', () => {
    const aspects = mixed(1000);
    const rows = justify(aspects, options);
    expect(rows.starts[0]).toBe(0);
    expect(rows.starts[rows.count]).toBe(1000);
    for (let r = 0; r < rows.count; r++) {
      expect(rows.starts[r + 1]!).toBeGreaterThan(rows.starts[r]!);
      expect(rows.tops[r + 1]!).toBeGreaterThan(rows.tops[r]!);
    }
  });

  it('fills the width of every row but the last, and never exceeds it', () => {
    const aspects = mixed(997);
    const rows = justify(aspects, options);
    for (let r = 0; r < rows.count; r++) {
      const last = rowBoxes(rows, aspects, r, options).at(-1)!;
      const end = last.left + last.width;
      if (rows.open[r]) expect(end).toBeLessThan(options.width);
      else expect(end).toBe(options.width);
    }
  });

  it('keeps rows near the target height', () => {
    const rows = justify(mixed(2000), options);
    let sum = 0;
    for (let r = 0; r < rows.count - 1; r++) {
      const height = rowHeight(rows, r, options.gap);
      expect(height).toBeGreaterThan(options.target * 0.55);
      expect(height).toBeLessThan(options.target * 1.36);
      sum += height;
    }
    expect(Math.abs(sum / (rows.count - 1) - options.target)).toBeLessThan(options.target * 0.12);
  });

  it('separates photos by the gap and keeps their aspect ratios', () => {
    const aspects = mixed(40);
    const rows = justify(aspects, options);
    const boxes = rowBoxes(rows, aspects, 0, options);
    const height = rowHeight(rows, 0, options.gap);
    for (let i = 0; i < boxes.length; i++) {
      if (i > 0) expect(boxes[i]!.left - boxes[i - 1]!.left - boxes[i - 1]!.width).toBe(6);
      expect(Math.abs(boxes[i]!.width / height - shownAspect(aspects[i]))).toBeLessThan(0.03);
    }
  });

  it('does not stretch the last row', () => {
    const rows = justify([1, 1], options);
    expect(rows.count).toBe(1);
    expect(rowHeight(rows, 0, options.gap)).toBe(200);
    expect(rowBoxes(rows, [1, 1], 0, options)).toEqual([
      { left: 0, width: 200 },
      { left: 206, width: 200 },
    ]);
  });

  it('starts each section in a new row, with space for its heading', () => {
    const aspects = mixed(300);
    const sections = [0, 1, 40, 41, 180, 299];
    const headed = { ...options, heading: 44 };
    const rows = justify(aspects, headed, sections);
    const starts = [...rows.starts.subarray(0, rows.count)];
    expect(starts).toEqual(expect.arrayContaining(sections));
    let top = 0;
    for (let r = 0; r < rows.count; r++) {
      const first = sections.includes(rows.starts[r]!);
      const last = r === rows.count - 1 || sections.includes(rows.starts[r + 1]!);
      expect(rows.heads[r]).toBe(first ? 44 : 0);
      expect(rows.tops[r]).toBe(top);
      top += rows.heads[r]! + rowHeight(rows, r, options.gap) + options.gap;
      const end = rowBoxes(rows, aspects, r, headed).at(-1)!;
      if (!rows.open[r]) expect(end.left + end.width).toBe(options.width);
      else {
        expect(last).toBe(true);
        expect(rowHeight(rows, r, options.gap)).toBe(options.target);
        expect(end.left + end.width).toBeLessThan(options.width);
      }
    }
    expect(rows.tops[rows.count]).toBe(top);
    expect(rows.starts[rows.count]).toBe(300);
  });

  it('lays out each section as if it were alone', () => {
    const aspects = mixed(200);
    const rows = justify(aspects, options, [0, 77]);
    const starts = [...rows.starts];
    const second = [...justify(aspects.subarray(77), options).starts].map((start) => start + 77);
    const from = starts.indexOf(77);
    expect(starts.slice(0, from + 1)).toEqual([
      ...justify(aspects.subarray(0, 77), options).starts,
    ]);
    expect(starts.slice(from)).toEqual(second);
  });

  it('skips sections without photos and those that start after the last photo', () => {
    const rows = justify([1, 1, 1], { ...options, heading: 44 }, [0, 0, 2, 2, 3, 9]);
    expect([...rows.starts]).toEqual([0, 2, 3]);
    expect([...rows.heads]).toEqual([44, 44]);
    expect(justify([], { ...options, heading: 44 }, [0]).count).toBe(0);
  });

  it('handles invalid aspect ratios and a width of 0', () => {
    const strange = [0, -1, Number.NaN, Number.POSITIVE_INFINITY, 1e9, 1e-9];
    const rows = justify(strange, options);
    expect(rows.starts[rows.count]).toBe(strange.length);
    for (let r = 0; r < rows.count; r++) {
      for (const box of rowBoxes(rows, strange, r, options)) expect(box.width).toBeGreaterThan(0);
    }
    expect(justify(strange, { ...options, width: 0 }).count).toBe(0);
    expect(justify([], options).count).toBe(0);
  });

  it('lays out every prefix alike, so that photos added at the end affect only the last row', () => {
    const aspects = mixed(300);
    const whole = justify(aspects, options);
    const part = justify(aspects.subarray(0, 200), options);
    expect([...part.starts.subarray(0, part.count - 1)]).toEqual([
      ...whole.starts.subarray(0, part.count - 1),
    ]);
  });
});

describe('finding a photo', () => {
  const aspects = mixed(500);
  const rows = justify(aspects, options);

  it('finds the row of every photo', () => {
    for (let i = 0; i < 500; i++) {
      const row = rowOf(rows, i);
      expect(rows.starts[row]!).toBeLessThanOrEqual(i);
      expect(rows.starts[row + 1]!).toBeGreaterThan(i);
    }
  });

  it('finds the row at a vertical position', () => {
    expect(rowAt(rows, 0)).toBe(0);
    expect(rowAt(rows, rows.tops[3]!)).toBe(3);
    expect(rowAt(rows, rows.tops[3]! - 1)).toBe(2);
    expect(rowAt(rows, 1e9)).toBe(rows.count - 1);
  });

  it('finds the nearest photo in a row', () => {
    const boxes = rowBoxes(rows, aspects, 5, options);
    boxes.forEach((box, i) => {
      const found = nearestInRow(rows, aspects, 5, box.left + box.width / 2, options);
      expect(found).toBe(rows.starts[5]! + i);
    });
  });
});

describe('photosInView', () => {
  it('covers every photo of the rows that start in the view', () => {
    for (const [width, height] of [
      [320, 600],
      [640, 800],
      [1900, 1200],
    ] as const) {
      const aspects = mixed(500);
      const rows = justify(aspects, { width, target: targetHeight(width), gap: 6 });
      const last = rowAt(rows, height - 1);
      const count = photosInView(aspects, width, height);
      expect(count).toBeGreaterThanOrEqual(rows.starts[last + 1]! - 1);
      expect(count).toBeLessThan(rows.starts[last + 1]! * 2);
    }
  });

  it('returns all photos if there are few', () => {
    expect(photosInView([1, 1], 1000, 1000)).toBe(2);
    expect(photosInView([], 1000, 1000)).toBe(0);
  });
});
