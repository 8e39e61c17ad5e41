/** Letters with a stroke or hook, and ligatures: Unicode normalization doesn't decompose these. */
const PLAIN: Readonly<Record<string, string>> = {
  æ: 'ae',
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ł: 'l',
  ø: 'o',
  œ: 'oe',
  ŧ: 't',
  þ: 'th',
  ς: 'σ',
  '’': "'",
  '‘': "'",
  ʼ: "'",
  '‐': '-',
  '‑': '-',
  '–': '-',
};
const SPECIAL = new RegExp(`[${Object.keys(PLAIN).join('')}]`, 'gu');

/**
 * Accents of alphabetic scripts, Hebrew points and Arabic vowel marks; not the marks of Indic and
 * other scripts, which are vowels.
 */
const ACCENTS =
  /[\u0300-\u036f]|[\u0483-\u0487]|[\u0591-\u05c7]|[\u064b-\u065f]|\u0670|[\u1ab0-\u1aff]|[\u1dc0-\u1dff]/gu;
/** Invisible: direction marks and joiners. */
const UNSEEN = /\p{Cf}/gu;

/**
 * Folds a name for search: ignores case, accents, normal form and spacing, by the same rules in
 * every language, so that `İrem`, `Irem` and `ırem` match. Two people may share a folded name: it
 * never identifies anyone.
 */
export function searchForm(name: string): string {
  return (
    name
      // Normalization turns these into a space and an accent.
      .replace(/[´`]/gu, "'")
      .normalize('NFKD')
      .replace(ACCENTS, '')
      .replace(UNSEEN, '')
      // Upper-casing maps ß to SS and ı to I, but leaves ẞ, the capital of ß.
      .toLowerCase()
      .toUpperCase()
      .toLowerCase()
      .replace(SPECIAL, (letter) => PLAIN[letter] ?? letter)
      .replace(/\s+/gu, ' ')
      .trim()
  );
}

/** Whether a search term is part of a name; the empty term never is. */
export function nameMatches(name: string, sought: string): boolean {
  return searchForm(name).includes(searchForm(sought));
}
