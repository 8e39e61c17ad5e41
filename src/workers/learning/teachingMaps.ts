import { type Kernels, neighbourGraph } from '../../ann/index.ts';
import type { HeldOutVectors } from '../../metric/index.ts';
import type { PhotoId, TeachingMaps } from '../../protocol/index.ts';
import { layOut } from '../../umap/index.ts';

export interface TeachingMapsOptions {
  readonly d: number;
  /** Photo and group of each sample. */
  readonly ids: readonly PhotoId[];
  readonly groups: ArrayLike<number>;
  readonly seed: number;
  readonly kernels: () => Promise<Kernels>;
  /** Lets other work run, and throws if the job was canceled. */
  readonly pause: () => Promise<void>;
}

const NEIGHBOURS = 15;

/**
 * Maps of held-out samples before and after what was learned. The latter starts from the former, so
 * that only what was learned moves a photo far.
 */
export async function teachingMaps(
  { samples, before, after, size }: HeldOutVectors,
  { d, ids, groups, seed, kernels, pause }: TeachingMapsOptions,
): Promise<TeachingMaps> {
  const loaded = await kernels();
  const place = async (vectors: Float32Array, width: number, start?: Float32Array<ArrayBuffer>) => {
    const graph = await neighbourGraph(
      loaded,
      vectors,
      { d: width, k: NEIGHBOURS, seed },
      { pause },
    );
    const { positions } = await layOut(vectors, graph, { d: width, seed, start, pause });
    return positions;
  };
  const first = await place(before, d);
  return {
    ids: Uint32Array.from(samples, (sample) => ids[sample]!),
    groups: bySize(Uint32Array.from(samples, (sample) => groups[sample]!)),
    before: first,
    after: await place(after, size, first),
  };
}

/** Renumbers groups: 0 for the largest. */
function bySize(groups: Uint32Array): Uint32Array<ArrayBuffer> {
  const sizes = new Map<number, number>();
  for (const group of groups) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  const order = [...sizes].sort(([a, sizeA], [b, sizeB]) => sizeB - sizeA || a - b);
  const numbers = new Map(order.map(([group], number) => [group, number]));
  return Uint32Array.from(groups, (group) => numbers.get(group)!);
}
