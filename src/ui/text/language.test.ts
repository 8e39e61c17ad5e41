import { describe, expect, it } from 'vitest';
import { languageFor, readChoice } from './language.ts';

describe('languageFor', () => {
  it('takes the first of the browser’s languages that the page speaks', () => {
    expect(languageFor('auto', ['fr-FR', 'de-AT', 'en-US'])).toEqual({
      language: 'de',
      tag: 'de-AT',
    });
    expect(languageFor('auto', ['EN-gb'])).toEqual({ language: 'en', tag: 'EN-gb' });
  });

  it('falls back to English', () => {
    expect(languageFor('auto', ['fr', 'ja'])).toEqual({ language: 'en', tag: 'en' });
    expect(languageFor('auto', [])).toEqual({ language: 'en', tag: 'en' });
  });

  it('keeps the region of a language that was chosen', () => {
    expect(languageFor('de', ['en-US', 'de-CH'])).toEqual({ language: 'de', tag: 'de-CH' });
    expect(languageFor('de', ['en-US'])).toEqual({ language: 'de', tag: 'de' });
  });
});

describe('readChoice', () => {
  it('trusts only a language of ours', () => {
    expect(readChoice('de')).toBe('de');
    for (const stored of [null, '', 'auto', 'xx', 'toString', '__proto__']) {
      expect(readChoice(stored)).toBe('auto');
    }
  });
});
