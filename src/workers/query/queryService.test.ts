import 'fake-indexeddb/auto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { nodeSimdKernels } from '../../../bench/nodeKernels.ts';
import type { PhotoId, PhotoQuery, QueryAnswer, QueryTerm } from '../../protocol/index.ts';
import { combine, factsOf, NO_COLORS, type PhotoColors } from '../../query/index.ts';
import { openStore } from '../../store/index.ts';
import { oneIn } from '../../vision/calibration.ts';
import type { ModelFiles } from '../../vision/models.ts';
import { LibraryIndex } from '../indexing/libraryIndex.ts';
import { visualSpace } from '../models/visualSpace.ts';
import { wordFiles } from '../words/wordFiles.ts';
import { WordSearch } from '../words/wordSearch.ts';
import { QueryService } from './queryService.ts';
import type { QuerySpace } from './termVectors.ts';

const models = join(import.meta.dirname, '../../../models');
const read = (path: string) =>
  readFileSync(join(models, path.replace(/^words\/rows\./, 'visual-v2/words.')));
const opened: ModelFiles = {
  sha256: () => '',
  bytes: async (path) => Uint8Array.from(read(path)),
  json: async (path) => JSON.parse(read(path).toString()) as unknown,
};
const words = new WordSearch(wordFiles('https://akin.test/models/', async () => opened));

const { id: SPACE_ID, calibration } = visualSpace;
const PUG = 1;
const BEAGLE = 2;
const SANDAL = 3;
const TENCH = 4;
const GONE = 99;
const NAMES = { [PUG]: 'pug', [BEAGLE]: 'beagle', [SANDAL]: 'sandal', [TENCH]: 'tench' };

let space: QuerySpace;
/** The vector of a photo that shows a word and nothing else. */
const vectors = new Map<PhotoId, Float32Array<ArrayBuffer>>();

beforeAll(async () => {
  const { indexes, vectorFiles } = await openStore({ name: 'queries' });
  let index: LibraryIndex | null = null;
  for (const [id, text] of Object.entries(NAMES)) {
    const meaning = await words.meaning({ text, language: 'en' });
    const { vector } = (await words.vectorIn(SPACE_ID, meaning!.classes))!;
    index ??= await LibraryIndex.open({
      kernels: async () => nodeSimdKernels(),
      store: indexes,
      vectorFiles,
      space: { id: SPACE_ID, d: vector.length, metric: 'ip' },
      onChange: () => {},
    });
    vectors.set(Number(id), vector);
    index.add({ id: Number(id), spaceId: SPACE_ID, vector: vector.slice() });
  }
  space = { index: index!, calibration };
});

const fact = { addedAt: 0, width: 4, height: 3, bytes: 1, type: 'image/jpeg', path: '' };
const facts = factsOf([
  { ...fact, id: PUG, name: 'a', takenAt: 10 },
  { ...fact, id: BEAGLE, name: 'b', takenAt: 40 },
  { ...fact, id: SANDAL, name: 'c', takenAt: 20, width: 3, height: 4 },
  { ...fact, id: TENCH, name: 'd', takenAt: 30 },
  { ...fact, id: 50, name: 'without a vector yet' },
]);

const TOY = { key: 'toy', sku: '', title: 'Toy', photos: 3, cover: null };

const serviceOf = (
  spaces: () => readonly QuerySpace[] = () => [space],
  colors: PhotoColors = NO_COLORS,
) =>
  new QueryService({
    spaces,
    words,
    facts: { get: async () => facts },
    colors: { get: async () => colors },
    // The model sees a beagle in the photo of a tench.
    classesOf: async () =>
      new Map([[TENCH, { ids: Uint16Array.of(162), probabilities: Float32Array.of(0.9) }]]),
    shownIn: async (by, ids) =>
      by === 'item'
        ? { by, shown: ids.filter((id) => id !== SANDAL).map((id) => [id, TOY] as const) }
        : { by, shown: [] },
    photosOfItems: async ({ any }) => (any?.includes('toy') ? [TENCH, BEAGLE] : []),
    photosOf: async ({ all = [], any = [] }) =>
      [...all, ...any].includes('ana') ? [BEAGLE, SANDAL] : [],
  });
const ask = (query: Partial<PhotoQuery>, service = serviceOf()) =>
  service.query({ terms: [], filter: {}, without: {}, language: 'en', k: 10, ...query });
