import { createPrng } from '../../../base/prng.ts';
import { groundTruth } from '../../eval/groundTruth.ts';
import { clusteredUnitVectors } from '../../eval/synthetic.ts';
import { bitmapBytes, setBit } from '../../kernels/bitmap.ts';
import type { Kernels } from '../../kernels/kernels.ts';
import type { IndexSpec } from '../spec.ts';
import { trainIndex } from '../train.ts';
import type { Metric, VectorIndex } from '../vectorIndex.ts';

/** Components, vectors and cells of the test's base. */
export const D = 19;
export const N = 2000;
export const NLIST = 24;

/** Base and queries of one distribution; ids unordered, with gaps. */
function drawBase(metric: Metric) {
  const draw = clusteredUnitVectors({ d: D, centres: 12 }, createPrng(1));
  const vectors = draw(N);
  // Varying lengths, if the metric depends on them.
  if (metric === 'l2sq') for (let i = 0; i < N * D; i++) vectors[i]! *= 1 + (Math.floor(i / D) & 3);
  const ids = Array.from({ length: N }, (_, row) => 1 + ((row * 7) % N) * 2);
  return { d: D, vectors, ids, queries: draw(20) };
}

export const BASES = { ip: drawBase('ip'), l2sq: drawBase('l2sq') };

/** One of 20 queries. */
export function queryOf(metric: Metric, i: number): Float32Array {
  return BASES[metric].queries.subarray(i * D, (i + 1) * D);
}

/** An index of the base, added in two halves. */
export async function build(
  kernels: Kernels,
  metric: Metric,
  spec: IndexSpec,
): Promise<VectorIndex> {
  const { ids, vectors } = BASES[metric];
  const space = { spaceId: 'test/19', metric, d: D };
  const builder = await trainIndex(kernels, space, spec, vectors);
  builder.add(ids.slice(0, 1000), vectors.subarray(0, 1000 * D));
  builder.add(ids.slice(1000), vectors.subarray(1000 * D));
  await builder.prepare?.();
  const index = builder.seal();
  builder.dispose();
  return index;
}

/** A bitmap of allowed ids, and the truth among them. */
export function filterOf(metric: Metric, share: number, seed: number) {
  const base = BASES[metric];
  const prng = createPrng(seed);
  const rows = base.ids.map((_, row) => row).filter(() => prng.float() < share);
  const allowed = new Uint8Array(bitmapBytes(2 * N + 2));
  for (const row of rows) setBit(allowed, base.ids[row]!, true);
  const subset = {
    d: D,
    ids: rows.map((row) => base.ids[row]!),
    vectors: Float32Array.from(
      rows.flatMap((row) => [...base.vectors.subarray(row * D, (row + 1) * D)]),
    ),
  };
  const truth = (query: Float32Array, k: number) =>
    groundTruth(metric, subset, query, k).map(({ id }) => id);
  return { allowed, count: rows.length, truth };
}
