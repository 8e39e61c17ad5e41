/** Folds a word to `a-z`, `0-9` and spaces: no case, accents or hyphens. */
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
 * Lookup key: "hot dog", "hot-dog" and "Hotdog" are the same.
 *
 * @param folded see `fold`
 */
export const keyOf = (folded: string): string => folded.replaceAll(' ', '');

/** Undoes spelled-out umlauts: "Loewe" for "Löwe", which folds to "lowe". */
export const withoutUmlautPairs = (folded: string): string => folded.replace(/([aou])e/g, '$1');

/**
 * Strips German adjective endings from all words but the last: "Weißer Hai", "Weiße Haie", "des
 * Weißen Hais".
 */
export function withoutAdjectiveEndings(folded: string): string {
  const words = folded.split(' ');
  const last = words.pop()!;
  return [...words.map((word) => word.replace(/(?<=.{3})e[rsnm]?$/, '')), last].join(' ');
}
