import { describe, expect, it } from 'vitest';
import { languageFor, readChoice } from './language.ts';

describe('languageFor', () => {
  it('chooses the first of the browser’s languages that is supported', () => {
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

  it('keeps the region of a chosen language', () => {
    expect(languageFor('de', ['en-US', 'de-CH'])).toEqual({ language: 'de', tag: 'de-CH' });
    expect(languageFor('de', ['en-US'])).toEqual({ language: 'de', tag: 'de' });
  });
});

describe('readChoice', () => {
  it('accepts only supported languages', () => {
    expect(readChoice('de')).toBe('de');
    for (const stored of [null, '', 'auto', 'xx', 'toString', '__proto__']) {
      expect(readChoice(stored)).toBe('auto');
    }
  });
});
