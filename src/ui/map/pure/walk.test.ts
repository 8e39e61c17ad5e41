import { expect, it } from 'vitest';
import { spread } from './sample.ts';
import { walk } from './walk.ts';

const positions = Float32Array.of(
  0.5,
  0.5,
  0.9,
  0.5,
  0.6,
  0.58,
  0.5,
  0.2,
  0.1,
  0.85,
  0.4,
  0.95,
  0.5,
  0.5,
);

it('walks to the nearest photo ahead', () => {
  expect(walk(positions, 0, 'right')).toBe(2);
  expect(walk(positions, 0, 'up')).toBe(3);
  expect(walk(positions, 0, 'left')).toBe(4);
  // At the same place is in no direction.
  expect(walk(positions, 0, 'down')).toBe(5);
});

it('stays where nothing is ahead', () => {
  expect(walk(positions, 1, 'right')).toBe(-1);
  expect(walk(positions, 3, 'up')).toBe(-1);
});

it('takes the middle of many, then those far apart', () => {
  const line = Float32Array.from({ length: 22 }, (_, i) => (i % 2 === 0 ? i / 20 : 0));
  const all = Array.from({ length: 11 }, (_, i) => i);
  expect(spread(line, all, 3)).toEqual([5, 0, 10]);
  expect(spread(line, [3, 4], 3)).toEqual([3, 4]);
  expect(new Set(spread(new Float32Array(22), all, 5)).size).toBe(5);
});
