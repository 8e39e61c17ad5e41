/** Letters that are one with a stroke, a hook or two letters in one: no normal form takes these apart. */
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
 * Accents of the alphabets that have them, Hebrew points and Arabic vowel marks. Not the marks of
 * Indian and other scripts, which are vowels of their own.
 */
const ACCENTS =
  /[\u0300-\u036f]|[\u0483-\u0487]|[\u0591-\u05c7]|[\u064b-\u065f]|\u0670|[\u1ab0-\u1aff]|[\u1dc0-\u1dff]/gu;
/** Written, but not seen: direction marks and joiners. */
const UNSEEN = /\p{Cf}/gu;

/**
 * A name as a search compares it: whatever its case, accents, normal form and spacing, and by the
 * same rules in every language, so that `İrem`, `Irem` and `ırem` are alike. Two people may well
 * share it: it never decides who somebody is.
 */
export function searchForm(name: string): string {
  return (
    name
      // Normal forms make a space and an accent of them.
      .replace(/[´`]/gu, "'")
      .normalize('NFKD')
      .replace(ACCENTS, '')
      .replace(UNSEEN, '')
      // Upper case writes ß as SS and ı as I, but knows ẞ only as the capital of ß.
      .toLowerCase()
      .toUpperCase()
      .toLowerCase()
      .replace(SPECIAL, (letter) => PLAIN[letter] ?? letter)
      .replace(/\s+/gu, ' ')
      .trim()
  );
}

/** Whether what somebody looks for is part of a name; nothing is part of every name. */
export function nameMatches(name: string, sought: string): boolean {
  return searchForm(name).includes(searchForm(sought));
}
