import { expect, it } from 'vitest';
import { resultAfterKey } from './result-keys.ts';

// Two rows of similar photos, then one row of others below a separator.
const places = [
  { left: 0, top: 0, width: 100 },
  { left: 110, top: 0, width: 200 },
  { left: 0, top: 150, width: 200 },
  { left: 210, top: 150, width: 100 },
  { left: 0, top: 340, width: 60 },
  { left: 70, top: 340, width: 60 },
];

it.each([
  ['ArrowRight', 1, 2],
  ['ArrowRight', 5, 5],
  ['ArrowLeft', 0, 0],
  ['ArrowDown', 0, 2],
  ['ArrowDown', 1, 3],
  ['ArrowDown', 3, 5],
  ['ArrowDown', 4, 4],
  ['ArrowUp', 4, 2],
  ['ArrowUp', 1, 1],
  ['Home', 4, 0],
  ['End', 0, 5],
  ['q', 0, null],
])('%s from %d moves to %s', (key, from, to) => {
  expect(resultAfterKey(key, from, places)).toBe(to);
});
