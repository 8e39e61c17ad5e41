import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import type { IndexSpec } from '../../protocol/index.ts';
import { SPACE, vectorOf } from '../testing/indexedLibrary.ts';
import { labOf as libraryLab } from '../testing/labOf.ts';

const PHOTOS = 600;

const labOf = (photos = PHOTOS) => libraryLab(photos);

const never = new AbortController().signal;

const SPECS: IndexSpec[] = [
  { kind: 'flat' },
  { kind: 'ivf', nlist: 16 },
  { kind: 'pq' },
  { kind: 'ivfpq', nlist: 16 },
  { kind: 'lopq', nlist: 4 },
];

describe('the Lab', () => {
  it('describes its sample, with a plane of the most variance', async () => {
    const { handlers } = await labOf();
    const sample = await handlers.sample(never, SPACE.id);
    expect(sample).toMatchObject({ spaceId: SPACE.id, d: SPACE.d, total: PHOTOS });
    expect([...sample.ids]).toEqual(Array.from({ length: PHOTOS }, (_, i) => i + 1));
    const { eigenvalues, plane } = sample;
    expect([...eigenvalues].toSorted((a, b) => b - a)).toEqual([...eigenvalues]);
    for (const axis of [0, 1]) {
      const variance = plane.reduce((sum, x, i) => (i % 2 === axis ? sum + x * x : sum), 0);
      expect(variance / PHOTOS).toBeCloseTo(eigenvalues[axis]!, 4);
    }
  });

  it.each(SPECS)('searches a $kind index, and says what it did', async (spec) => {
    const { handlers } = await labOf();
    const answer = await handlers.search(never, SPACE.id, { spec, photo: 7, k: 5 });
    expect(answer.ids).toHaveLength(5);
    expect(answer.truth).toHaveLength(5);
    expect([...answer.ids, ...answer.truth]).not.toContain(7);
    const hits = [...answer.ids].filter((id) => answer.truth.includes(id));
    expect(answer.recall).toBeCloseTo(hits.length / 5);
    expect(answer.ms).toBeGreaterThan(0);
    const scans = answer.trace.filter((step) => step.step === 'scan');
    expect(scans.reduce((sum, { scanned }) => sum + scanned, 0)).toBe(answer.stats.codesScanned);
  });

  it('ranks the true nearest by inner product, and by distance on the plane', async () => {
    const { handlers } = await labOf();
    const ip = (a: Float32Array, b: Float32Array) => a.reduce((sum, x, i) => sum + x * b[i]!, 0);
    const { truth } = await handlers.search(never, SPACE.id, { spec: { kind: 'flat' }, photo: 9 });
    const all = Array.from({ length: PHOTOS }, (_, i) => i + 1).filter((id) => id !== 9);
    all.sort((a, b) => ip(vectorOf(b), vectorOf(9)) - ip(vectorOf(a), vectorOf(9)));
    expect([...truth]).toEqual(all.slice(0, 10));

    const { plane } = await handlers.sample(never, SPACE.id);
    const l2sq = (a: number, b: number) =>
      (plane[2 * a]! - plane[2 * b]!) ** 2 + (plane[2 * a + 1]! - plane[2 * b + 1]!) ** 2;
    const on = { spec: { kind: 'flat' }, photo: 9, dimensions: 2 } as const;
    const near = await handlers.search(never, SPACE.id, on);
    all.sort((a, b) => l2sq(a - 1, 8) - l2sq(b - 1, 8));
    expect([...near.ids]).toEqual(all.slice(0, 10));
  });

  it('measures recall, which grows with the effort', async () => {
    const { handlers, works } = await labOf();
    const rows = await handlers.measure(never, SPACE.id, {
      spec: { kind: 'ivf', nlist: 16 },
      searches: [{ nprobe: 1 }, { nprobe: 4 }, { nprobe: 16 }],
      queries: 20,
      recallAt: [1, 10],
    });
    expect(rows.map(({ cellsVisited }) => cellsVisited)).toEqual([1, 4, 16]);
    const recalls = rows.map(({ recall }) => recall);
    expect(recalls.toSorted((a, b) => a - b)).toEqual(recalls);
    expect(recalls[2]).toBe(1);
    expect(rows[2]!.recallAt).toEqual([1, 1]);
    expect(works.at(-1)).toEqual({ state: 'idle' });
  });

  it.each(SPECS)('plans efforts for a $kind index that it takes', async (spec) => {
    const { handlers, works } = await labOf();
    const plan = await handlers.plan(never, SPACE.id, { spec }, 5);
    expect(plan.spec.kind).toBe(spec.kind);
    expect(works.filter((work) => work.state === 'working' && work.stage === 'building')).toEqual(
      [],
    );
    const rows = await handlers.measure(never, SPACE.id, { ...plan, k: 5, queries: 5 });
    expect(rows.map(({ search }) => search)).toEqual(plan.searches);
    const recalls = rows.map(({ recall }) => recall);
    expect(recalls.toSorted((a, b) => a - b)).toEqual(recalls);
  });

  it('says what codes lose: less with more bytes, and nothing in a flat index', async () => {
    const { handlers } = await labOf();
    const mean = async (spec: IndexSpec) => {
      const { l2sq } = await handlers.errors(never, SPACE.id, { spec });
      expect(l2sq).toHaveLength(PHOTOS);
      return l2sq.reduce((sum, x) => sum + x, 0) / PHOTOS;
    };
    expect(await mean({ kind: 'flat' })).toBe(0);
    const coarse = await mean({ kind: 'pq', M: SPACE.d / 16, rerank: 'none' });
    const fine = await mean({ kind: 'pq', M: SPACE.d / 4, rerank: 'none' });
    expect(coarse).toBeGreaterThan(1.5 * fine);
    // It holds the vectors themselves beside its codes.
    expect(await mean({ kind: 'pq', M: SPACE.d / 16, rerank: 'float32' })).toBe(0);
  });

  it('shows a cell before and after its rotation: as much variance, uneven along its axes', async () => {
    const { handlers } = await labOf();
    const request = { spec: { kind: 'lopq', nlist: 2, M: 2 }, dimensions: 8 } as const;
    const { structure } = await handlers.structure(never, SPACE.id, request);
    const { starts } = structure.cells!;
    for (const cell of [0, 1]) {
      const spread = await handlers.cellSpread(never, SPACE.id, request, cell);
      expect(spread).toMatchObject({ count: starts[cell + 1]! - starts[cell]!, isRotated: true });
      const sum = (x: Float64Array) => x.reduce((total, each) => total + each, 0);
      expect(sum(spread.after)).toBeCloseTo(sum(spread.before), 5);
      const most = (x: Float64Array) => Math.max(...x);
      expect(most(spread.after)).toBeGreaterThan(most(spread.before));
    }
    const wrong = handlers.cellSpread(never, SPACE.id, request, 2);
    await expect(wrong).rejects.toMatchObject({ code: 'invalid-argument' });
    const pq = handlers.cellSpread(never, SPACE.id, { spec: { kind: 'pq' } }, 0);
    await expect(pq).rejects.toMatchObject({ code: 'invalid-argument' });
  });

  it('shows k-means round by round', async () => {
    const { handlers } = await labOf();
    const rounds = await Promise.all(
      [1, 2, 5].map((iterations) =>
        handlers.kmeans(never, SPACE.id, { nlist: 12, iterations, dimensions: 2 }),
      ),
    );
    expect(rounds.map(({ l2sq }) => l2sq.length)).toEqual([1, 2, 5]);
    // The rounds before are the same.
    expect([...rounds[2]!.l2sq].slice(0, 2)).toEqual([...rounds[1]!.l2sq]);
    expect(rounds[0]!.centroids).toHaveLength(24);
    expect(rounds[0]!.cells).toHaveLength(PHOTOS);
  });

  it('keeps a few indexes, and frees the others', async () => {
    const { handlers, kernels } = await labOf();
    const search = (nlist: number) =>
      handlers.search(never, SPACE.id, { spec: { kind: 'ivf', nlist }, photo: 1 });
    for (let nlist = 2; nlist <= 10; nlist++) await search(nlist);
    const held = kernels.bytesInUse;
    for (let nlist = 2; nlist <= 10; nlist++) await search(nlist);
    expect(kernels.bytesInUse).toBeLessThanOrEqual(held * 1.05);
  });

  it('stops when told, and goes on with the next call', async () => {
    const { handlers } = await labOf();
    const controller = new AbortController();
    const spec = { kind: 'lopq', nlist: 8 } as const;
    const search = handlers.search(controller.signal, SPACE.id, { spec, photo: 3 });
    controller.abort();
    await expect(search).rejects.toMatchObject({ code: 'aborted' });
    await expect(
      handlers.search(never, SPACE.id, { spec: { kind: 'flat' }, photo: 3 }),
    ).resolves.toMatchObject({ recall: 1 });
  });

  it.each([
    ['a photo outside of it', { photo: 999_999 }, 'not-found'],
    ['no results', { k: 0 }, 'invalid-argument'],
    ['too many results', { k: 1e9 }, 'invalid-argument'],
    ['too many components', { dimensions: SPACE.d + 1 }, 'invalid-argument'],
    ['half a component', { dimensions: 1.5 }, 'invalid-argument'],
    ['an unknown kind', { spec: { kind: 'magic' } }, 'invalid-argument'],
    ['an effort that is none', { nprobe: -1 }, 'invalid-argument'],
  ])('rejects %s', async (_what, wrong, code) => {
    const { handlers } = await labOf(50);
    const request = { spec: { kind: 'flat' } as IndexSpec, photo: 3, ...wrong } as never;
    await expect(handlers.search(never, SPACE.id, request)).rejects.toMatchObject({ code });
  });

  it.each([undefined, null, 5, 'flat', [], {}, { spec: null }, { spec: 'flat' }])(
    'rejects %o instead of a request',
    async (wrong) => {
      const { handlers } = await labOf(50);
      const request = wrong as never;
      const invalid = { code: 'invalid-argument' };
      const { search, structure, measure, plan, errors, cellSpread, codebook } = handlers;
      for (const handler of [search, structure, measure, errors, codebook]) {
        await expect(handler(never, SPACE.id, request)).rejects.toMatchObject(invalid);
      }
      await expect(plan(never, SPACE.id, request, 5)).rejects.toMatchObject(invalid);
      await expect(cellSpread(never, SPACE.id, request, 0)).rejects.toMatchObject(invalid);
    },
  );

  it.each([undefined, null, 5, 'all', {}])('rejects %o instead of a list', async (wrong) => {
    const { handlers } = await labOf(50);
    const list = wrong as never;
    const invalid = { code: 'invalid-argument' };
    const { vectors, similarities, measure, codebook } = handlers;
    await expect(vectors(never, SPACE.id, list)).rejects.toMatchObject(invalid);
    await expect(similarities(never, SPACE.id, list, [3])).rejects.toMatchObject(invalid);
    await expect(similarities(never, SPACE.id, [3], list)).rejects.toMatchObject(invalid);
    const searches = { spec: { kind: 'flat' }, searches: list } as const;
    await expect(measure(never, SPACE.id, searches)).rejects.toMatchObject(invalid);
    if (wrong === undefined) return;
    const others = { spec: { kind: 'pq' }, photo: 3, m: 0, others: list } as const;
    await expect(codebook(never, SPACE.id, others)).rejects.toMatchObject(invalid);
  });

  it.each([-1, Number.NaN, 'x'])('rejects %o as a seed of k-means', async (seed) => {
    const { handlers } = await labOf(50);
    const request = { nlist: 4, iterations: 2, seed: seed as never };
    const found = handlers.kmeans(never, SPACE.id, request);
    await expect(found).rejects.toMatchObject({ code: 'invalid-argument' });
  });

  it('needs two photos', async () => {
    const { handlers } = await labOf(1);
    await expect(handlers.sample(never, SPACE.id)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('gives vectors, and how alike photos are', async () => {
    const { handlers } = await labOf(50);
    const some = await handlers.vectors(never, SPACE.id, [3, 5]);
    expect([...some]).toEqual([...vectorOf(3), ...vectorOf(5)]);
    const alike = await handlers.similarities(never, SPACE.id, [3, 5], [3, 5, 7]);
    expect(alike).toHaveLength(6);
    expect(alike[0]).toBeCloseTo(1, 4);
    expect(alike[1]).toBeCloseTo(alike[3]!, 6);
  });
});
