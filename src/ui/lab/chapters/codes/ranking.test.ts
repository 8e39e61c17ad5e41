import { expect, it } from 'vitest';
import { neighboursByCode, rankedPhotos } from './ranking.ts';

it('says at which rank the codes have a neighbor that they miss', () => {
  const many = { ids: Uint32Array.of(5, 9, 4, 7), scores: Float32Array.of(0.9, 0.8, 0.7, 0.6) };
  const truth = Uint32Array.of(5, 7, 8);
  const ranked = rankedPhotos(many, Float32Array.of(0.95, 0.5, 0.4, 0.75), truth);
  expect(ranked[3]).toMatchObject({ id: 7, rank: 4, trueRank: 2 });
  expect(ranked[1]!.trueRank).toBeNull();
  const answer = { ids: many.ids.slice(0, 3), truth };
  expect(neighboursByCode(answer, ranked)).toEqual([
    { id: 5, state: 'found' },
    { id: 7, state: 'missed', note: 'Rank 4 by code' },
    { id: 8, state: 'missed', note: 'Below rank 4 by code' },
  ]);
});
