import { expect, it } from 'vitest';
import { wordLanguage } from './wordLanguage.ts';

it.each([
  [['de-AT', 'en'], 'de'],
  [['fr', 'en-US', 'de'], 'en'],
  [['DE'], 'de'],
  [['pt-BR'], 'en'],
  [[], 'en'],
])('of %j words are in %s', (languages, language) => {
  expect(wordLanguage(languages)).toBe(language);
});
