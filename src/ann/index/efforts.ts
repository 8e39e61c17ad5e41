import type { ResolvedSpec } from './spec.ts';
import type { SearchEffort } from './vectorIndex.ts';

/**
 * Up to three efforts that show what an index can do, from fast to thorough; one if there is
 * nothing to set.
 *
 * @param k results wanted
 */
export function effortsOf(spec: ResolvedSpec, k: number): SearchEffort[] {
  if (spec.kind === 'kdtree') return [{ maxLeaves: 16 }, { maxLeaves: 128 }, {}];
  if (spec.kind === 'forest') return [500, 2000, 8000].map((searchK) => ({ searchK }));
  if (spec.kind === 'hnsw') return [k * 2, k * 6, k * 20].map((efSearch) => ({ efSearch }));
  if (spec.kind === 'lsh') return [4, 16, 64].map((probes) => ({ probes }));
  const reranks = 'rerank' in spec && spec.rerank !== 'none' ? [k * 2, k * 10, k * 30] : [];
  if (!('nlist' in spec)) return reranks.length > 0 ? reranks.map((rerank) => ({ rerank })) : [{}];
  const cells = spec.kind === 'lopq' && spec.coarse === 'multi' ? spec.nlist ** 2 : spec.nlist;
  const probes = [cells / 128, cells / 48, cells / 12].map((n) => Math.max(1, Math.ceil(n)));
  const all = probes.map((nprobe, i) => ({ nprobe, rerank: reranks[i] ?? 0 }));
  // With few cells they coincide: the same search isn't worth doing twice.
  return all.filter(
    ({ nprobe, rerank }, i) =>
      i === all.findIndex((each) => each.nprobe === nprobe && each.rerank === rerank),
  );
}
