import { describe, expect, it } from 'vitest';
import { nodeSimdKernels } from '../../../../../bench/nodeKernels.ts';
import { createPrng } from '../../../../base/prng.ts';
import { groundTruth } from '../../../eval/groundTruth.ts';
import { recall } from '../../../eval/recall.ts';
import { clusteredUnitVectors } from '../../../eval/synthetic.ts';
import type { IndexSpec } from '../../spec.ts';
import { trainIndex } from '../../train.ts';
import type { Metric, VectorIndex } from '../../vectorIndex.ts';

const D = 16;
const N = 3_000;
const kernels = nodeSimdKernels();
const prng = createPrng(21);
const draw = clusteredUnitVectors({ d: D, centres: 30 }, prng);
const base = draw(N);
const queries = draw(40);

async function forestOf(
  vectors: Float32Array,
  spec: Omit<Extract<IndexSpec, { kind: 'forest' }>, 'kind'>,
  metric: Metric = 'ip',
  d = D,
): Promise<VectorIndex> {
  const space = { spaceId: 'forest', metric, d };
  const builder = await trainIndex(kernels, space, { kind: 'forest', ...spec }, vectors);
  builder.add(
    Array.from({ length: vectors.length / d }, (_, row) => row + 1),
    vectors,
  );
  await builder.prepare?.();
  const index = builder.seal();
  builder.dispose();
  return index;
}

function leavesOf(index: VectorIndex, tree: number): number[] {
  const { left, countOf } = index.structure().trees![tree]!;
  return [...left.keys()].filter((node) => left[node] === 0).map((node) => countOf[node]!);
}

function depthOf(index: VectorIndex, tree: number): number {
  const { left, right } = index.structure().trees![tree]!;
  const depths = new Array<number>(left.length).fill(0);
  for (let node = 0; node < left.length; node++) {
    if (left[node] === 0) continue;
    depths[left[node]!] = depths[right[node]!] = depths[node]! + 1;
  }
  return Math.max(...depths);
}

function meanRecall(index: VectorIndex, vectors: Float32Array, searchK: number): number {
  const { metric } = index;
  const ids = Array.from({ length: N }, (_, row) => row + 1);
  let sum = 0;
  for (let i = 0; i < 40; i++) {
    const query = queries.slice(i * D, (i + 1) * D);
    const truth = groundTruth(metric, { d: D, ids, vectors }, query, 10).map(({ id }) => id);
    sum += recall(truth, index.search(query, { k: 10, searchK }).ids);
  }
  return sum / 40;
}

describe('a forest', () => {
  it('finds most neighbors among a tenth of the vectors', async () => {
    const index = await forestOf(base, { leafSize: 20 });
    expect(meanRecall(index, base, N / 10)).toBeGreaterThan(0.95);
    index.dispose();
  });

  it('finds vectors with a large product because they are long', async () => {
    const scaled = base.map((x, at) => x * 2 ** (Math.floor(at / D) % 4));
    const index = await forestOf(scaled, { leafSize: 20 });
    expect(meanRecall(index, scaled, N / 10)).toBeGreaterThan(0.9);
    index.dispose();
  });

  it('finds more with more trees, of which the first are the same', async () => {
    const [few, many] = [
      await forestOf(base, { trees: 1, leafSize: 20 }),
      await forestOf(base, { trees: 8, leafSize: 20 }),
    ];
    expect(meanRecall(many, base, 200)).toBeGreaterThan(meanRecall(few, base, 200) + 0.05);
    expect(many.structure().trees![0]).toEqual(few.structure().trees![0]);
    for (const index of [few, many]) index.dispose();
  });

  it('depends on the seed', async () => {
    const [one, two] = [
      await forestOf(base, { trees: 1, seed: 1 }),
      await forestOf(base, { trees: 1, seed: 2 }),
    ];
    const [a, b] = [one, two].map((index) => Buffer.from(index.serialize()));
    expect(Buffer.compare(a!, b!)).not.toBe(0);
    for (const index of [one, two]) index.dispose();
  });

  it.each([
    ['equal', new Float32Array(1_000 * 3).fill(0.5)],
    ['equal but for one', new Float32Array(1_000 * 3).fill(0.5).fill(4, 0, 3)],
    ['on a line', Float32Array.from({ length: 1_000 * 3 }, (_, at) => 1 + Math.floor(at / 3))],
    ['ever farther apart', Float32Array.from({ length: 1_000 * 3 }, (_, at) => 1.02 ** (at / 3))],
    ['on two points', Float32Array.from({ length: 1_000 * 3 }, (_, at) => (at < 1_200 ? 1 : -1))],
  ])('splits vectors that are %s into small leaves, not too deep', async (_, vectors) => {
    for (const metric of ['ip', 'l2sq'] as const) {
      const index = await forestOf(vectors, { trees: 3, leafSize: 10 }, metric, 3);
      for (let tree = 0; tree < 3; tree++) {
        expect(Math.max(...leavesOf(index, tree))).toBeLessThanOrEqual(10);
        // A side keeps at most 95 %.
        expect(depthOf(index, tree)).toBeLessThan(Math.log(100) / -Math.log(0.95));
      }
      const found = index.search(vectors.slice(900, 903), { k: 1_000 });
      expect(found.ids).toHaveLength(1_000);
      index.dispose();
    }
  });
});
