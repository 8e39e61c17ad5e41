import type { WordLanguage } from '../../protocol/index.ts';

/** The first of the browser's languages with a word list, else English. */
export function wordLanguage(languages: readonly string[] = navigator.languages): WordLanguage {
  for (const language of languages) {
    const [primary] = language.toLowerCase().split('-');
    if (primary === 'de' || primary === 'en') return primary;
  }
  return 'en';
}
