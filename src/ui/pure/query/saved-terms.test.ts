import { describe, expect, it } from 'vitest';
import { readSaved, saved } from './saved-terms.ts';
import type { PageTerm } from './terms.ts';

const terms: readonly PageTerm[] = [
  { kind: 'photo', id: 7, mark: 'more' },
  { kind: 'photo', id: 8, colorWeight: 0.3, mark: 'more' },
  { kind: 'color', colors: ['#cc2222', '#1f5cc4'], mark: 'less' },
  { kind: 'region', id: 7, box: { x: 0.1, y: 0.2, width: 0.3, height: 0.4 }, mark: 'less' },
  { kind: 'word', text: 'dog', synset: 'n02084071', mark: 'less' },
  { kind: 'word', text: 'cat', mark: 'more' },
  { kind: 'person', key: 'a1', name: 'Ana', mark: 'off' },
  { kind: 'item', key: 'i1', title: 'Jam', cover: 3, mark: 'more' },
  { kind: 'filter', filter: { folder: ['A'] }, label: 'A', mark: 'more' },
];
const roundTrip = (some: readonly PageTerm[]) =>
  readSaved(JSON.parse(JSON.stringify(saved(some))) as unknown);

describe('saved terms', () => {
  it('come back as they were', () => {
    expect(roundTrip(terms)).toEqual(terms);
  });

  it('never contain a picture, but say that there was one', () => {
    const picture: PageTerm = { kind: 'picture', picture: new Blob(['secret']), mark: 'more' };
    expect(roundTrip([picture])).toEqual([{ kind: 'picture', picture: null, mark: 'more' }]);
  });

  it.each([
    [null],
    ['text'],
    [{}],
    [[null, 1, 'a', []]],
    [[{ kind: 'photo', id: 0, mark: 'more' }]],
    [[{ kind: 'photo', id: 1, mark: 'most' }]],
    [[{ kind: 'region', id: 7, mark: 'more' }]],
    [[{ kind: 'region', id: 7, box: { x: 0.9, y: 0, width: 0.3, height: 1 }, mark: 'more' }]],
    [[{ kind: 'word', text: '', mark: 'more' }]],
    [[{ kind: 'word', text: 'x'.repeat(201), mark: 'more' }]],
    [[{ kind: 'picture', picture: {}, mark: 'more' }]],
    [[{ kind: 'filter', filter: 'all', label: 'A', mark: 'more' }]],
    [[{ kind: 'photo', id: 1, colorWeight: 2, mark: 'more' }]],
    [[{ kind: 'photo', id: 1, colorWeight: null, mark: 'more' }]],
    [[{ kind: 'color', colors: [], mark: 'more' }]],
    [[{ kind: 'color', colors: ['red'], mark: 'more' }]],
    [[{ kind: 'color', colors: ['#000000', '#000001', '#000002', '#000003'], mark: 'more' }]],
    [[{ kind: 'item', key: 'i', title: 'Jam', cover: 'x', mark: 'more' }]],
    [[{ kind: 'song', mark: 'more' }]],
  ])('are dropped where they are invalid: %j', (value) => {
    expect(readSaved(value)).toEqual([]);
  });
});
