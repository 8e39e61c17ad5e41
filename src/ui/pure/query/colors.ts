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

/** Colors in one term. */
export const MOST_COLORS = 3;
/** Characters from which a text may be the beginning of a name. */
const LEAST_LETTERS = 2;

export function isColorName(value: unknown): value is ColorName {
  return typeof value === 'string' && Object.hasOwn(SWATCHES, value);
}

export function colorName(color: ColorName): string {
  return t(`query.color.${color}`);
}

/** The names of a term's colors, in order. */
export function colorsLabel(colors: readonly ColorName[]): string {
  return colors.map(colorName).join(', ');
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
export function toggled(colors: readonly ColorName[], color: ColorName): readonly ColorName[] {
  if (colors.includes(color)) return colors.filter((each) => each !== color);
  return colors.length < MOST_COLORS ? [...colors, color] : colors;
}
