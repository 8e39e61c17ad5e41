import { expect, it } from 'vitest';
import { labCall } from './lab-call.ts';

it('writes a call as one would type it', () => {
  const request = { spec: { kind: 'ivf', nlist: 8 }, photo: 7, searches: [{ nprobe: 1 }] };
  expect(labCall('measure', request)).toBe(
    "await akin.lab.measure({ spec: { kind: 'ivf', nlist: 8 }, photo: 7, searches: [{ nprobe: 1 }] })",
  );
});
