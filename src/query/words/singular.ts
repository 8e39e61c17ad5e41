/** Supported word languages. */
export type WordLanguage = 'en' | 'de';

type Rule = readonly [ending: RegExp, replacement: string];

const ENGLISH: readonly Rule[] = [
  [/women$/, 'woman'],
  [/men$/, 'man'],
  [/mice$/, 'mouse'],
  [/lice$/, 'louse'],
  [/geese$/, 'goose'],
  [/feet$/, 'foot'],
  [/teeth$/, 'tooth'],
  [/oxen$/, 'ox'],
  [/children$/, 'child'],
  [/ies$/, 'y'],
  [/ves$/, 'f'],
  [/ves$/, 'fe'],
  [/(ch|sh|x|s|z|o)es$/, '$1'],
  [/([^s])s$/, '$1'],
  [/i$/, 'us'],
  [/ae$/, 'a'],
];

/** For folded words: "Häuser" becomes "hauser". */
const GERMAN: readonly Rule[] = [
  [/innen$/, 'in'],
  [/e$/, ''],
  [/n$/, ''],
  [/en$/, ''],
  [/er$/, ''],
  [/ern$/, ''],
  [/s$/, ''],
  [/es$/, ''],
  [/sse$/, 's'],
  [/een$/, 'us'],
  [/een$/, 'eum'],
  [/ien$/, 'ium'],
  [/en$/, 'um'],
  [/en$/, 'us'],
  [/en$/, 'a'],
];

const RULES = { en: ENGLISH, de: GERMAN } as const;
const SHORTEST = 2;

/**
 * Possible singulars of a word, most likely first: guesses to be looked up. The last are
 * plurals, for words without a singular, such as "binoculars".
 *
 * @param key see `keyOf`
 */
export function singulars(key: string, language: WordLanguage): string[] {
  const found: string[] = [];
  for (const [ending, replacement] of RULES[language]) {
    if (!ending.test(key)) continue;
    const guess = key.replace(ending, replacement);
    if (guess.length >= SHORTEST && !found.includes(guess)) found.push(guess);
  }
  if (language === 'en') found.push(`${key}s`);
  else found.push(`${key}e`, `${key}n`, `${key}en`);
  return found;
}
