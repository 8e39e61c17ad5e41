import { expect, it } from 'vitest';
import { pairCosines } from '../../vision/cosines.ts';
import { chooseSample } from './chooseSample.ts';
import { compare, NEAREST, QUERIES } from './compare.ts';

const calibration = { cosine: [0, 1], log10Chance: [0, -4] };

/** Photos on a circle: neighbors on it are nearest. */
const circle = (count: number, turn = 1) =>
  Array.from({ length: count }, (_, i) => {
    const angle = (2 * Math.PI * turn * i) / count;
    return Float32Array.of(Math.cos(angle), Math.sin(angle));
  });

it('queries both models with the same photos and ranks the best first', () => {
  const ids = Array.from({ length: 41 }, (_, i) => 100 + i);
  const { queries, agreement } = compare(
    ids,
    { vectors: circle(41), calibration },
    { vectors: circle(41, 2), calibration },
  );
  expect(queries).toHaveLength(QUERIES);
  expect(new Set(queries.map(({ photoId }) => photoId)).size).toBe(QUERIES);
  const [first] = queries;
  expect(first!.current).toHaveLength(NEAREST);
  const at = first!.photoId;
  expect(first!.current.slice(0, 2).map(({ id }) => id)).toEqual([at - 1, at + 1]);
  expect(first!.current[0]!.pValue).toBeCloseTo(10 ** (-4 * first!.current[0]!.cosine), 5);
  // At twice the angle, every second photo is near, and so are those across the circle.
  expect(first!.tried.map(({ id }) => id)).not.toContain(at + 3);
  expect(agreement).toBeGreaterThan(0);
  expect(agreement).toBeLessThan(1);
});

it('finds full agreement of a model with itself, and compares nothing for two photos', () => {
  const same = { vectors: circle(9), calibration };
  expect(compare([1, 2, 3, 4, 5, 6, 7, 8, 9], same, same).agreement).toBe(1);
  const two = { vectors: circle(2), calibration };
  expect(compare([1, 2], two, two)).toEqual({ queries: [], agreement: null });
  expect(pairCosines(circle(4))).toHaveLength(6);
});

it('samples the newest photos and some of all others', () => {
  const ids = Array.from({ length: 1000 }, (_, i) => i + 1);
  const chosen = chooseSample(ids, 100);
  expect(chosen).toHaveLength(100);
  expect(new Set(chosen).size).toBe(100);
  expect(chosen.slice(50)).toEqual(ids.slice(950));
  expect(chosen[0]).toBeLessThan(20);
  expect(chosen[49]).toBeGreaterThan(930);
  expect(chooseSample([7, 8], 100)).toEqual([7, 8]);
});
