import { expect, it } from 'vitest';
import { nodeSimdKernels } from '../../../../bench/nodeKernels.ts';
import { createPrng } from '../../../base/prng.ts';
import { groundTruth } from '../../eval/groundTruth.ts';
import { recall } from '../../eval/recall.ts';
import { clusteredUnitVectors } from '../../eval/synthetic.ts';
import type { IndexSpec } from '../spec.ts';
import { trainIndex } from '../train.ts';
import type { VectorIndex } from '../vectorIndex.ts';

const D = 16;
const N = 2_000;
const draw = clusteredUnitVectors({ d: D, centres: 40 }, createPrng(6));
const base = draw(N);
const queries = draw(50);
const ids = Uint32Array.from({ length: N }, (_, row) => row + 1);

async function indexOf(spec: IndexSpec, vectors: Float32Array): Promise<VectorIndex> {
  const space = { spaceId: 'norms/16', metric: 'l2sq', d: D } as const;
  const builder = await trainIndex(nodeSimdKernels(), space, spec, vectors);
  builder.add(ids, vectors);
  return builder.seal();
}

it('finds as much of vectors that lie far from zero', async () => {
  const recalls: number[] = [];
  for (const away of [0, 40]) {
    const [vectors, asked] = [base, queries].map((all) => all.map((x) => x + away));
    const index = await indexOf({ kind: 'ivfpq', nlist: 32, M: 8, rerank: 'none' }, vectors!);
    let sum = 0;
    for (let i = 0; i < 50; i++) {
      const query = asked!.subarray(i * D, (i + 1) * D);
      const found = index.search(query, { k: 10, nprobe: 8 }).ids;
      const near = groundTruth('l2sq', { d: D, ids, vectors: vectors! }, query, 10);
      sum += recall(
        Uint32Array.from(near, ({ id }) => id),
        found,
      );
    }
    recalls.push(sum / 50);
    index.dispose();
  }
  expect(recalls[1]).toBeGreaterThan(recalls[0]! - 0.03);
});
