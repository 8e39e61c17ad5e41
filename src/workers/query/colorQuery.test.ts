import 'fake-indexeddb/auto';
import { beforeAll, describe, expect, it } from 'vitest';
import { nodeSimdKernels } from '../../../bench/nodeKernels.ts';
import { encodeColors } from '../../base/colors/descriptor.ts';
import type { PhotoId, PhotoQuery, QueryAnswer, QueryTerm } from '../../protocol/index.ts';
import { factsOf, hasColors, type PhotoColors } from '../../query/index.ts';
import { openLibrary, testColors } from '../../store/testing/library.ts';
import { LibraryIndex } from '../indexing/libraryIndex.ts';
import { visualSpace } from '../models/visualSpace.ts';
import { ColorsCache } from './colorsCache.ts';
import { QueryService } from './queryService.ts';
import type { QuerySpace } from './termVectors.ts';

const { id: spaceId, calibration } = visualSpace;
const RED = '#c81e1e';
const BLUE = '#1e3cc8';
/** Photos in the order of their similarity to the first one, by what they show. */
const IDS = [1, 2, 3, 4, 5] as const;
/** Its colors aren't known. */
const UNKNOWN = 3;
const IN_RED: ReadonlySet<PhotoId> = new Set([1, 4]);

/** The color of the codebook that a color looks like. */
function placeOfColor(color: string): number {
  const measure = hasColors([{ color, weight: 1 }]);
  const scores = Array.from({ length: 64 }, (_, i) => measure(testColors(i), 0));
  return scores.indexOf(Math.max(...scores));
}
const red = testColors(placeOfColor(RED));
const blue = testColors(placeOfColor(BLUE));
const known = IDS.filter((id) => id !== UNKNOWN);
const colors: PhotoColors = {
  ids: Uint32Array.from(known),
  bytes: Uint8Array.from(known.flatMap((id) => [...(IN_RED.has(id) ? red : blue)])),
};

let space: QuerySpace;
beforeAll(async () => {
  const { indexes, vectorFiles } = await openLibrary();
  const index = await LibraryIndex.open({
    kernels: async () => nodeSimdKernels(),
    store: indexes,
    vectorFiles,
    space: { id: spaceId, d: 4, metric: 'ip' },
    onChange: () => {},
  });
  for (const id of IDS) {
    // Far enough from each other that no odds are the rarest ones.
    const angle = 0.7 + 0.1 * id;
    const vector = Float32Array.of(
      ...(id === 1 ? [1, 0] : [Math.cos(angle), Math.sin(angle)]),
      0,
      0,
    );
    index.add({ id, spaceId, vector });
  }
  space = { index, calibration };
});

const fact = { addedAt: 0, width: 4, height: 3, bytes: 1, type: 'image/jpeg', path: '', name: '' };
const ask = (query: Partial<PhotoQuery>) =>
  new QueryService({
    spaces: () => [space],
    words: { meaning: async () => null, vectorIn: async () => null },
    facts: { get: async () => factsOf(IDS.map((id) => ({ ...fact, id }))) },
    colors: { get: async () => colors },
    classesOf: async () => new Map(),
    photosOfItems: async () => [],
    shownIn: async () => ({ by: 'item', shown: [] }),
    photosOf: async () => [2, 4],
  }).query({ terms: [], filter: {}, without: {}, language: 'en', k: 10, ...query });
const idsOf = (answer: QueryAnswer) => (answer.ranked ? answer.hits.map(({ id }) => id) : null);
const photo = (colorWeight?: number): QueryTerm => ({
  kind: 'photo',
  photoId: 1,
  colorWeight,
  weight: 1,
});
const color = (hex: string, weight = 1): QueryTerm => ({
  kind: 'color',
  colors: [{ color: hex, weight: 1 }],
  weight,
});

describe('a query for colors', () => {
  it('ranks all photos by them, counts the answers, and says how many it can’t compare', async () => {
    const answer = await ask({ terms: [color(RED)] });
    expect(idsOf(answer)).toEqual([1, 4, 2, 5]);
    expect(answer).toMatchObject({ answers: 2, unsearched: 1, passing: 5 });
    expect(answer.terms).toEqual([{ state: 'used' }]);
    if (answer.ranked)
      expect(answer.hits.map(({ pValue }) => pValue)).toEqual([0.25, 0.5, 0.75, 1]);
    expect(idsOf(await ask({ terms: [color(RED)], k: 1 }))).toEqual([1]);
  });

  it('ranks only the photos that pass', async () => {
    expect(idsOf(await ask({ terms: [color(RED)], people: { all: ['ana'] } }))).toEqual([4, 2]);
  });

  it('of less of a color ranks the photos without it first', async () => {
    const answer = await ask({ terms: [color(RED, -1)] });
    expect(idsOf(answer)).toEqual([2, 5, 1, 4]);
    expect(answer).toMatchObject({ answers: null });
    expect((await ask({ terms: [color(RED, 0)] })).ranked).toBe(false);
  });

  it('counts only photos that show every color as answers', async () => {
    expect(await ask({ terms: [color(RED), color(BLUE)] })).toMatchObject({ answers: 0 });
  });
});

