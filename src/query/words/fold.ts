/** What is left of a word of any case, with or without accents and hyphens: `a-z`, `0-9`, spaces. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('æ', 'ae')
    .replaceAll('ø', 'o')
    .replace(/[’'`´]/g, '')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}

/**
 * What words are looked up by: "hot dog", "hot-dog" and "Hotdog" are one.
 *
 * @param folded see `fold`
 */
export const keyOf = (folded: string): string => folded.replaceAll(' ', '');

/** As someone without umlauts writes them: "Loewe" for "Löwe", which folds to "lowe". */
export const withoutUmlautPairs = (folded: string): string => folded.replace(/([aou])e/g, '$1');

/**
 * German adjectives change their endings: "Weißer Hai", "Weiße Haie", "des Weißen Hais". Takes the
 * endings off all words but the last.
 */
export function withoutAdjectiveEndings(folded: string): string {
  const words = folded.split(' ');
  const last = words.pop()!;
  return [...words.map((word) => word.replace(/(?<=.{3})e[rsnm]?$/, '')), last].join(' ');
}
