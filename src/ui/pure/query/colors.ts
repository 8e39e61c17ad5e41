import { type Lab, labOf, MOST_TERM_COLORS } from '../../../engine/index.ts';
import { t } from '../../text/t.ts';

/** The colors that can be picked, and what each is searched as. */
export const SWATCHES = {
  red: '#cc2222',
  orange: '#ee7d11',
  yellow: '#f2cc1d',
  green: '#2e9e3f',
  turquoise: '#2bb5b0',
  blue: '#1f5cc4',
  purple: '#9450be',
  pink: '#ea7fae',
  brown: '#7b4b2a',
  black: '#111111',
  gray: '#808080',
  white: '#ffffff',
} as const;

export type ColorName = keyof typeof SWATCHES;
export const COLOR_NAMES = Object.keys(SWATCHES) as readonly ColorName[];

/** Characters from which a text may be the beginning of a name. */
const LEAST_LETTERS = 2;

export function colorName(color: ColorName): string {
  return t(`query.color.${color}`);
}

/** The names of a term's colors (`#rrggbb`), in order: those of the swatches they look most like. */
export function colorsLabel(colors: readonly string[]): string {
  return [...new Set(colors.map(nearestName))].map(colorName).join(', ');
}

function nearestName(color: string): ColorName {
  const [l, a, b] = labOf(color);
  const apart = ([l2, a2, b2]: Lab) => (l - l2) ** 2 / 2 + (a - a2) ** 2 + (b - b2) ** 2;
  return COLOR_NAMES.reduce((best, name) =>
    apart(labOf(SWATCHES[name])) < apart(labOf(SWATCHES[best])) ? name : best,
  );
}

const folded = (text: string) =>
  text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .trim()
    .toLowerCase();

/** Everything a color is called, the catalog's other words included. */
function wordsFor(color: ColorName): string[] {
  return `${colorName(color)},${t(`query.colorWords.${color}`)}`.split(',').map(folded);
}

/** The colors that a typed text begins to name. */
export function colorsBeginning(text: string): readonly ColorName[] {
  const sought = folded(text);
  if (sought.length < LEAST_LETTERS) return [];
  return COLOR_NAMES.filter((color) => wordsFor(color).some((word) => word.startsWith(sought)));
}

/** The color that a typed text is the name of. Its other words may mean things: a rose. */
export function colorNamed(text: string): ColorName | undefined {
  const sought = folded(text);
  return COLOR_NAMES.find((color) => folded(colorName(color)) === sought);
}

/** Adds or removes a color, if there is room. */
export function toggled(colors: readonly string[], color: string): readonly string[] {
  if (colors.includes(color)) return colors.filter((each) => each !== color);
  return colors.length < MOST_TERM_COLORS ? [...colors, color] : colors;
}
