import { expect, it } from 'vitest';
import { SegmentedIndex, scalarKernels } from '../../src/ann/index.ts';
import { judge } from './judge.ts';
import type { StoredLibrary } from './readLibrary.ts';

const SPACE = { spaceId: 'test/0/2', metric: 'ip', d: 2 } as const;

/** A sealed segment of these ids, base64. */
function segment(...ids: number[]): string {
  const index = new SegmentedIndex(scalarKernels(), SPACE);
  for (const id of ids) index.add(id, Float32Array.of(0, 1));
  return Buffer.from(index.write(index.beginCompaction())).toString('base64');
}

/** Photos 1 and 2 sealed, photo 3 in the delta, one file queued. */
const whole: StoredLibrary = {
  photos: [
    [1, 'a'],
    [2, 'b'],
    [3, 'c'],
  ],
  waiting: ['d'],
  spaces: [
    { spaceId: SPACE.spaceId, vectors: [1, 2, 3], delta: [3], segments: [segment(1, 2)] },
    // While moving to another model, a single moved photo is consistent.
    { spaceId: 'next/0/2', vectors: [3], delta: [3], segments: [] },
  ],
  problems: [],
};
const told = new Set(['a', 'b', 'c', 'd']);

it('finds nothing wrong with an intact library', () => {
  expect(judge(whole, told)).toEqual({ lost: [], doubled: [], problems: [] });
});

it('finds lost and duplicate files', () => {
  expect(judge({ ...whole, waiting: [] }, told).lost).toEqual(['d']);
  expect(judge({ ...whole, photos: [...whole.photos, [4, 'a']] }, told).doubled).toEqual(['a']);
});

it.each([
  ['a vector that no index holds', { delta: [] }, 'vector 3 is in no index'],
  ['a photo in two parts of the index', { delta: [2, 3] }, 'the index holds 2 2 times'],
  ['a photo sealed twice', { segments: [segment(1, 2), segment(2)] }, 'the index holds 2 2 times'],
  ['an index of what is gone', { vectors: [1, 3] }, 'the index holds 2, which has no vector'],
  ['a damaged segment', { segments: [segment(1, 2).slice(0, 40)] }, "a segment can't be loaded"],
])('finds %s', (_, fault, problem) => {
  const [first, ...others] = whole.spaces;
  const { problems } = judge({ ...whole, spaces: [{ ...first!, ...fault }, ...others] }, told);
  expect(problems).toContainEqual(expect.stringContaining(problem));
});

it('passes on the problems that the reader found', () => {
  const problems = ['photo 1 has no original'];
  expect(judge({ ...whole, problems }, told).problems).toEqual(problems);
});
