import { describe, expect, it } from 'vitest';
import { justify } from '../../pure/gallery/justify.ts';
import { photoAfterKey } from './grid-keys.ts';

// Five squares per row, 23 photos: rows of 5, 5, 5, 5 and 3.
const options = { width: 1000, target: 200, gap: 0 };
const aspects = new Float32Array(23).fill(1);
const shape = { rows: justify(aspects, options), aspects, options, viewHeight: 650 };

describe('photoAfterKey', () => {
  it.each([
    ['ArrowRight', 4, 5],
    ['ArrowRight', 22, 22],
    ['ArrowLeft', 5, 4],
    ['ArrowLeft', 0, 0],
    ['ArrowDown', 7, 12],
    ['ArrowUp', 7, 2],
    ['ArrowUp', 2, 0],
    ['ArrowDown', 19, 22],
    ['ArrowDown', 21, 22],
    ['Home', 12, 0],
    ['End', 12, 22],
    ['PageDown', 1, 11],
    ['PageUp', 21, 11],
    ['PageUp', 3, 0],
  ])('moves with %s from %d to %d', (key, from, to) => {
    expect(photoAfterKey(key, from, shape)).toBe(to);
  });

  it.each([
    ['ArrowDown', 6, 7],
    ['ArrowDown', 7, 8],
    ['ArrowUp', 8, 7],
    ['ArrowUp', 12, 7],
    ['ArrowRight', 7, 8],
    ['PageDown', 0, 5],
    ['PageDown', 1, 6],
    ['End', 0, 22],
  ])('moves with %s from %d to %d if there are headings', (key, from, to) => {
    // Rows of 5, 2, 1, 5, 5 and 5; the view is as tall as three rows without their headings.
    const headed = { ...options, heading: 50 };
    const rows = justify(aspects, headed, [0, 7, 8]);
    expect(photoAfterKey(key, from, { ...shape, rows, options: headed, viewHeight: 600 })).toBe(to);
  });

  it('ignores other keys', () => {
    expect(photoAfterKey('a', 3, shape)).toBeNull();
  });
});
