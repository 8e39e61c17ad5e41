import { expect, it } from 'vitest';
import type { TraceStep } from '../../../../protocol/index.ts';
import { partOf, walkOf } from './walk.ts';

const ids = Uint32Array.of(2, 4, 6);
// Rows of the index are in another order: 6, 2, 4.
const structure = {
  ids: Uint32Array.of(6, 2, 4),
  graph: {
    entry: 0,
    levels: Uint8Array.of(1, 0, 0),
    layers: [
      { starts: Uint32Array.of(0, 1, 3, 4), neighbours: Uint32Array.of(1, 0, 2, 1) },
      { starts: Uint32Array.of(0, 0, 0, 0), neighbours: new Uint32Array(0) },
    ],
  },
};
const hop = (layer: number, id: number, neighbours: number[]) =>
  ({ step: 'hop', layer, id, key: 0, neighbours: Uint32Array.from(neighbours), keys: [] }) as never;

it('draws each link once, between rows of the sample', () => {
  const trace: TraceStep[] = [hop(1, 6, []), hop(0, 6, [2]), hop(0, 2, [4])];
  const walk = walkOf({ ids }, structure, trace);
  expect(walk.layers.map((links) => [...links])).toEqual([[2, 0, 0, 1], []]);
  expect(walk.sizes).toEqual([3, 1]);
  expect(partOf(walk, 0.1)).toMatchObject({ layer: 1, hops: [{ id: 6 }] });
  expect([...partOf(walk, 0.6).met]).toEqual([6, 2]);
  expect([...partOf(walk, 1).met]).toEqual([6, 2, 4]);
});
