import { describe, expect, it } from 'vitest';
import { comparedTerms, type PageTerm, storable, toQuery, withoutTerm, withTerm } from './terms.ts';

const picture = new Blob(['a']);
const photo: PageTerm = { kind: 'photo', id: 7, mark: 'more' };
const word: PageTerm = { kind: 'word', text: 'dog', synset: 'n02084071', mark: 'less' };
const ana: PageTerm = { kind: 'person', key: 'a1', name: 'Ana', mark: 'more' };
const ben: PageTerm = { kind: 'person', key: 'b2', name: 'Ben', mark: 'less' };
const folder = (name: string, mark: PageTerm['mark'] = 'more'): PageTerm => ({
  kind: 'filter',
  filter: { folder: [name] },
  label: name,
  mark,
});

it('compares results with pictures to be more like', () => {
  const region: PageTerm = {
    kind: 'region',
    id: 8,
    box: { x: 0, y: 0, width: 1, height: 1 },
    mark: 'more',
  };
  const own: PageTerm = { kind: 'picture', picture, mark: 'more' };
  const lost: PageTerm = { kind: 'picture', picture: null, mark: 'more' };
  const off: PageTerm = { ...photo, mark: 'off' };
  const terms = [word, off, photo, lost, { ...own, mark: 'less' as const }, region, own, ana];
  expect(comparedTerms(terms)).toEqual([photo, region, own]);
  // Each is one term of the query, in order.
  expect(toQuery(comparedTerms(terms)).places).toEqual([0, 1, 2]);
});

describe('withTerm', () => {
  it('adds a term once, and changes its mark the second time', () => {
    const terms = withTerm(withTerm([photo], word), { ...photo, mark: 'less' });
    expect(terms).toEqual([{ ...photo, mark: 'less' }, word]);
  });

  it('tells pictures apart, lost ones included', () => {
    const one: PageTerm = { kind: 'picture', picture, mark: 'more' };
    const lost: PageTerm = { kind: 'picture', picture: null, mark: 'more' };
    expect(withTerm([one], { ...one, picture: new Blob(['b']) })).toHaveLength(2);
    expect(withTerm([one], { ...one, mark: 'less' })).toHaveLength(1);
    expect(withTerm([lost], lost)).toHaveLength(2);
  });

  it('tells parts of a photo apart from each other and from the photo', () => {
    const box = { x: 0, y: 0, width: 0.5, height: 0.5 };
    const region: PageTerm = { kind: 'region', id: 7, box, mark: 'more' };
    const other: PageTerm = { ...region, box: { ...box, x: 0.5 } };
    expect(withTerm(withTerm([photo], region), other)).toHaveLength(3);
    expect(withTerm([region], { ...region, mark: 'less' })).toEqual([{ ...region, mark: 'less' }]);
    expect(toQuery([region]).query.terms).toEqual([{ region: { photo: 7, box }, weight: 1 }]);
  });

  it('knows a word whatever its case', () => {
    expect(withTerm([word], { ...word, text: ' Dog', mark: 'more' })).toHaveLength(1);
  });
});

describe('withoutTerm', () => {
  it('removes one place', () => {
    expect(withoutTerm([photo, word], 0)).toEqual([word]);
  });
});

describe('toQuery', () => {
  it('gives examples a weight by their mark, and remembers which terms they are', () => {
    const off: PageTerm = { ...photo, id: 8, mark: 'off' };
    const outside: PageTerm = { kind: 'picture', picture, mark: 'more' };
    expect(toQuery([ana, photo, off, word, outside])).toMatchObject({
      places: [1, 3, 4],
      query: {
        terms: [
          { photo: 7, weight: 1 },
          { word: 'dog', synset: 'n02084071', weight: -1 },
          { blob: picture, weight: 1 },
        ],
      },
    });
  });

  it('asks for any of several items, since a photo shows one', () => {
    const item = (key: string, mark: PageTerm['mark']): PageTerm => ({
      kind: 'item',
      key,
      title: key,
      mark,
    });
    const items = (...terms: PageTerm[]) => toQuery(terms).query.items;
    expect(items(item('a', 'more'), item('b', 'more'), item('c', 'less'))).toEqual({
      any: ['a', 'b'],
      none: ['c'],
    });
    expect(items(item('c', 'less'))).toEqual({ none: ['c'] });
    expect(items(item('a', 'off'), photo)).toBeUndefined();
  });

  it('leaves out pictures that are gone', () => {
    const lost: PageTerm = { kind: 'picture', picture: null, mark: 'more' };
    expect(toQuery([lost])).toMatchObject({ places: [], query: { terms: [] } });
  });

  it('joins filters by condition, and separates those to do without', () => {
    const png: PageTerm = {
      kind: 'filter',
      filter: { type: ['image/png'] },
      label: 'PNG',
      mark: 'less',
    };
    const { query } = toQuery([folder('A'), folder('B'), folder('C', 'off'), png]);
    expect(query.filter).toEqual({ folder: ['A', 'B'] });
    expect(query.without).toEqual({ type: ['image/png'] });
  });

  it('asks for people to be in the photos, or not', () => {
    expect(toQuery([ana, ben]).query.people).toEqual({ all: ['a1'], none: ['b2'] });
    expect(toQuery([photo]).query.people).toBeUndefined();
    expect(toQuery([{ ...ana, mark: 'off' }]).query.people).toBeUndefined();
  });
});

describe('terms that are stored', () => {
  it('are those without a picture from outside, of which nothing may be kept', () => {
    const word: PageTerm = { kind: 'word', text: 'dog', mark: 'more' };
    expect(storable([word])).toEqual([word]);
    expect(storable([word, { kind: 'picture', picture: new Blob(['x']), mark: 'off' }])).toBeNull();
    expect(storable([{ kind: 'picture', picture: null, mark: 'more' }])).toBeNull();
  });
});
