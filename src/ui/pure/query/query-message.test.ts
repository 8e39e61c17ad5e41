import { describe, expect, it } from 'vitest';
import type { QueryAnswer, SearchHit } from '../../../protocol/index.ts';
import { hasOdds, hitsOf, listedIn, queryMessage } from './query-message.ts';
import type { PageTerm } from './terms.ts';

const photo: PageTerm = { kind: 'photo', id: 1, mark: 'more' };
const word: PageTerm = { kind: 'word', text: 'abbeys', mark: 'more' };
const color: PageTerm = { kind: 'color', colors: ['red'], mark: 'more' };
const box = { x: 0, y: 0, width: 0.5, height: 0.5 };
const region: PageTerm = { kind: 'region', id: 1, box, mark: 'more' };
const hits = (...pValues: number[]): SearchHit[] =>
  pValues.map((pValue, i) => ({ id: i + 2, cosine: 0, pValue }));
const common = { passing: 9, searchMs: 1, codesScanned: 9 };
const ranked = (
  found: readonly SearchHit[],
  rest: Partial<Extract<QueryAnswer, { ranked: true }>> = {},
): QueryAnswer => ({
  ...common,
  ranked: true,
  hits: found,
  answers: null,
  end: 0,
  unsearched: 0,
  terms: [{ state: 'used' }],
  ...rest,
});

describe('hasOdds', () => {
  it('is true only if all positive examples are pictures', () => {
    expect(hasOdds([photo])).toBe(true);
    expect(hasOdds([photo, { ...word, mark: 'less' }])).toBe(true);
    expect(hasOdds([photo, word])).toBe(false);
    expect(hasOdds([{ ...photo, mark: 'less' }])).toBe(false);
    expect(hasOdds([])).toBe(false);
    expect(hasOdds([color])).toBe(false);
    expect(hasOdds([photo, color])).toBe(true);
    expect(hasOdds([region])).toBe(true);
    expect(hasOdds([region, word])).toBe(false);
  });
});

describe('hitsOf', () => {
  const filter: PageTerm = { kind: 'person', key: 'p1', name: 'Ana', mark: 'more' };
  const all = { ...common, ranked: false, ids: Uint32Array.of(3, 4), terms: [] } as const;
  const ids = (terms: readonly PageTerm[]) => hitsOf(terms, all).map(({ id }) => id);

  it('has all photos that pass the filters, but none for examples that can’t be used', () => {
    expect(ids([filter])).toEqual([3, 4]);
    expect(ids([filter, word])).toEqual([3, 4]);
    expect(ids([word])).toEqual([]);
    expect(ids([{ kind: 'picture', picture: null, mark: 'more' }])).toEqual([]);
    expect(ids([{ ...word, mark: 'off' }])).toEqual([3, 4]);
  });
});

describe('listedIn', () => {
  const some = hits(1e-6, 1e-6, ...Array.from({ length: 20 }, () => 0.5));

  it('ends where the answer says so, whatever was deleted since', () => {
    expect(listedIn(ranked(some, { end: 2 }), some)).toBe(2);
    expect(listedIn(ranked(some, { end: 2 }), some.slice(1))).toBe(1);
    expect(listedIn(ranked(some, { end: 2 }), some.slice(0, -1))).toBe(2);
    expect(listedIn(ranked(some, { end: 0 }), some)).toBe(0);
  });

  it('lists everything if there are only filters', () => {
    const listed = { ...common, ranked: false, ids: Uint32Array.of(1), terms: [] } as const;
    expect(listedIn(listed, hits(1))).toBe(1);
  });
});

describe('queryMessage', () => {
  it('says how many photos there are, and how similar the closest one is', () => {
    const answer = ranked(hits(1e-3, 1e-6));
    expect(queryMessage([photo], [0], answer, 2)).toBe(
      '2 photos found. Closest match: Nearly identical.',
    );
  });

  it('leaves it to the end of an empty list that nothing looks like a picture', () => {
    const answer = ranked(hits(0.1, 0.5), { unsearched: 3 });
    expect(queryMessage([photo], [0], answer, 0)).toBe(
      '3 more photos can’t be searched right now.',
    );
    expect(queryMessage([color], [0], answer, 0)).toContain('No photos found.');
  });

  it('says which word was searched for instead, or that none is known', () => {
    const near = { state: 'used', word: 'church', exact: false } as const;
    const answer = ranked(hits(1e-6), { answers: 1, terms: [near] });
    expect(queryMessage([word], [0], answer, 1)).toBe(
      'No exact match for “abbeys”. Showing results for “church”. 1 photo found.',
    );
    const unknown = ranked([], { answers: 0, terms: [{ state: 'unknown-word' }] });
    expect(queryMessage([word], [0], unknown, 0)).toBe(
      'Akin doesn’t know “abbeys”. Try another word. No photos found.',
    );
  });

  it('says that pictures are gone', () => {
    const listed = { ...common, ranked: false, ids: Uint32Array.of(1) } as const;
    const gone = { ...listed, terms: [{ state: 'gone' }, { state: 'gone' }] } as const;
    expect(queryMessage([photo, { ...region, id: 2 }], [0, 1], gone, 1)).toBe(
      'This photo isn’t in your library anymore. 1 photo found.',
    );
    const lost: PageTerm = { kind: 'picture', picture: null, mark: 'more' };
    expect(queryMessage([lost], [], { ...listed, terms: [] }, 1)).toBe(
      'Akin doesn’t save pictures you search with. Choose it again. 1 photo found.',
    );
    const off: PageTerm = { ...lost, mark: 'off' };
    expect(queryMessage([off], [], { ...listed, terms: [] }, 1)).toBe('1 photo found.');
  });

  it('counts photos that can’t be searched', () => {
    expect(queryMessage([photo], [0], ranked([], { unsearched: 3 }), 0)).toBe(
      'No photos found. 3 more photos can’t be searched right now.',
    );
  });
});
