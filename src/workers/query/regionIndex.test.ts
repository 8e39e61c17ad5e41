import { describe, expect, it } from 'vitest';
import { nodeSimdKernels } from '../../../bench/nodeKernels.ts';
import { clusteredUnitVectors } from '../../ann/index.ts';
import { createPrng } from '../../base/prng.ts';
import type { PhotoRegionVectors, SavedRegions } from '../../store/index.ts';
import { CODED_FROM, codeBytesFor, RegionIndex } from './regionIndex.ts';

const D = 24;
const VIEW = { x: 0, y: 0, width: 1, height: 1 };
const WINDOWS = Uint8Array.of(0, 2, 4, 7);

/** A library of as many photos, with ids from 11, and the index of their parts. */
function libraryOf(photos: number, saved: { codes: SavedRegions | null } = { codes: null }) {
  const draw = clusteredUnitVectors({ d: D, centres: 40 }, createPrng(5));
  const vector = () => draw(1);
  const rows = new Map<number, PhotoRegionVectors>();
  for (let id = 11; id < 11 + photos; id++) {
    const vectors = new Float32Array(4 * D);
    for (let r = 0; r < 4; r++) vectors.set(vector(), r * D);
    rows.set(id, { id, view: VIEW, windows: WINDOWS, vectors });
  }
  const hidden = new Set<number>();
  const index = new RegionIndex({
    kernels: nodeSimdKernels(),
    store: {
      of: async (_space, ids) => ids.flatMap((id) => rows.get(id) ?? []),
      ids: async () => [...rows.keys()],
      saved: async () => saved.codes,
      save: async (_space, codes) => {
        saved.codes = codes;
        return true;
      },
    },
    space: { id: 'test', d: D },
    isLive: (id) => !hidden.has(id),
    pause: async () => {},
  });
  /** Photos by their best part, exactly. */
  const exact = (query: Float32Array, k: number) =>
    [...rows.values()]
      .map(({ id, vectors }) => {
        const scores = [0, 1, 2, 3].map((r) =>
          query.reduce((sum, value, i) => sum + value * vectors[r * D + i]!, 0),
        );
        return { id, score: Math.max(...scores), part: scores.indexOf(Math.max(...scores)) };
      })
      .sort((a, b) => b.score - a.score)
      .slice(0, k);
  return { rows, hidden, index, exact, query: vector };
}

const BOXES = [
  [0, 0],
  [0.5, 0],
  [0.25, 0.25],
  [0.25, 0.5],
];