const photo = (photoId: PhotoId, weight = 1): QueryTerm => ({ kind: 'photo', photoId, weight });
const word = (text: string, weight = 1): QueryTerm => ({ kind: 'word', text, weight });
const idsOf = (answer: QueryAnswer) =>
  answer.ranked ? answer.hits.map(({ id }) => id) : [...answer.ids];

/** Ids by exact similarity to a combination of the photos' vectors. */
function exact(weights: Readonly<Record<PhotoId, number>>, among: readonly PhotoId[]): PhotoId[] {
  const terms = Object.entries(weights).map(([id, weight]) => ({
    vector: vectors.get(Number(id))!,
    weight,
  }));
  const query = combine(terms, vectors.get(PUG)!.length)!;
  const score = (id: PhotoId) =>
    vectors.get(id)!.reduce((sum, value, i) => sum + value * query[i]!, 0);
  return [...among].sort((a, b) => score(b) - score(a));
}

describe('query', () => {
  it('of one photo finds the others, nearest first, with the odds of the pair', async () => {
    const answer = await ask({ terms: [photo(PUG)] });
    expect(idsOf(answer)).toEqual(exact({ [PUG]: 1 }, [BEAGLE, SANDAL, TENCH]));
    expect(idsOf(answer)[0]).toBe(BEAGLE);
    if (!answer.ranked) return;
    const cosine = vectors.get(PUG)!.reduce((sum, v, i) => sum + v * vectors.get(BEAGLE)![i]!, 0);
    expect(answer.hits[0]!.cosine).toBeCloseTo(cosine, 5);
    expect(answer.hits[0]!.pValue).toBeCloseTo(1 / oneIn(calibration, cosine), 8);
    expect(answer).toMatchObject({ answers: null, end: 0, unsearched: 0, passing: 4 });
    expect(answer.terms).toEqual([{ state: 'used' }]);
  });

  it('groups what it finds by what the photos show, if asked', async () => {
    const ids = exact({ [PUG]: 1 }, [BEAGLE, SANDAL, TENCH]);
    const byItem = await ask({ terms: [photo(PUG)], groupBy: 'item' });
    expect(idsOf(byItem)).toEqual(ids);
    expect(byItem.groups).toEqual([{ item: TOY, photos: ids.filter((id) => id !== SANDAL) }]);
    const listed = await ask({ groupBy: 'person' });
    expect(listed).toMatchObject({ ranked: false, groups: [] });
    expect((await ask({ terms: [photo(PUG)] })).groups).toBeUndefined();
    const bad = ask({ groupBy: 'album' as 'item' });
    await expect(bad).rejects.toMatchObject({ code: 'invalid-argument' });
  });

  it('of a picture that is not in the library finds the photo like it', async () => {
    const picture = { spaceId: SPACE_ID, vector: vectors.get(SANDAL)!.slice() };
    const answer = await ask({ terms: [{ kind: 'picture', picture, weight: 1 }] });
    expect(idsOf(answer)[0]).toBe(SANDAL);
    // Nothing else looks like it.
    expect(answer).toMatchObject({ end: 1 });
  });

  it('of a part of a photo finds photos like the part, but not the photo', async () => {
    const box = { x: 0, y: 0, width: 0.5, height: 0.5 };
    const picture = { spaceId: SPACE_ID, vector: vectors.get(BEAGLE)!.slice() };
    const part = { kind: 'region', box, picture, weight: 1 } as const;
    const answer = await ask({ terms: [{ ...part, photoId: BEAGLE }] });
    expect(idsOf(answer)).toEqual(exact({ [BEAGLE]: 1 }, [PUG, SANDAL, TENCH]));
    // A photo that was deleted since, or that has no vector yet, can't be searched with.
    const unused = await ask({
      terms: [
        { ...part, photoId: GONE },
        { ...part, photoId: BEAGLE, picture: { ...picture, spaceId: 'other' } },
        { ...part, photoId: BEAGLE, picture: null },
      ],
    });
    expect(unused.terms.map(({ state }) => state)).toEqual(['gone', 'other-space', 'not-ready']);
    expect(unused.ranked).toBe(false);
  });

  it('finds photos by their parts, but not with words', async () => {
    const box = { x: 0.5, y: 0, width: 0.5, height: 0.5 };
    // A part of the tench's photo is the pug, and another one of the pug's own photo.
    const regions = {
      search: async (_query: Float32Array, _k: number, among?: readonly PhotoId[]) =>
        [PUG, TENCH].flatMap((id) => (!among || among.includes(id) ? [{ id, score: 1, box }] : [])),
    };
    const inside = serviceOf(() => [{ ...space, regions }]);
    const answer = await ask({ terms: [photo(PUG)] }, inside);
    expect(idsOf(answer)).toEqual([TENCH, BEAGLE, SANDAL]);
    expect(answer).toMatchObject({ ranked: true, hits: [{ id: TENCH, box }, {}, {}] });
    if (answer.ranked) expect(answer.hits[1]).not.toHaveProperty('box');
    // Of several examples, each photo has the odds of the one it is most similar to.
    const both = await ask({ terms: [photo(PUG), photo(SANDAL)] }, inside);
    expect(both).toMatchObject({ ranked: true, hits: [{ id: TENCH, cosine: 1, box }, {}] });
    // Filters apply.
    const filter = { name: ['b'] };
    expect(idsOf(await ask({ terms: [photo(PUG)], filter }, inside))).toEqual([BEAGLE]);
    const words = await ask({ terms: [word('pug')] }, inside);
    if (words.ranked) expect(words.hits.every((hit) => hit.box === undefined)).toBe(true);
    // Photos are unlike something as a whole.
    const unlike = await ask({ terms: [photo(PUG, -1)] }, inside);
    expect(idsOf(unlike)).toEqual(exact({ [PUG]: -1 }, [BEAGLE, SANDAL, TENCH]));
    if (unlike.ranked) expect(unlike.hits.every((hit) => hit.box === undefined)).toBe(true);
  });

  it('combines several examples, and finds none of them again', async () => {
    const answer = await ask({ terms: [photo(PUG), photo(SANDAL)] });
    expect(idsOf(answer)).toEqual(exact({ [PUG]: 1, [SANDAL]: 1 }, [BEAGLE, TENCH]));
    if (!answer.ranked) return;
    // Each with the odds of the example it is most similar to.
    const [beagle] = answer.hits.filter(({ id }) => id === BEAGLE);
    const alone = await ask({ terms: [photo(PUG)] });
    expect(alone.ranked && alone.hits.find(({ id }) => id === BEAGLE)!.pValue).toBe(beagle!.pValue);
  });

  it('moves away from what is marked as less', async () => {
    const answer = await ask({ terms: [word('dog'), photo(PUG, -1)] });
    expect(idsOf(answer)[0]).toBe(BEAGLE);
    expect(idsOf(answer)).not.toContain(PUG);
  });

  it('of only "less" starts with the least similar photo', async () => {
    const answer = await ask({ terms: [photo(PUG, -1)] });
    expect(idsOf(answer)).toEqual(exact({ [PUG]: -1 }, [BEAGLE, SANDAL, TENCH]));
    expect(idsOf(answer).at(-1)).toBe(BEAGLE);
    // Each is less unlike it than the next: no end.
    expect(answer).toMatchObject({ end: 3 });
  });

  it('of words counts the answers', async () => {
    const answer = await ask({ terms: [word('dogs')] });
    expect(answer).toMatchObject({ ranked: true, answers: 3, end: 3 });
    expect(new Set(idsOf(answer).slice(0, 2))).toEqual(new Set([PUG, BEAGLE]));
    // Its own classes count, too, or its page would name it something that doesn't find it.
    expect(idsOf(answer)).toEqual([...idsOf(answer).slice(0, 2), TENCH, SANDAL]);
    expect(answer.terms).toEqual([{ state: 'used', word: 'dog', exact: true }]);
  });

  it('finds only photos that pass all filters', async () => {
    const terms = [photo(PUG)];
    expect(idsOf(await ask({ terms, filter: { orientation: ['portrait'] } }))).toEqual([SANDAL]);
    expect(idsOf(await ask({ terms, people: { all: ['ana'] } }))).toEqual([BEAGLE, SANDAL]);
    expect(idsOf(await ask({ terms, without: { orientation: ['portrait'] } }))).toEqual(
      exact({ [PUG]: 1 }, [BEAGLE, TENCH]),
    );
    const both = { terms, people: { all: ['ana'] }, filter: { time: [{ from: 30 }] } };
    const answer = await ask(both);
    expect(idsOf(answer)).toEqual([BEAGLE]);
    expect(answer.passing).toBe(1);
    // Photos without people, too, are photos without Ana.
    expect(idsOf(await ask({ terms, people: { all: [], none: ['ana'] } }))).toEqual([TENCH]);
    expect(idsOf(await ask({ people: { none: ['ana'] } }))).toEqual([TENCH, PUG, 50]);
    const none = { filter: { name: ['nothing'] } };
    expect(idsOf(await ask({ terms, ...none }))).toEqual([]);
    expect(idsOf(await ask({ terms: [...terms, photo(SANDAL)], ...none }))).toEqual([]);
  });

  it('finds photos of items, and photos like all of an item’s photos', async () => {
    expect(idsOf(await ask({ people: { all: ['ana'] }, items: { any: ['toy'] } }))).toEqual([
      BEAGLE,
    ]);
    expect(idsOf(await ask({ items: { any: ['toy'] } }))).toEqual([BEAGLE, TENCH]);
    const item: QueryTerm = { kind: 'item', item: 'toy', weight: 1 };
    const like = await ask({ terms: [item] });
    expect(like.terms).toEqual([{ state: 'used' }]);
    expect(idsOf(like)).toEqual(exact({ [TENCH]: 1, [BEAGLE]: 1 }, [PUG, SANDAL]));
    const gone = await ask({ terms: [{ ...item, item: 'nothing' }] });
    expect(gone).toMatchObject({ ranked: false, terms: [{ state: 'gone' }] });
  });

  it('of filters alone lists the photos that pass, newest first', async () => {
    const answer = await ask({ filter: { time: [{ to: 40 }] } });
    expect(answer.ranked).toBe(false);
    expect(idsOf(answer)).toEqual([TENCH, SANDAL, PUG, 50]);
    expect(idsOf(await ask({}))).toEqual([BEAGLE, TENCH, SANDAL, PUG, 50]);
  });

  it('reports terms it can’t use, and goes on with the rest', async () => {
    const stale = { spaceId: 'another', vector: Float32Array.of(1) };
    const answer = await ask({
      terms: [
        photo(PUG),
        photo(GONE),
        photo(50),
        word('glorble'),
        { kind: 'picture', picture: stale, weight: 1 },
      ],
    });
    expect(answer.terms.map(({ state }) => state)).toEqual([
      'used',
      'gone',
      'not-ready',
      'unknown-word',
      'other-space',
    ]);
    expect(idsOf(answer)).toEqual(exact({ [PUG]: 1 }, [BEAGLE, SANDAL, TENCH]));
  });

  it('lists the photos that pass if no term can be used or all cancel out', async () => {
    expect(await ask({ terms: [photo(GONE)] })).toMatchObject({ ranked: false, passing: 5 });
    expect(await ask({ terms: [photo(PUG, 0)] })).toMatchObject({ ranked: false });
  });

  it('takes the same photo as more and less, and sixty terms', async () => {
    const answer = await ask({ terms: [photo(PUG), photo(PUG, -1)] });
    expect(idsOf(answer)).toEqual(exact({ [PUG]: 1 }, [BEAGLE, SANDAL, TENCH]));
    const terms = Array.from({ length: 60 }, (_, i) => photo((i % 3) + 1, i % 2 ? 1 : -0.5));
    expect(idsOf(await ask({ terms }))).toEqual([TENCH]);
  });

  it('merges the spaces of a move, each with the photos that no newer one has', async () => {
    const older = { ...space, among: [SANDAL, TENCH] };
    const newer = { ...space, among: [PUG, BEAGLE] };
    const answer = await ask(
      { terms: [photo(PUG)] },
      serviceOf(() => [newer, older]),
    );
    expect(idsOf(answer)).toEqual(exact({ [PUG]: 1 }, [BEAGLE, SANDAL, TENCH]));
    expect(answer.passing).toBe(4);
  });

  describe('of a library that was taught that a sandal is a pug', () => {
    const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, x, i) => sum + x * b[i]!, 0);
    /** Appends which of the two a vector is like, with twice the weight of the rest. */
    const extend = (vector: Float32Array) => {
      const likest = (ids: readonly PhotoId[]) =>
        Math.max(...ids.map((id) => dot(vector, vectors.get(id)!)));
      const isPug = likest([PUG, SANDAL]) > likest([BEAGLE, TENCH]);
      return Float32Array.from([...vector, isPug ? 2 : -2], (x) => x / Math.sqrt(5));
    };
    const odds = { cosine: [-1, 0.5, 1], log10Chance: [0, -1, -4] };
    let taught: QuerySpace;

    beforeAll(async () => {
      const { indexes, vectorFiles } = await openStore({ name: 'taught-queries' });
      const { d } = space.index.space;
      const index = await LibraryIndex.open({
        ...{ store: indexes, vectorFiles, onChange: () => {} },
        kernels: async () => nodeSimdKernels(),
        space: { id: 'taught', d: d + 1, metric: 'ip' },
      });
      for (const [id, vector] of vectors) {
        index.add({ id, spaceId: 'taught', vector: extend(vector) });
      }
      taught = { ...space, taught: { index, odds, extend } };
    });

    it('compares whole photos there, with its own odds', async () => {
      const service = serviceOf(() => [taught]);
      for (const term of [
        photo(PUG),
        { kind: 'picture', picture: { spaceId: SPACE_ID, vector: vectors.get(PUG)! }, weight: 1 },
      ] satisfies QueryTerm[]) {
        const answer = await ask({ terms: [term] }, service);
        const found = idsOf(answer).filter((id) => id !== PUG);
        expect(found[0]).toBe(SANDAL);
        if (!answer.ranked) throw new Error('not ranked');
        const hit = answer.hits.find(({ id }) => id === SANDAL)!;
        const cosine = (4 + dot(vectors.get(PUG)!, vectors.get(SANDAL)!)) / 5;
        expect(hit.cosine).toBeCloseTo(cosine, 5);
        expect(hit.pValue).toBeCloseTo(1 / oneIn(odds, cosine), 6);
      }
      const less = await ask({ terms: [photo(TENCH), photo(SANDAL, -1)] }, service);
      expect(idsOf(less)).toEqual([BEAGLE, PUG]);
      const two = await ask({ terms: [photo(PUG), photo(TENCH)] }, service);
      if (!two.ranked) throw new Error('not ranked');
      const [sandal] = two.hits.filter(({ id }) => id === SANDAL);
      expect(sandal!.cosine).toBeCloseTo((4 + dot(vectors.get(PUG)!, vectors.get(SANDAL)!)) / 5, 5);
    });

    it('finds parts of photos in the model’s own space, and compares them there, too', async () => {
      const asked: number[] = [];
      // Part of the tench's photo is a pug.
      const part = vectors.get(PUG)!;
      const box = { x: 0, y: 0, width: 0.5, height: 0.5 };
      const regions: QuerySpace['regions'] = {
        search: async (query, _k, _among, other) => {
          asked.push(query.length);
          return [{ id: TENCH, score: dot(other!.query, other!.extend(part)), box }];
        },
      };
      const service = serviceOf(() => [{ ...taught, regions }]);
      const { d } = space.index.space;
      const answer = await ask({ terms: [photo(PUG)] }, service);
      expect(asked).toEqual([d]);
      expect(idsOf(answer)).toEqual([TENCH, SANDAL, BEAGLE]);
      expect(answer).toMatchObject({
        hits: [{ id: TENCH, cosine: expect.closeTo(1, 5), box }, {}, {}],
      });
      const two = await ask({ terms: [photo(PUG), photo(SANDAL)] }, service);
      expect(two).toMatchObject({ hits: [{ id: TENCH, cosine: expect.closeTo(1, 5), box }, {}] });
      expect(new Set(asked)).toEqual(new Set([d]));
    });

    it('compares anything with words in the model’s own space', async () => {
      const service = serviceOf(() => [taught]);
      for (const terms of [
        [word('dogs')],
        [word('dog'), photo(PUG, -1)],
        [word('pug'), photo(PUG)],
      ]) {
        expect(await ask({ terms }, service)).toEqual({
          ...(await ask({ terms })),
          searchMs: expect.any(Number),
        });
      }
    });
  });

  it.each([
    [{ k: 0 }],
    [{ k: 1_001 }],
    [{ terms: Array.from({ length: 201 }, () => photo(PUG)) }],
    [{ terms: [photo(-1)] }],
    [{ terms: [photo(PUG, NaN)] }],
    [{ terms: [{ kind: 'sound', weight: 1 } as unknown as QueryTerm] }],
    [{ terms: [{ kind: 'picture', weight: 1 } as unknown as QueryTerm] }],
    [{ terms: [word('x'.repeat(201))] }],
    ...[
      { x: 0, y: 0, width: 0, height: 1 },
      { x: 0.9, y: 0, width: 0.2, height: 1 },
    ].map((box): [Partial<PhotoQuery>] => [
      { terms: [{ kind: 'region', photoId: PUG, box, picture: null, weight: 1 }] },
    ]),
    [{ filter: { time: 'today' } as unknown as PhotoQuery['filter'] }],
  ])('rejects %j', async (query) => {
    await expect(ask(query)).rejects.toMatchObject({ code: 'invalid-argument' });
  });
});
