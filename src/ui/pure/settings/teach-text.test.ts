import { expect, it } from 'vitest';
import { figureRows, percent, points, trainingLine, tripletPlaces } from './teach-text.ts';

const measured = (value: number) => ({ value, low: value - 0.05, high: value + 0.05 });
const figures = (value: number) => ({
  precision1: measured(value),
  precision5: measured(value / 2),
  map: measured(value / 4),
});

it('shows figures in percent with their interval, and the change in points', () => {
  expect(percent(measured(0.62))).toBe('62% (57–67)');
  expect(points(0.124)).toBe('+12');
  expect(points(-0.031)).toBe('−3');
  expect(points(-0.004)).toBe('±0');
  const before = figures(0.4);
  const after = figures(0.8);
  const gain = { precision1: measured(0.4), map: measured(0.1) };
  expect(figureRows({ queries: 9, before, after, gain })).toEqual([
    { key: 'precision1', before: '40% (35–45)', after: '80% (75–85)', change: '+40' },
    { key: 'precision5', before: '20% (15–25)', after: '40% (35–45)', change: '+20' },
    { key: 'map', before: '10% (5–15)', after: '20% (15–25)', change: '+10' },
  ]);
});

it('tells how far training is', () => {
  expect(trainingLine({ epoch: 3, epochs: 40, loss: 0.1234, heldOut: 0.781, triplet: null })).toBe(
    'Round 3 of 40 · Loss 0.123 · 78% right on photos it doesn’t learn from',
  );
});

it('draws a triplet to scale', () => {
  const step = {
    ...{ anchor: 1, positive: 2, negative: 3, margin: 0.2 },
    ...{ positiveL2sq: 0.25, negativeL2sq: 1 },
  };
  const places = tripletPlaces(step);
  expect(places.negative).toBeCloseTo(2 * places.positive, 6);
  expect(places.margin / places.positive).toBeCloseTo(Math.sqrt(0.45) / 0.5, 6);
  expect(Math.max(places.negative, places.margin)).toBeLessThanOrEqual(100);
  // Equal photos lie at the start, and nothing is divided by zero.
  expect(tripletPlaces({ ...step, positiveL2sq: 0, negativeL2sq: 0, margin: 0 })).toEqual({
    positive: 0,
    negative: 0,
    margin: 0,
  });
});
