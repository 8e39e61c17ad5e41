import { describe, expect, it } from 'vitest';
import { readStoredTerms, type StoredTerm, storedTermKey } from './storedTerms.ts';

const terms: readonly StoredTerm[] = [
  { kind: 'photo', id: 7, mark: 'more', colorWeight: 0.3 },
  { kind: 'region', id: 7, box: { x: 0.1, y: 0.2, width: 0.3, height: 0.4 }, mark: 'less' },
  { kind: 'color', colors: ['#cc2222', '#ffffff'], mark: 'more' },
  { kind: 'word', text: 'dog', synset: 'n02084071', mark: 'off' },
  { kind: 'person', key: 'a1', name: 'Ana', mark: 'more', cover: 9 },
  { kind: 'item', key: 'i1', title: 'Jam', mark: 'more' },
  { kind: 'filter', filter: { folder: ['A'] }, label: 'A', mark: 'less' },
];

describe('stored terms', () => {
  it('are read as they were written', () => {
    expect(readStoredTerms(JSON.parse(JSON.stringify(terms)))).toEqual(terms);
  });

  it.each([
    [null],
    [[]],
    [{ length: 1 }],
    [Array.from({ length: 101 }, () => terms[0])],
    [[{ kind: 'picture', picture: null, mark: 'more' }]],
    [[{ kind: 'photo', id: 1.5, mark: 'more' }]],
    [[{ kind: 'color', colors: ['red'], mark: 'more' }]],
    [[{ kind: 'color', colors: ['#ccc'], mark: 'more' }]],
    [[{ kind: 'person', key: 'a', name: '', mark: 'more' }]],
    [[{ kind: 'filter', filter: { name: ['x'.repeat(20_000)] }, label: 'A', mark: 'more' }]],
    [[{ kind: 'album', key: 'a', mark: 'more' }]],
  ])('are not read in part: one that is invalid makes another query (%#)', (bad) => {
    expect(readStoredTerms(bad)).toBeNull();
    if (Array.isArray(bad) && bad.length === 1) {
      expect(readStoredTerms([...terms, ...(bad as unknown[])])).toBeNull();
    }
  });

  it('are the same whatever their mark, and differ by what they are about', () => {
    const keys = terms.map(storedTermKey);
    expect(new Set(keys).size).toBe(terms.length);
    expect(terms.map((term) => storedTermKey({ ...term, mark: 'off' }))).toEqual(keys);
    expect(storedTermKey({ kind: 'word', text: ' Dog', mark: 'more' })).toBe(
      storedTermKey({ kind: 'word', text: 'dog', mark: 'less' }),
    );
  });
});
