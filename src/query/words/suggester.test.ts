import { describe, expect, it } from 'vitest';
import type { WordLanguage } from './singular.ts';
import { Suggester } from './suggester.ts';
import { committedLexicon } from './testing/committed.ts';

const lexicon = committedLexicon();
const suggester = new Suggester(lexicon);
const words = (text: string, language: WordLanguage = 'en', limit?: number) =>
  suggester.suggest(text, language, limit).map(({ word }) => word);

describe('suggest', () => {
  it('lists the most common word with the prefix first', () => {
    expect(words('do')[0]).toBe('dog');
    expect(words('ca')).toContain('cat');
    expect(words('hun', 'de')[0]).toBe('Hund');
    expect(words('bana', 'de')[0]).toBe('Banane');
  });

  it('matches any part of a term and any synonym', () => {
    expect(words('retriev')).toContain('golden retriever');
    expect(words('puma')).toEqual(['puma']);
    expect(words('hai', 'de')).toContain('Weißer Hai');
  });

  it('understands plurals', () => {
    expect(words('dogs')[0]).toBe('dog');
    expect(words('Äpfel', 'de')[0]).toBe('Apfel');
  });

  it('puts the user’s own language first but knows the other', () => {
    expect(words('b', 'de').every((word) => /^[A-ZÄÖÜ]/.test(word))).toBe(true);
    expect(words('strawb', 'de')).toContain('strawberry');
    expect(words('strau')).toEqual(['Strauß']);
    expect(words('stra')).not.toContain('Strauß');
  });

  it('suggests each meaning once, and no more than the limit', () => {
    const places = suggester.suggest('s', 'en').map(({ place }) => place);
    expect(new Set(places).size).toBe(places.length);
    expect(words('s', 'en', 3)).toHaveLength(3);
  });

  it('repeats a word only when it has two meanings', () => {
    expect(words('foo').filter((word) => word === 'food')).toHaveLength(1);
    expect(words('crane', 'en', 2)).toEqual(['crane', 'crane']);
  });

  it('suggests additional nouns after known words', () => {
    const found = suggester.suggest('sneak', 'en');
    expect(found.map(({ word, near }) => ({ word, near }))).toContainEqual({
      word: 'sneaker',
      near: true,
    });
    expect(suggester.suggest('s', 'en').some(({ near }) => near)).toBe(false);
  });

  it.each(['', ' ', '—', 'zzzz', '\u0000'])('suggests nothing for %j', (text) => {
    expect(words(text)).toEqual([]);
  });
});
