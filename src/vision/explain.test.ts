import { expect, it } from 'vitest';
import { explain, type SeenPicture } from './explain.ts';
import type { FeatureMap } from './nets/contributions.ts';

const WHOLE = { x: 0, y: 0, width: 1, height: 1 };

/** A map of two channels from the values of the first one; the second one makes up a unit cell. */
function mapOf(rows: readonly (readonly number[])[]): FeatureMap {
  const flat = rows.flat();
  const cells = Float32Array.from(flat.flatMap((x) => [x, Math.sqrt(1 - x * x)]));
  const features = new Float32Array(2);
  for (let i = 0; i < cells.length; i++) features[i % 2]! += cells[i]! / flat.length;
  return { height: rows.length, width: rows[0]!.length, cells, features };
}

const seen = (rows: readonly (readonly number[])[]): SeenPicture => ({
  view: WHOLE,
  maps: [mapOf(rows)],
});

it('compares the most similar example, and finds the cells that match', () => {
  const result = seen([
    [0, 0],
    [0, 1],
  ]);
  const examples = [seen([[0.9, 0.9]]), seen([[0, 0.1]])];
  const { example, cosine, query, result: heat } = explain(examples, result, null, [null]);
  expect(example).toBe(1);
  expect(cosine).toBeCloseTo(
    heat.weights.reduce((sum, x) => sum + x / 4, 0),
    5,
  );
  expect(cosine).toBeCloseTo(
    query.weights.reduce((sum, x) => sum + x / 2, 0),
    5,
  );
  expect(heat).toMatchObject({ height: 2, width: 2, view: WHOLE });
});

it('compares with the part that matches', () => {
  const result = { ...seen([[0, 0, 0, 1]]), view: { x: 0.5, y: 0, width: 0.5, height: 1 } };
  const examples = [seen([[1, 0]])];
  const whole = explain(examples, result, null, [null]);
  const part = explain(examples, result, { x: 0.875, y: 0, width: 0.125, height: 1 }, [null]);
  expect(part.cosine).toBeGreaterThan(0);
  expect(part.cosine).not.toBeCloseTo(whole.cosine, 2);
  // With the whole, the example's second half matches; with the part, its first one.
  expect(whole.query.weights[1]).toBeGreaterThan(whole.query.weights[0]!);
  expect(part.query.weights[0]).toBeGreaterThan(part.query.weights[1]!);
});

it('averages the maps of all nets on the finest grid', () => {
  const coarse = mapOf([[0, 1]]);
  const fine = mapOf([
    [0, 0, 1, 1],
    [0, 0, 1, 1],
  ]);
  const picture: SeenPicture = { view: WHOLE, maps: [coarse, fine] };
  const { cosine, result } = explain([picture], picture, null, [null, null]);
  expect(cosine).toBeCloseTo(1, 6);
  expect(result).toMatchObject({ height: 2, width: 4 });
  expect(result.weights.reduce((sum, x) => sum + x / 8, 0)).toBeCloseTo(1, 5);
});
