import type { WordLanguage } from '../protocol/index.ts';

/** The first of the browser’s languages that words are known in; English where there is none. */
export function wordLanguage(languages: readonly string[] = navigator.languages): WordLanguage {
  for (const language of languages) {
    const [primary] = language.toLowerCase().split('-');
    if (primary === 'de' || primary === 'en') return primary;
  }
  return 'en';
}
