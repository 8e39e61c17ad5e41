import { expect, it } from 'vitest';
import { scalarKernels } from '../../ann/index.ts';
import { groupedVectors } from '../../umap/testing/groups.ts';
import { teachingMaps } from './teachingMaps.ts';

const D = 12;
const GROUPS = 4;
const PER_GROUP = 15;
const n = GROUPS * PER_GROUP;

/** Mean distance on a map to the others of one's group, as a share of that to all. */
function spreadOf(positions: Float32Array, groups: ArrayLike<number>): number {
  let [own, ownPairs, all, pairs] = [0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const dx = positions[2 * i]! - positions[2 * j]!;
      const dy = positions[2 * i + 1]! - positions[2 * j + 1]!;
      const distance = Math.hypot(dx, dy);
      all += distance;
      pairs++;
      if (groups[i] !== groups[j]) continue;
      own += distance;
      ownPairs++;
    }
  }
  return own / ownPairs / (all / pairs);
}

it('draws groups that learning pulled together closer than before', async () => {
  const before = groupedVectors(GROUPS, PER_GROUP, D, 2.5);
  const after = groupedVectors(GROUPS, PER_GROUP, D, 0.2);
  const samples = Uint32Array.from({ length: n }, (_, i) => i);
  const groups = Array.from({ length: n }, (_, i) => 7 + Math.floor(i / PER_GROUP));
  const maps = await teachingMaps(
    { samples, before, after, size: D },
    {
      ...{ d: D, groups, seed: 1 },
      ids: Array.from({ length: n }, (_, i) => 100 + i),
      kernels: async () => scalarKernels(),
      pause: async () => {},
    },
  );
  expect(maps.ids[3]).toBe(103);
  expect(new Set(maps.groups)).toEqual(new Set([0, 1, 2, 3]));
  expect(maps.before).toHaveLength(2 * n);
  expect(spreadOf(maps.after, maps.groups)).toBeLessThan(0.6 * spreadOf(maps.before, maps.groups));
});