describe('colors beside what photos show', () => {
  it('change the order as far as the term says, and lose no photo', async () => {
    expect(idsOf(await ask({ terms: [photo(0)] }))).toEqual([2, 3, 4, 5]);
    expect(idsOf(await ask({ terms: [photo(0.6)] }))).toEqual([4, 3, 2, 5]);
    // Colors alone, if nothing else counts.
    const alone = await ask({ terms: [photo(1)] });
    expect(idsOf(alone)).toEqual([4, 2, 5]);
    expect(alone).toMatchObject({ unsearched: 1 });
  });

  it('keep the odds of what photos show', async () => {
    const [plain, colored] = await Promise.all([
      ask({ terms: [photo(0)] }),
      ask({ terms: [photo(0.6)] }),
    ]);
    const oddsOf = (answer: QueryAnswer) =>
      answer.ranked ? new Map(answer.hits.map(({ id, pValue }) => [id, pValue])) : null;
    expect(oddsOf(colored)).toEqual(oddsOf(plain));
  });

  it('come from a term of their own, too, as more or less', async () => {
    expect(idsOf(await ask({ terms: [photo(0), color(RED)] }))?.[0]).toBe(4);
    expect(idsOf(await ask({ terms: [photo(0), color(RED, -1)] }))?.at(-1)).toBe(4);
  });

  it('come from a picture that is not in the library', async () => {
    const picture = { spaceId, vector: Float32Array.of(1, 0, 0, 0), colors: blue.slice() };
    const atWeight = (colorWeight: number) =>
      ask({ terms: [{ kind: 'picture', picture, colorWeight, weight: 1 }] });
    // Photo 1 has the same vector, but is red.
    expect(idsOf(await atWeight(0))).toEqual([1, 2, 3, 4, 5]);
    expect(idsOf(await atWeight(0.6))).toEqual([2, 5, 3, 1, 4]);
  });
});

describe('a query for colors is refused', () => {
  const share = { color: RED, weight: 1 };
  const bytes = (value: number) => new Uint8Array(32).fill(value);
  const picture = (of: Uint8Array) => ({ spaceId, vector: new Float32Array(4), colors: of });
  it.each([
    ['no color', { kind: 'color', colors: [] }],
    ['four colors', { kind: 'color', colors: [share, share, share, share] }],
    ['a color out of range', { kind: 'color', colors: [{ ...share, color: '#1000000' }] }],
    ['no hexadecimal color', { kind: 'color', colors: [{ ...share, color: '#ggg' }] }],
    ['a weight of NaN', { kind: 'color', colors: [{ ...share, weight: NaN }] }],
    ['a weight of 0', { kind: 'color', colors: [{ ...share, weight: 0 }] }],
    ['an infinite weight', { kind: 'color', colors: [{ ...share, weight: Infinity }] }],
    ['no list', { kind: 'color', colors: RED }],
    ['a color weight above 1', { kind: 'photo', photoId: 1, colorWeight: 1.01 }],
    ['a color weight of NaN', { kind: 'photo', photoId: 1, colorWeight: NaN }],
    ['a malformed descriptor', { kind: 'picture', picture: picture(bytes(0)) }],
    [
      'a short descriptor',
      { kind: 'picture', picture: picture(encodeColors(new Float64Array(64).fill(1)).slice(1)) },
    ],
  ])('with %s', async (_, term) => {
    const terms = [{ weight: 1, ...term } as unknown as QueryTerm];
    await expect(ask({ terms })).rejects.toMatchObject({ code: 'invalid-argument' });
  });
});

describe('the cache of colors', () => {
  it('reads everything once, then only what changed, and forgets what is deleted', async () => {
    const reads: (readonly number[] | 'all')[] = [];
    const cache = new ColorsCache(async () => ({
      async all() {
        reads.push('all');
        return colors;
      },
      async of(ids: readonly number[]) {
        reads.push(ids);
        return { ids: Uint32Array.from(ids), bytes: Uint8Array.from(ids.flatMap(() => [...red])) };
      },
    }));
    cache.hear({ type: 'colored', ids: [3] });
    expect((await cache.get()).ids).toEqual(colors.ids);
    cache.hear({ type: 'imported', ids: [9, 8], aspects: [1, 1] });
    cache.hear({ type: 'colored', ids: [3] });
    expect([...(await cache.get()).ids]).toEqual([1, 2, 3, 4, 5, 8, 9]);
    await cache.get();
    cache.hear({ type: 'purged', ids: [9] });
    await cache.get();
    expect(reads).toEqual(['all', [3, 8, 9], 'all']);
  });
});
