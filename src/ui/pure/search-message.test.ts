import { describe, expect, it } from 'vitest';
import { searchMessage } from './search-message.ts';

const found = {
  known: true,
  text: 'sneaker ',
  word: 'shoe',
  exact: false,
  synsets: ['n04199027'],
  hits: [],
  answers: 0,
  unsearched: 0,
  searchMs: 1,
  codesScanned: 1,
} as const;

describe('searchMessage', () => {
  it('shows how many photos were found', () => {
    const exact = { ...found, exact: true };
    expect(searchMessage(exact, 0)).toBe('No photos found.');
    expect(searchMessage(exact, 1)).toBe('1 photo found.');
    expect(searchMessage(exact, 2000)).toBe('2,000 photos found.');
  });

  it('shows which word was used instead', () => {
    expect(searchMessage(found, 3)).toBe(
      'No exact match for “sneaker”. Showing results for “shoe”. 3 photos found.',
    );
  });

  it('shows how many photos couldn’t be searched', () => {
    expect(searchMessage({ ...found, exact: true, unsearched: 1200 }, 4)).toBe(
      '4 photos found. 1,200 more photos can’t be searched right now.',
    );
  });

  it('reports an unknown word', () => {
    expect(searchMessage({ known: false, text: 'qwertz' }, 0)).toBe(
      'Akin doesn’t know “qwertz”. Try another word.',
    );
  });
});
