import { expect, it } from 'vitest';
import type { LabSample, TraceStep } from '../../../../protocol/index.ts';
import { bucketsOf, codeDistances, neighboursByBucket } from './buckets.ts';

const ids = Uint32Array.of(3, 5, 8, 9);
const hashes = {
  tables: 1,
  bits: 3,
  mean: new Float32Array(2),
  normals: new Float32Array(6),
  codes: Uint8Array.of(0b000, 0b000, 0b011, 0b111),
};
const sample = { ids } as LabSample;

it('groups photos by bucket, and knows which were opened', () => {
  const bucket = { step: 'bucket', table: 0, cost: 0, ids: Uint32Array.of(3, 5), collected: 1 };
  const trace = [{ ...bucket, key: 0, flipped: [] }] as unknown as TraceStep[];
  const found = bucketsOf({ ids, hashes }, trace);
  expect([...found.buckets]).toEqual([
    [0, [3, 5]],
    [3, [8]],
    [7, [9]],
  ]);
  expect([...found.opened.keys()]).toEqual([0]);
  expect(found.isRestOpen).toBe(false);
  const answer = { ids: Uint32Array.of(5), truth: Uint32Array.of(5, 9) };
  expect(neighboursByBucket(found, answer, 3)).toEqual([
    { id: 5, state: 'found' },
    { id: 9, state: 'missed', note: 'On the other side of 3 lines' },
  ]);
});

it('counts the photos whose codes are as near as those of the neighbors', () => {
  expect(codeDistances(sample, { ids, hashes }, 3, [5, 8])).toEqual({
    bits: 3,
    counts: [1, 0, 1, 1],
    neighbours: [
      { id: 5, distance: 0 },
      { id: 8, distance: 2 },
    ],
    collisions: 0,
  });
  expect(codeDistances(sample, { ids, hashes }, 3, [9]).collisions).toBe(2);
});
