import { exactNeighbours, type Kernels } from '../ann/index.ts';
import type { Truth, TruthJob } from '../protocol/index.ts';
import type { Indexes } from '../store/index.ts';
import { addStored, drawIds } from './buildIndex.ts';

interface Candidate {
  readonly id: number;
  readonly score: number;
}

/**
 * The true neighbours of some photos: all stored vectors pass by, and each query keeps the best. No
 * index has a say in it.
 *
 * @throws AkinError `aborted`, and those of the store
 */
export async function trueNeighbours(
  store: Pick<Indexes, 'vectors' | 'allVectors'>,
  kernels: Kernels,
  { space, ids, queries: count, k }: TruthJob,
  signal: AbortSignal,
): Promise<Truth> {
  const { d } = space;
  const drawn = await store.vectors(space, drawIds(ids, count));
  const queries = drawn.vectors;
  const best: Candidate[][] = Array.from(drawn.ids, () => []);
  await addStored(
    store,
    (blockIds, vectors) => {
      const base = { d, ids: blockIds, vectors };
      const most = Math.min(k + 1, blockIds.length);
      const found = exactNeighbours(kernels, 'ip', base, queries, most);
      const rowOf = new Map(Array.from(blockIds, (id, row) => [id, row]));
      best.forEach((list, query) => {
        const self = drawn.ids[query]!;
        for (const id of found.subarray(query * most, (query + 1) * most)) {
          const row = rowOf.get(id);
          if (row === undefined || id === self) continue;
          list.push({ id, score: dot(queries, query * d, vectors, row * d, d) });
        }
        list.sort((a, b) => b.score - a.score || a.id - b.id);
        list.length = Math.min(list.length, k);
      });
    },
    space,
    ids,
    signal,
    () => {},
  );
  const neighbours = new Uint32Array(best.length * k);
  best.forEach((list, query) => {
    neighbours.set(
      Uint32Array.from(list, ({ id }) => id),
      query * k,
    );
  });
  return { k, queryIds: drawn.ids, queries, neighbours };
}

function dot(a: Float32Array, from: number, b: Float32Array, at: number, d: number): number {
  let sum = 0;
  for (let i = 0; i < d; i++) sum += a[from + i]! * b[at + i]!;
  return sum;
}
