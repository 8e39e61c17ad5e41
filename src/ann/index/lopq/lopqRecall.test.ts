import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { nodeSimdKernels } from '../../../../bench/nodeKernels.ts';
import { createPrng } from '../../../base/prng.ts';
import { clusteredUnitVectors } from '../../eval/synthetic.ts';
import { readFvecs } from '../../eval/vecs.ts';
import { drawNumbers, gatherRows } from '../../quantizer/rows.ts';
import type { IndexSpec } from '../spec.ts';
import { trainIndex } from '../train.ts';

const CODES = { M: 8, nbits: 8, rerank: 'none' } as const;

async function build(base: Float32Array, d: number, spec: IndexSpec) {
  const space = { spaceId: 'test/recall', metric: 'l2sq', d } as const;
  const builder = await trainIndex(nodeSimdKernels(), space, spec, base);
  builder.add(
    Array.from({ length: base.length / d }, (_, i) => i + 1),
    base,
  );
  return builder.seal();
}

describe('with codes of equal size', () => {
  it('LOPQ has less error than OPQ, and OPQ less than PQ', async () => {
    const d = 32;
    const base = clusteredUnitVectors({ d, centres: 16 }, createPrng(2))(3000);
    const errorOf = async (spec: IndexSpec) => {
      const index = await build(base, d, spec);
      const vector = new Float32Array(d);
      let sum = 0;
      for (let id = 1; id <= 3000; id++) {
        index.reconstruct(id, vector);
        for (let i = 0; i < d; i++) sum += (vector[i]! - base[(id - 1) * d + i]!) ** 2;
      }
      return sum / 3000;
    };
    const opq = await errorOf({ kind: 'opq', ...CODES });
    expect(opq).toBeLessThan(await errorOf({ kind: 'pq', ...CODES }));
    expect(await errorOf({ kind: 'lopq', nlist: 16, ...CODES })).toBeLessThan(opq);
    const multi = { kind: 'lopq', coarse: 'multi', nlist: 8, ...CODES } as const;
    expect(await errorOf(multi)).toBeLessThan(opq);
  }, 60_000);
});

/** Features of the Oxford5k photos (yahoo/lopq, Apache-2.0), if available. */
const OXFORD = new URL('../../../../../shared/data/oxford_features.fvecs', import.meta.url);
const missing = !existsSync(OXFORD);
const REASON = '../shared/data/oxford_features.fvecs is not there';

describe('on Oxford5k with a fifth held out as queries', () => {
  const RANKS = [1, 10, 100, 1000] as const;

  /** The fraction of queries whose true nearest neighbor is in the top R. */
  async function recallAt(specs: readonly IndexSpec[]): Promise<number[][]> {
    const { d, n, rows } = readFvecs(readFileSync(OXFORD));
    const order = drawNumbers(n, n, createPrng(1));
    const split = Math.floor(0.8 * n);
    const base = gatherRows(rows, d, order.subarray(0, split));
    const queries = gatherRows(rows, d, order.subarray(split));
    const exact = await build(base, d, { kind: 'flat' });
    const truth = exact.searchBatch(queries, { k: 1 }).map(({ ids }) => ids[0]!);
    const recalls: number[][] = [];
    for (const spec of specs) {
      const index = await build(base, d, spec);
      // As many codes as the reference implementation compares by default.
      const found = index.searchBatch(queries, { k: 1000, nprobe: 256, maxCodes: 1000 });
      const ranks = found.map(({ ids }, i) => ids.indexOf(truth[i]!));
      recalls.push(
        RANKS.map((R) => ranks.filter((rank) => rank >= 0 && rank < R).length / ranks.length),
      );
    }
    return recalls;
  }

  it('a 2 × 16 multi-index meets the reference implementation’s own recall thresholds', async ({
    skip,
  }) => {
    skip(missing, REASON);
    const multi = { kind: 'lopq', coarse: 'multi', nlist: 16, ...CODES } as const;
    const [shared, local] = await recallAt([multi, { ...multi, codebooks: 'local' }]);
    [0.51, 0.92, 0.97, 0.97].forEach((least, i) => {
      expect(shared![i]).toBeGreaterThanOrEqual(least);
      expect(local![i]).toBeGreaterThanOrEqual(least);
    });
  }, 60_000);

  it('LOPQ has at least the recall of OPQ, and OPQ at least that of PQ', async ({ skip }) => {
    skip(missing, REASON);
    const kinds = ['pq', 'opq', 'lopq'] as const;
    const [pq, opq, lopq] = await recallAt(kinds.map((kind) => ({ kind, ...CODES })));
    for (const i of [0, 1]) {
      expect(opq![i]).toBeGreaterThanOrEqual(pq![i]!);
      expect(lopq![i]).toBeGreaterThanOrEqual(opq![i]!);
    }
  }, 60_000);
});
