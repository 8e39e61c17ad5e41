import { expect, it } from 'vitest';
import { CHANCES, withRegions } from './withRegions.ts';

const box = { x: 0, y: 0, width: 0.5, height: 0.5 };
const oneIn = (score: number) => 10 ** (10 * score);
const whole = (id: number, cosine: number) => ({ id, cosine, pValue: 1 / oneIn(cosine) });
const part = (id: number, score: number) => ({ id, score, box });

it('finds each photo once, by its whole or its best part, with the odds of that', () => {
  const hits = withRegions(
    [whole(1, 0.5), whole(2, 0.3)],
    [part(2, 0.6), part(3, 0.4), part(1, 0.49)],
    oneIn,
    10,
  );
  expect(hits.map(({ id }) => id)).toEqual([2, 1, 3]);
  expect(hits[0]).toMatchObject({ cosine: 0.6, box });
  // More chances than a whole photo has.
  expect(hits[0]!.pValue).toBeCloseTo(CHANCES * 1e-6, 9);
  expect(hits[1]).toEqual(whole(1, 0.5));
});

it('returns as many as asked for', () => {
  expect(withRegions([whole(1, 0.5)], [part(2, 0.6)], oneIn, 1).map(({ id }) => id)).toEqual([2]);
});
