import { exactNeighbours, type Kernels, scoreOf } from '../../ann/index.ts';
import type { Truth, TruthJob } from '../../protocol/index.ts';
import type { Indexes } from '../../store/index.ts';
import { addStored, drawIds } from './buildIndex.ts';

interface Candidate {
  readonly id: number;
  readonly score: number;
}

/**
 * The true nearest neighbors of some photos: streams all stored vectors and keeps each query's
 * best. Independent of any index.
 *
 * @throws AkinError `aborted`, and store errors
 */
export async function trueNeighbours(
  store: Pick<Indexes, 'vectors' | 'allVectors'>,
  kernels: Kernels,
  { space, ids, queries: count, k }: TruthJob,
  signal: AbortSignal,
): Promise<Truth> {
  const { d, metric } = space;
  const sign = metric === 'ip' ? -1 : 1;
  const drawn = await store.vectors(space, drawIds(ids, count));
  const queries = drawn.vectors;
  const best: Candidate[][] = Array.from(drawn.ids, () => []);
  await addStored(
    store,
    (blockIds, vectors) => {
      const base = { d, ids: blockIds, vectors };
      const most = Math.min(k + 1, blockIds.length);
      const found = exactNeighbours(kernels, metric, base, queries, most);
      const rowOf = new Map(Array.from(blockIds, (id, row) => [id, row]));
      best.forEach((list, query) => {
        const self = drawn.ids[query]!;
        for (const id of found.subarray(query * most, (query + 1) * most)) {
          const row = rowOf.get(id);
          if (row === undefined || id === self) continue;
          const vector = vectors.subarray(row * d, (row + 1) * d);
          list.push({ id, score: scoreOf(metric, queries.subarray(query * d), vector) });
        }
        list.sort((a, b) => sign * (a.score - b.score) || a.id - b.id);
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
