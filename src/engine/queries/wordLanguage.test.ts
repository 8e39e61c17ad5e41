import { expect, it } from 'vitest';
import { wordLanguage } from './wordLanguage.ts';

it.each([
  [['de-AT', 'en'], 'de'],
  [['fr', 'en-US', 'de'], 'en'],
  [['DE'], 'de'],
  [['pt-BR'], 'en'],
  [[], 'en'],
])('maps the preferred languages %j to %s', (languages, language) => {
  expect(wordLanguage(languages)).toBe(language);
});
