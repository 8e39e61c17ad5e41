import { describe, expect, it } from 'vitest';
import { resultMark } from './result-mark.ts';
import type { PageTerm } from './terms.ts';

const photo = (id: number, mark: PageTerm['mark'] = 'more'): PageTerm => ({
  kind: 'photo',
  id,
  mark,
});

describe('a mark', () => {
  it('is about the photos searched for, those in use', () => {
    const terms: PageTerm[] = [photo(1), photo(2, 'less'), photo(3, 'off')];
    expect(resultMark(terms, 9, 'more')).toEqual({ photo: 9, mark: 'more', more: [1], less: [2] });
  });

  it('doesn’t mind filters', () => {
    const filter: PageTerm = { kind: 'filter', filter: {}, label: '2024', mark: 'more' };
    expect(resultMark([filter, photo(1)], 9, 'less')).toMatchObject({ mark: 'less', more: [1] });
  });

  it.each<PageTerm>([
    { kind: 'word', text: 'dress', mark: 'more' },
    { kind: 'color', colors: ['#ff0000'], mark: 'less' },
    { kind: 'picture', picture: null, mark: 'more' },
    { kind: 'region', id: 2, box: { x: 0, y: 0, width: 1, height: 1 }, mark: 'more' },
    { kind: 'photo', id: 2, colorWeight: 0.5, mark: 'more' },
  ])('says nothing beside a term of $kind', (term) => {
    expect(resultMark([photo(1), term], 9, 'more')).toBeNull();
    expect(resultMark([photo(1), { ...term, mark: 'off' }], 9, 'more')).not.toBeNull();
  });
});
