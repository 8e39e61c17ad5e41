import { describe, expect, it } from 'vitest';
import { nodeSimdKernels } from '../../../../bench/nodeKernels.ts';
import { createPrng } from '../../../base/prng.ts';
import { clusteredUnitVectors } from '../../eval/synthetic.ts';
import { float32View } from '../../kernels/kernels.ts';
import { scalarKernels } from '../../kernels/scalar.ts';
import { OwnedBlocks } from '../rows/ownedBlocks.ts';
import type { IndexSpec } from '../spec.ts';
import { trainIndex } from '../train.ts';
import { LopqEncoder } from './lopqEncoder.ts';
import type { LopqModel } from './lopqShape.ts';
import { lopqShape } from './lopqShape.ts';
import { trainLopq } from './lopqTrain.ts';

const D = 16;
const N = 600;
const SAMPLE = clusteredUnitVectors({ d: D, centres: 8 }, createPrng(4))(N);
const IDS = Uint32Array.from({ length: N }, (_, i) => i + 1);
const SPACE = { spaceId: 'test/16', metric: 'l2sq', d: D } as const;
const SINGLE = { d: D, coarse: 'single', nlist: 6, M: 4, nbits: 4, codebooks: 'shared' } as const;
const MULTI = { ...SINGLE, coarse: 'multi', nlist: 4 } as const;
const SEED = { seed: 1 };

function expectOrthogonal(R: Float32Array, d: number): void {
  for (let i = 0; i < d; i++) {
    for (let j = 0; j <= i; j++) {
      let product = 0;
      for (let k = 0; k < d; k++) product += R[i * d + k]! * R[j * d + k]!;
      expect(product).toBeCloseTo(i === j ? 1 : 0, 5);
    }
  }
}

/**
 * The sub-quantizers' input for each vector in a single part, by definition, in double precision.
 */
function projected(model: LopqModel, nlist: number) {
  return Array.from({ length: N }, (_, row) => {
    const x = SAMPLE.subarray(row * D, (row + 1) * D);
    const distances = Array.from({ length: nlist }, (_, c) =>
      x.reduce((sum, value, i) => sum + (value - model.coarse[c * D + i]!) ** 2, 0),
    );
    const cell = distances.indexOf(Math.min(...distances));
    const r = Array.from(
      x,
      (value, i) => value - model.coarse[cell * D + i]! - model.mu[cell * D + i]!,
    );
    const from = (model.rotationOf[cell]! - 1) * D * D;
    const y = r.map((_, i) =>
      r.reduce((sum, v, j) => sum + model.rotations[from + i * D + j]! * v, 0),
    );
    return { cell, y: model.rotationOf[cell] === 0 ? r : y };
  });
}

