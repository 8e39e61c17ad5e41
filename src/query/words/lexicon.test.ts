import { describe, expect, it } from 'vitest';
import type { WordLanguage } from './singular.ts';
import { committedLexicon } from './testing/committed.ts';

const lexicon = committedLexicon();

const meanings = (text: string, language: WordLanguage = 'en') =>
  lexicon.find(text, language).map(({ place }) => lexicon.wordOf(place, 'en'));

describe('find', () => {
  it.each([
    ['dog', 'dog'],
    [' Dogs ', 'dog'],
    ['CANIS FAMILIARIS', 'dog'],
    ['hot dog', 'hotdog'],
    ['hot-dogs', 'hotdog'],
    ['T-shirt', 'jersey'],
    ['strawberries', 'strawberry'],
    ['wolves', 'wolf'],
    ['foxes', 'fox'],
    ['geese', 'goose'],
    ['mice', 'mouse'],
    ['ostriches', 'ostrich'],
    ['buses', 'bus'],
    ['consommé', 'consomme'],
    ['sunglasses', 'sunglasses'],
    ['binocular', 'binoculars'],
    ['shoes', 'shoe'],
  ])('%s means %s', (text, word) => {
    expect(meanings(text)).toEqual([word]);
  });

  it.each([
    ['Hund', 'dog'],
    ['hunde', 'dog'],
    ['Äpfel', 'apple'],
    ['Aepfel', 'apple'],
    ['Apfel', 'apple'],
    ['Löwen', 'lion'],
    ['Loewe', 'lion'],
    ['Katzen', 'cat'],
    ['Häuser', 'house'],
    ['Vögel', 'bird'],
    ['Kühe', 'cattle'],
    ['Weiße Haie', 'great white shark'],
    ['weisser hai', 'great white shark'],
    ['Gänse', 'goose'],
    ['Autos', 'car'],
    ['Kirchen', 'church'],
    ['Füchse', 'fox'],
    ['Erdbeeren', 'strawberry'],
    ['Fußbälle', 'soccer ball'],
    ['Sanduhren', 'hourglass'],
    ['E-Gitarre', 'electric guitar'],
  ])('%s means %s in German', (text, word) => {
    expect(meanings(text, 'de')).toEqual([word]);
  });

  it('falls back to the other language when its own has no match', () => {
    expect(meanings('Banane', 'en')).toEqual(['banana']);
    expect(meanings('sandal', 'de')).toEqual(['sandal']);
  });

  it('returns every meaning of a word except rare ones', () => {
    expect(lexicon.find('crane', 'en')).toHaveLength(2);
    // Big cats are called cats, too.
    expect(meanings('cat')).toEqual(['cat']);
  });

  it('resolves an additional noun to the word that stands for it', () => {
    const [entry] = lexicon.find('sneakers', 'en');
    expect(entry).toMatchObject({ word: 'sneaker', near: true });
    expect(meanings('sneaker')).toEqual(['shoe']);
    expect(meanings('skyscraper')).toEqual(['building']);
  });

  it.each(['', '   ', '…', 'child', 'person', 'entity', 'qwertz', '狗', 'a'.repeat(10_000)])(
    'finds nothing for %j',
    (text) => {
      expect(lexicon.find(text, 'en')).toEqual([]);
      expect(lexicon.find(text, 'de')).toEqual([]);
    },
  );
});