describe('the index of parts of photos', () => {
  it('finds each photo once, by its best part', async () => {
    const { index, exact, query } = libraryOf(50);
    await index.open();
    const wanted = query();
    const hits = await index.search(wanted, 10);
    const best = exact(wanted, 10);
    expect(hits.map(({ id }) => id)).toEqual(best.map(({ id }) => id));
    for (const [i, { score, box }] of hits.entries()) {
      expect(score).toBeCloseTo(best[i]!.score, 4);
      expect([box.x, box.y]).toEqual(BOXES[best[i]!.part]);
    }
  });

  it.each([50, CODED_FROM / 4 + 40])(
    'compares the best of %s photos in another space',
    async (n) => {
      const { rows, index, exact, query } = libraryOf(n);
      await index.open();
      const wanted = query();
      // Only the first values count there.
      const extend = (vector: Float32Array) => vector.map((value, i) => (i < D / 2 ? value : 0));
      const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, x, i) => sum + x * b[i]!, 0);
      const there = new Map(
        exact(wanted, rows.size).map(({ id, part }) => {
          const vector = rows.get(id)!.vectors.subarray(part * D, (part + 1) * D);
          return [id, { score: dot(extend(wanted), extend(vector)), part }];
        }),
      );
      const hits = await index.search(wanted, 10, undefined, { query: extend(wanted), extend });
      for (const [i, { id, score, box }] of hits.entries()) {
        expect(score).toBeCloseTo(there.get(id)!.score, 4);
        expect([box.x, box.y]).toEqual(BOXES[there.get(id)!.part]);
        if (i > 0) expect(score).toBeLessThanOrEqual(hits[i - 1]!.score);
      }
      // Of those near in the space itself.
      const near = exact(wanted, 80).map(({ id }) => id);
      const best = near.toSorted((a, b) => there.get(b)!.score - there.get(a)!.score);
      expect(hits[0]!.id).toBe(best[0]);
      expect(hits.map(({ id }) => id)).not.toEqual(exact(wanted, 10).map(({ id }) => id));
    },
  );

  it('keeps codes from 2,000 parts on, and still finds nearly the same', async () => {
    const { rows, index, exact, query } = libraryOf(CODED_FROM / 4 + 40);
    const [first, ...rest] = [...rows.keys()];
    // Coded when opened, and when enough was added.
    const opened = libraryOf(CODED_FROM / 4 + 40);
    await opened.index.open();
    await index.add([first!]);
    const exactBytes = index.size.bytes;
    await index.add(rest);
    const wanted = query();
    expect(await opened.index.search(wanted, 5)).toEqual(await index.search(wanted, 5));
    expect(index.size.photos).toBe(rows.size);
    // 24 bytes of code and 4 of row number per part, and the codebooks, but no vectors.
    expect(index.size.bytes - exactBytes).toBeLessThan(rows.size * 4 * 4 * D);
    let found = 0;
    for (let i = 0; i < 20; i++) {
      const wanted = query();
      const truth = new Set(exact(wanted, 10).map(({ id }) => id));
      found += (await index.search(wanted, 10)).filter(({ id }) => truth.has(id)).length;
    }
    // The nearest by their codes are compared by their exact vectors.
    expect(found / 200).toBeGreaterThan(0.97);
  });

  it('opens from its saved codes, adds what came since, and survives damage to them', async () => {
    const photos = CODED_FROM / 4 + 4;
    const saved: { codes: SavedRegions | null } = { codes: null };
    const first = libraryOf(photos, saved);
    await first.index.open();
    expect(saved.codes?.photos).toHaveLength(photos);
    const wanted = first.query();
    const truth = await first.index.search(wanted, 5);

    const before = saved.codes!;
    const more = libraryOf(photos + 1, saved);
    await more.index.open();
    expect(saved.codes).toBe(before);
    expect(more.index.size.photos).toBe(photos + 1);
    const added = more.rows.get(11 + photos)!;
    const [own] = await more.index.search(added.vectors.subarray(0, D), 1);
    expect(own!.id).toBe(11 + photos);
    expect(await more.index.search(wanted, 6)).toEqual(expect.arrayContaining(truth.slice(0, 3)));

    for (const damage of [
      { ...before, codes: before.codes.slice(0, -8) },
      { ...before, photos: before.photos.slice(0, 3), places: before.places.slice(0, 24) },
    ]) {
      saved.codes = damage;
      const again = libraryOf(photos, saved);
      await again.index.open();
      expect(await again.index.search(wanted, 5)).toEqual(truth);
      expect(saved.codes).not.toBe(damage);
    }
  });

  it('finds only photos that are asked for and not hidden', async () => {
    const { hidden, index, exact, query } = libraryOf(30);
    await index.open();
    const wanted = query();
    const [best, second, third] = exact(wanted, 3).map(({ id }) => id);
    hidden.add(best!);
    expect((await index.search(wanted, 1))[0]!.id).toBe(second);
    expect((await index.search(wanted, 9, [third!, 9_999])).map(({ id }) => id)).toEqual([third]);
    await index.clear();
    expect(await index.search(wanted, 9)).toEqual([]);
    expect(index.size.photos).toBe(0);
  });

  it('divides any number of dimensions into codes', () => {
    expect([384, 640, 1280, 7, 97, 1].map(codeBytesFor)).toEqual([64, 64, 64, 7, 1, 1]);
  });
});
