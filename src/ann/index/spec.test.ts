import { describe, expect, it } from 'vitest';
import type { IndexSpec } from './spec.ts';
import { resolveSpec } from './spec.ts';

const invalid = expect.objectContaining({ code: 'invalid-argument' });

describe('resolveSpec', () => {
  it('fills in defaults', () => {
    expect(resolveSpec({ kind: 'flat' }, 0, 7)).toEqual({ kind: 'flat', store: 'float32' });
    expect(resolveSpec({ kind: 'ivf' }, 100_000, 128)).toEqual({
      kind: 'ivf',
      nlist: 1024,
      seed: 1,
    });
    expect(resolveSpec({ kind: 'ivf' }, 1_000_000, 128)).toMatchObject({ nlist: 2048 });
    expect(resolveSpec({ kind: 'pq' }, 100_000, 128)).toEqual({
      kind: 'pq',
      M: 16,
      nbits: 8,
      rerank: 'sq8',
      seed: 1,
    });
    expect(resolveSpec({ kind: 'ivfpq' }, 100_000, 128)).toEqual({
      kind: 'ivfpq',
      nlist: 1024,
      M: 32,
      nbits: 4,
      opq: true,
      rerank: 'sq8',
      seed: 1,
    });
    expect(resolveSpec({ kind: 'lopq', coarse: 'multi' }, 100_000, 128)).toMatchObject({
      coarse: 'multi',
      nlist: 32,
      codebooks: 'shared',
      nbits: 8,
    });
  });

  it('fills in defaults of trees, and rejects what is out of range', () => {
    expect(resolveSpec({ kind: 'kdtree' }, 0, 3)).toEqual({
      kind: 'kdtree',
      leafSize: 32,
      store: 'float32',
    });
    expect(resolveSpec({ kind: 'forest', store: 'sq8' }, 0, 3)).toEqual({
      kind: 'forest',
      trees: 10,
      leafSize: 64,
      store: 'sq8',
      seed: 1,
    });
    const specs: readonly IndexSpec[] = [
      { kind: 'kdtree', leafSize: 0 },
      { kind: 'kdtree', leafSize: 2 ** 16 + 1 },
      { kind: 'kdtree', leafSize: 1.5 },
      { kind: 'forest', trees: 0 },
      { kind: 'forest', trees: 1025 },
      { kind: 'forest', leafSize: Number.NaN },
      { kind: 'forest', seed: -1 },
      { kind: 'forest', store: 'pq' as 'sq8' },
    ];
    for (const spec of specs) expect(() => resolveSpec(spec, 100, 3)).toThrowError(invalid);
  });

  it('limits 4-bit codes to what a scan can sum', () => {
    expect(resolveSpec({ kind: 'ivfpq' }, 1000, 1792)).toMatchObject({
      M: 256,
      nbits: 4,
      opq: false,
    });
    expect(resolveSpec({ kind: 'pq', nbits: 8 }, 1000, 4096)).toMatchObject({ M: 512 });
    const wide = { kind: 'pq', M: 448, nbits: 4 } as const;
    expect(() => resolveSpec(wide, 1000, 1792)).toThrowError(invalid);
  });

  it('finds an M for any d and keeps explicit values', () => {
    for (const d of [1, 2, 3, 7, 24, 100, 131, 480, 1792]) {
      const spec = resolveSpec({ kind: 'pq' }, 1000, d);
      expect(spec.kind === 'pq' && d % spec.M).toBe(0);
    }
    const told = {
      kind: 'ivfpq',
      nlist: 3,
      M: 5,
      nbits: 8,
      opq: true,
      rerank: 'none',
      seed: 9,
    } as const;
    expect(resolveSpec(told, 300, 10)).toEqual(told);
    expect(resolveSpec({ kind: 'opq' }, 20, 8)).toMatchObject({ nbits: 4 });
  });

  it('has a default that any number of points can train', () => {
    for (let n = 1; n < 3000; n += 1 + (n >> 3)) {
      const spec = resolveSpec({ kind: 'ivf' }, n, 5);
      expect(spec.kind === 'ivf' && spec.nlist >= 1 && spec.nlist <= n).toBe(true);
    }
  });

  const refused: readonly (readonly [string, IndexSpec, number, number])[] = [
    ['fewer points than cells', { kind: 'ivf', nlist: 11 }, 10, 4],
    ['no points', { kind: 'ivf' }, 0, 4],
    ['0 cells', { kind: 'ivf', nlist: 0 }, 10, 4],
    ['half a cell', { kind: 'ivf', nlist: 1.5 }, 10, 4],
    ['too many cells', { kind: 'ivf', nlist: 65537 }, 1e6, 4],
    ['fewer points than ksub', { kind: 'pq', nbits: 8 }, 255, 4],
    ['fewer points than ksub of 4 bits', { kind: 'opq' }, 15, 4],
    ['M that does not divide d', { kind: 'pq', M: 5 }, 1000, 128],
    ['M of 0', { kind: 'ivfpq', M: 0 }, 1000, 8],
    ['M above d', { kind: 'pq', M: 16 }, 1000, 8],
    ['nbits of 5', { kind: 'pq', nbits: 5 as 4 }, 1000, 8],
    ['a store that there is not', { kind: 'flat', store: 'int4' as 'sq8' }, 10, 4],
    ['a re-rank store that there is not', { kind: 'pq', rerank: 'pq' as 'sq8' }, 1000, 8],
    ['a kind that there is not', { kind: 'annoy' as 'flat' }, 10, 4],
    ['a seed below 0', { kind: 'ivf', seed: -1 }, 10, 4],
    ['a rotation of yes', { kind: 'ivfpq', opq: 'yes' as unknown as boolean }, 1000, 8],
    ['a multi-index of an odd d', { kind: 'lopq', coarse: 'multi', M: 2 }, 1000, 7],
    ['a multi-index of an odd M', { kind: 'lopq', coarse: 'multi', M: 3 }, 1000, 12],
    ['a trained kind of a huge d', { kind: 'ivf' }, 10, 4097],
    ['d of 0', { kind: 'flat' }, 10, 0],
    ['d above the greatest', { kind: 'flat' }, 10, 65537],
  ];

  it.each(refused)('rejects %s', (_, spec, n, d) => {
    expect(() => resolveSpec(spec, n, d)).toThrowError(invalid);
  });
});
