import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import type { LabCodebookRequest, PhotoId } from '../../protocol/index.ts';
import { SPACE, upTo, vectorOf } from '../testing/indexedLibrary.ts';
import { labOf } from '../testing/labOf.ts';
import { recallOfCells } from './labCentroids.ts';

const never = new AbortController().signal;
const SPEC = { kind: 'pq', M: 4, nbits: 4, rerank: 'none' } as const;

describe('a codebook of the Lab', () => {
  const request: LabCodebookRequest = { spec: SPEC, photo: 7, m: 2, others: [8, 9], centroids: 5 };

  it('shows the photos nearest to centroids by their sub-vectors', async () => {
    const { handlers } = await labOf(300);
    const book = await handlers.codebook(never, SPACE.id, request);
    expect(book).toMatchObject({ M: 4, ksub: 16, dsub: 4, m: 2 });
    const { structure } = await handlers.structure(never, SPACE.id, { spec: SPEC });
    const all = structure.codes!;
    const codeOf = (id: PhotoId) => all.codes[structure.ids.indexOf(id) * 4 + 2]!;
    expect([book.code, ...book.codes]).toEqual([7, 8, 9].map(codeOf));

    const distance = (id: PhotoId, number: number) =>
      vectorOf(id)
        .subarray(8, 12)
        .reduce((sum, x, i) => sum + (x - all.centroids[(2 * 16 + number) * 4 + i]!) ** 2, 0);
    const shown = book.centroids.map(({ number }) => number);
    for (const used of [book.code, ...book.codes]) expect(shown).toContain(used);
    expect(book.centroids[0]!.number).toBe(book.code);
    for (const { number, l2sq, size, nearest } of book.centroids) {
      expect(l2sq).toBeCloseTo(distance(7, number), 5);
      expect(size).toBe(upTo(300).filter((id) => codeOf(id) === number).length);
      const best = upTo(300).sort((a, b) => distance(a, number) - distance(b, number) || a - b);
      expect([...nearest]).toEqual(best.slice(0, 4));
    }
    const away = book.centroids.map(({ l2sq }) => l2sq);
    expect(away.toSorted((a, b) => a - b)).toEqual(away);
  });

  it.each([
    ['a sub-vector beyond the last', { m: 4 }, 'invalid-argument'],
    ['a photo outside of the sample', { photo: 999 }, 'not-found'],
    ['another photo outside of it', { others: [999] }, 'not-found'],
    ['too many centroids', { centroids: 257 }, 'invalid-argument'],
    ['no photos to a centroid', { nearest: 0 }, 'invalid-argument'],
    ['another kind', { spec: { kind: 'flat' } }, 'invalid-argument'],
    ['half a sub-vector', { m: 0.5 }, 'invalid-argument'],
  ])('rejects %s', async (_what, wrong, code) => {
    const { handlers } = await labOf(40);
    const asked = { ...request, ...wrong } as LabCodebookRequest;
    await expect(handlers.codebook(never, SPACE.id, asked)).rejects.toMatchObject({ code });
  });
});

describe('centroids needed', () => {
  it('counts a tie at the end in part', () => {
    const scores = Float32Array.of(0.1, 0.9, 0.5);
    // The best cell holds the photo itself and another, the next four.
    const cells = Uint32Array.of(1, 1, 2, 2, 2, 2, 0, 0);
    expect(recallOfCells(scores, cells, 0, [1, 2], 3)).toBeCloseTo((1 + 2 / 4) / 2);
    expect(recallOfCells(scores, cells, 0, [0, 0], 5)).toBe(0);
    expect(recallOfCells(scores, cells, 0, [0, 0], 7)).toBe(1);
  });

  it('are far fewer for sub-vectors than for whole vectors', async () => {
    const { handlers, kernels } = await labOf(300);
    const request = { k: 5, recall: 0.6, queries: 20 };
    await handlers.sample(never, SPACE.id);
    const held = kernels.bytesInUse;
    const found = await handlers.centroids(never, SPACE.id, request);
    expect(kernels.bytesInUse).toBe(held);
    expect(found).toMatchObject({ k: 5, aim: 0.6, photos: 300, queries: 20 });
    const needed = (kind: string) =>
      found.rows.find((row) => row.kind === kind && row.recall >= 0.6)?.centroids ?? Infinity;
    expect(needed('pq')).toBeLessThan(needed('kmeans'));
    for (const { centroids, M, nbits } of found.rows) expect(centroids).toBe(M * 2 ** nbits);
    const whole = found.rows.filter(({ kind }) => kind === 'kmeans');
    for (const { centroids } of whole) expect(2 * centroids).toBeLessThanOrEqual(300);
  });

  it('stop when told, and free their memory', async () => {
    const { handlers, kernels } = await labOf(600);
    await handlers.sample(never, SPACE.id);
    const held = kernels.bytesInUse;
    const controller = new AbortController();
    const found = handlers.centroids(controller.signal, SPACE.id, { recall: 1 });
    setTimeout(() => controller.abort(), 20);
    await expect(found).rejects.toMatchObject({ code: 'aborted' });
    expect(kernels.bytesInUse).toBe(held);
  });

  it.each([{ k: 0 }, { recall: 0 }, { recall: 1.1 }, { queries: 101 }, { photos: 5_000 }])(
    'rejects %o',
    async (wrong) => {
      const { handlers } = await labOf(40);
      const found = handlers.centroids(never, SPACE.id, wrong);
      await expect(found).rejects.toMatchObject({ code: 'invalid-argument' });
    },
  );
});

describe('the times of comparing everything', () => {
  it('are measured up to the whole sample, and leave nothing behind', async () => {
    const { handlers, kernels } = await labOf(100);
    await handlers.sample(never, SPACE.id);
    const held = kernels.bytesInUse;
    const { points } = await handlers.scanTimes(never, SPACE.id, { photo: 3, parts: 4 });
    expect(points.map(({ photos }) => photos)).toEqual([25, 50, 75, 100]);
    for (const { ms } of points) expect(ms).toBeGreaterThan(0);
    expect(kernels.bytesInUse).toBe(held);
    await expect(handlers.scanTimes(never, SPACE.id, { photo: 3, parts: 1 })).rejects.toMatchObject(
      { code: 'invalid-argument' },
    );
  });
});

it('searches only a part of the sample if asked to', async () => {
  const { handlers } = await labOf(100);
  const request = { spec: { kind: 'flat' }, photo: 7, k: 5 } as const;
  const whole = await handlers.search(never, SPACE.id, request);
  for (const photos of [5, 40, 100]) {
    const part = await handlers.search(never, SPACE.id, { ...request, photos });
    expect([...part.truth]).toEqual([...whole.truth]);
    expect(part.stats.codesScanned).toBe(photos < 7 ? photos : photos - 1);
    expect([...part.ids].every((id) => id <= photos && id !== 7)).toBe(true);
    const within = [...whole.truth].filter((id) => id <= photos);
    expect(part.recall).toBeCloseTo(within.length / 5);
  }
  const wrong = handlers.search(never, SPACE.id, { ...request, photos: 101 });
  await expect(wrong).rejects.toMatchObject({ code: 'invalid-argument' });
});
