import { describe, expect, it } from 'vitest';
import { wordMessage } from './word-messages.ts';

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

describe('wordMessage', () => {
  it('says how many photos there are', () => {
    const exact = { ...found, exact: true };
    expect(wordMessage(exact, 0)).toBe('No photos found.');
    expect(wordMessage(exact, 1)).toBe('1 photo.');
    expect(wordMessage(exact, 2000)).toBe('2,000 photos.');
  });

  it('says what is shown in place of what was asked for', () => {
    expect(wordMessage(found, 3)).toBe('No exact match for “sneaker”. Showing “shoe”. 3 photos.');
  });

  it('says what could not be searched', () => {
    expect(wordMessage({ ...found, exact: true, unsearched: 1200 }, 4)).toBe(
      '4 photos. 1,200 more photos can’t be searched by word now.',
    );
  });

  it('says that a word isn’t known', () => {
    expect(wordMessage({ known: false, text: 'qwertz' }, 0)).toBe(
      'Akin doesn’t know the word “qwertz”.',
    );
  });
});