describe('trainLopq', () => {
  it('finds orthogonal local and global rotations', async () => {
    const single = (await trainLopq(nodeSimdKernels(), lopqShape(SINGLE)!, SEED, SAMPLE)).model;
    expect(single.rotation).toBeNull();
    expect([...single.rotationOf]).toEqual([1, 2, 3, 4, 5, 6]);
    for (let r = 0; r < 6; r++) expectOrthogonal(single.rotations.subarray(r * D * D), D);
    const multi = (await trainLopq(nodeSimdKernels(), lopqShape(MULTI)!, SEED, SAMPLE)).model;
    expectOrthogonal(multi.rotation!, D);
    expect([...multi.rotationOf]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    for (let r = 0; r < 8; r++) expectOrthogonal(multi.rotations.subarray((r * D * D) / 4), D / 2);
  });

  it('makes the residuals of a cell centered, uncorrelated and balanced in variance', async () => {
    const { model } = await trainLopq(nodeSimdKernels(), lopqShape(SINGLE)!, SEED, SAMPLE);
    const all = projected(model, 6);
    for (let cell = 0; cell < 6; cell++) {
      const rows = all.filter((row) => row.cell === cell).map(({ y }) => y);
      const mean = (of: (y: number[]) => number) =>
        rows.reduce((s, y) => s + of(y), 0) / rows.length;
      const variances = Array.from({ length: D }, (_, i) => mean((y) => y[i]! ** 2));
      const largest = Math.max(...variances);
      for (let i = 0; i < D; i++) {
        expect(Math.abs(mean((y) => y[i]!))).toBeLessThan(1e-6);
        for (let j = 0; j < i; j++) {
          expect(Math.abs(mean((y) => y[i]! * y[j]!))).toBeLessThan(1e-5 * largest);
        }
      }
      // Each sub-vector has one of the four largest variances, which the allocation assigns first.
      const best = variances.toSorted((a, b) => b - a).slice(0, 4);
      const homes = best.map((variance) => Math.floor(variances.indexOf(variance) / 4));
      expect(homes.toSorted()).toEqual([0, 1, 2, 3]);
    }
  });

  it('leaves cells with too few points unrotated and warns', async () => {
    const shape = lopqShape({ ...SINGLE, nlist: 60, codebooks: 'local' })!;
    const { model, warnings } = await trainLopq(nodeSimdKernels(), shape, SEED, SAMPLE);
    const identities = model.rotationOf.filter((rotation) => rotation === 0).length;
    expect(identities).toBeGreaterThan(0);
    expect(identities).toBeLessThan(60);
    expect(warnings[0]).toBe(
      `${identities} of 60 cells have too few vectors for a rotation of their own`,
    );
    expect(warnings[1]).toMatch(/^\d+ of 60 cells have too few vectors for a codebook/);
    expect(model.rotations).toHaveLength((60 - identities) * D * D);
  });

  it('trains per-cell codebooks only when requested', async () => {
    const shared = await trainLopq(nodeSimdKernels(), lopqShape(SINGLE)!, SEED, SAMPLE);
    expect(shared.model.pqCentroids).toHaveLength(16 * D);
    const shape = lopqShape({ ...SINGLE, codebooks: 'local' })!;
    const local = await trainLopq(nodeSimdKernels(), shape, SEED, SAMPLE);
    expect(local.model.pqCentroids).toHaveLength(6 * 16 * D);
    expect(local.warnings).toEqual([]);
  });
});

describe('LopqEncoder', () => {
  it('encodes vectors to the codes worked out by hand', () => {
    // The global rotation gives (x₁, −x₀). Each half has 1 component, so a local rotation is ±1.
    const model: LopqModel = {
      rotation: Float32Array.of(0, 1, -1, 0),
      coarse: Float32Array.of(0, 10, 0, -10),
      mu: Float32Array.of(0.5, 1, 0, -2),
      rotationOf: Uint32Array.of(0, 1, 0, 0),
      rotations: Float32Array.of(-1),
      // Sub-centroids 0, 1, 2, …, 15 of the first half, 0, −1, −2, …, −15 of the second.
      pqCentroids: Float32Array.from({ length: 32 }, (_, j) => (j < 16 ? j : 16 - j)),
    };
    const shape = lopqShape({ ...MULTI, d: 2, nlist: 2, M: 2 })!;
    const memory = new OwnedBlocks(scalarKernels());
    const encoder = new LopqEncoder(memory, shape, model);
    const rows = memory.alloc(4 * 6);
    float32View(rows, 6).set([3.2, 3.4, 14.1, 7.9, -1, 0.5]);
    const cells = new Uint32Array(3);
    const codes = new Uint8Array(6);
    encoder.encode({ block: rows, offset: 0, stride: 2, d: 2, count: 3 }, cells, codes);
    // (3.2, 3.4) → (3.4, −3.2): centroids 0 and 0; 3.4 − 0 − 0.5 = 2.9 → 3; −3.2 → code 3.
    // (14.1, 7.9) → (7.9, −14.1): 10 and −10; −(7.9 − 10 − 1) = 3.1 → 3; −14.1 + 10 + 2 = −2.1 → 2.
    // (−1, 0.5) → (0.5, 1): 0 and 0; 0 → 0; 1 → the nearest of 0, −1, … is 0.
    expect([...cells]).toEqual([0, 3, 0]);
    expect([...codes]).toEqual([3, 3, 3, 2, 0, 0]);
  });
});

describe('building LOPQ', () => {
  const spec = { kind: 'lopq', coarse: 'multi', nlist: 4, M: 4, nbits: 4 } as const;
  const code = (name: string) => expect.objectContaining({ code: name });

  it('produces the same bytes regardless of insertion order', async () => {
    const kernels = nodeSimdKernels();
    const whole = await trainIndex(kernels, SPACE, spec, SAMPLE);
    whole.add(IDS, SAMPLE);
    const single = await trainIndex(kernels, SPACE, spec, SAMPLE);
    for (let i = N - 1; i >= 0; i--) single.add([IDS[i]!], SAMPLE.subarray(i * D, (i + 1) * D));
    expect(new Uint8Array(single.seal().serialize())).toEqual(
      new Uint8Array(whole.seal().serialize()),
    );
  });

  it('passes on training warnings', async () => {
    const few = { ...spec, nlist: 200 } as const;
    const { warnings } = await trainIndex(nodeSimdKernels(), SPACE, few, SAMPLE);
    expect(warnings).toEqual([
      expect.stringMatching(/^\d+ of 400 cells have too few vectors for a rotation of their own$/),
    ]);
  });

  it.each<IndexSpec>([
    { kind: 'lopq', nlist: 4, M: 4, nbits: 4, rerank: 'none' },
    { kind: 'lopq', coarse: 'multi', nlist: 4, M: 4, nbits: 4, codebooks: 'local' },
  ])('returns identical points by ascending id: %j', async (equal) => {
    const builder = await trainIndex(
      scalarKernels(),
      SPACE,
      equal,
      new Float32Array(64 * D).fill(0.25),
    );
    builder.add(
      Uint32Array.from({ length: 64 }, (_, i) => 64 - i),
      new Float32Array(64 * D).fill(0.25),
    );
    const found = builder.seal().search(SAMPLE.subarray(0, D), { k: 5, nprobe: 16, rerank: 64 });
    expect([...found.ids]).toEqual([1, 2, 3, 4, 5]);
  });

  it('can search an empty index and one with a single vector', async () => {
    const query = SAMPLE.subarray(0, D);
    const none = await trainIndex(scalarKernels(), SPACE, spec, SAMPLE);
    expect(none.seal().search(query, { k: 5 }).ids).toHaveLength(0);
    const one = await trainIndex(scalarKernels(), SPACE, spec, SAMPLE);
    one.add([9], query);
    expect([...one.seal().search(query, { k: 5, nprobe: 1 }).ids]).toEqual([9]);
  });

  it.each<[string, IndexSpec, number]>([
    ['M that does not divide d', { kind: 'lopq', M: 5 }, N],
    ['an odd M of two halves', { kind: 'lopq', coarse: 'multi', M: 1 }, N],
    ['more cells than points', { kind: 'lopq', nlist: N + 1 }, N],
    ['codebooks that are none', { kind: 'lopq', codebooks: 'both' as 'local' }, N],
    ['fewer points than the values of a code', { kind: 'lopq', nbits: 8 }, 255],
  ])('rejects %s', async (_, bad, n) => {
    const sample = SAMPLE.subarray(0, n * D);
    await expect(trainIndex(scalarKernels(), SPACE, bad, sample)).rejects.toThrowError(
      code('invalid-argument'),
    );
  });

  it('frees all memory when disposed or aborted', async () => {
    const kernels = nodeSimdKernels();
    const builder = await trainIndex(kernels, SPACE, spec, SAMPLE);
    builder.add(IDS, SAMPLE);
    const index = builder.seal();
    builder.dispose();
    index.search(SAMPLE.subarray(0, D), { k: 3 });
    expect(index.bytes).toBeGreaterThan(index.rerankBytes);
    index.dispose();
    expect(kernels.bytesInUse).toBe(0);
    for (const steps of [0, 3, 10, 20, 40]) {
      let left = steps;
      const control = { aborted: () => left-- <= 0 };
      await expect(trainIndex(kernels, SPACE, spec, SAMPLE, control)).rejects.toThrowError(
        code('aborted'),
      );
      expect(kernels.bytesInUse).toBe(0);
    }
  });

  it('reports progress that never decreases and ends near 1', async () => {
    const shares: number[] = [];
    const control = { progress: (_: string, share: number) => shares.push(share) };
    await trainIndex(nodeSimdKernels(), SPACE, spec, SAMPLE, control);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBeGreaterThan(0.9);
    expect(shares.at(-1)).toBeLessThanOrEqual(1);
  });
});
