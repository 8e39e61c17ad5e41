/** Color of photos that no legend entry is about. */
export const OTHERS = 0;
/** Categories with a hue of their own; the rest is grey. */
export const MOST_HUES = 10;

/** What the photos are colored by. */
export const COLOR_BYS = ['cluster', 'date', 'item', 'person', 'query'] as const;
export type ColorBy = (typeof COLOR_BYS)[number];

/** A line of the legend. */
export interface LegendEntry {
  /** Place of its color in the palette, from 1. */
  readonly color: number;
  readonly label: string;
  readonly count: number;
}

/** The color of each photo, and what the colors mean. */
export interface Coloring {
  /** (n) place in the palette; `OTHERS` for those without a category. */
  readonly colors: Uint8Array;
  /** Whether the colors are an order, such as time, rather than categories. */
  readonly ordered: boolean;
  readonly entries: readonly LegendEntry[];
  /** Photos of color `OTHERS`. */
  readonly others: number;
}

type Rgb = readonly [number, number, number];

/**
 * Categories, by theme, light and dark. Neighbors in the list differ in hue and lightness, so that
 * they can be told apart with color vision deficiencies too, and each has a contrast of 3 to 1 with
 * the background.
 */
const CATEGORIES = {
  light: '#4650cf #c2570c #1b8a5a #b01e6b #0e7fa8 #8a6d00 #7d3cc9 #c62f2f #4d7a1f #6b4a35',
  dark: '#98a3ff #ffa04d #4fd394 #ff7fb6 #53c7ee #e6c84a #c79bff #ff8378 #a4d65e #d3a98c',
} as const;
/** From early to late, and from a weak to a strong match, which stands out most. */
const ORDERED = {
  light: '#8d9a00 #c98715 #d96c3f #d2556c #b54593 #8a3fb0 #5b37b8 #3b1f8f',
  dark: '#6f78ff #8f7dff #b982f5 #de88d6 #f793a8 #ffa578 #ffc257 #f5e663',
} as const;
const GREY = { light: '#a39d92', dark: '#6a675f' } as const;

export type Theme = keyof typeof GREY;

/** Number of colors for what has an order. */
export const MOST_STEPS = 8;

/** The colors of a theme as hexadecimal, `OTHERS` first. */
export function paletteOf(theme: Theme, ordered: boolean, steps = MOST_STEPS): readonly string[] {
  if (!ordered) return [GREY[theme], ...CATEGORIES[theme].split(' ')];
  const all = ORDERED[theme].split(' ');
  // Fewer steps are spread over the whole range.
  const some = Array.from(
    { length: steps },
    (_, i) => all[steps === 1 ? all.length - 1 : Math.round((i * (all.length - 1)) / (steps - 1))]!,
  );
  return [GREY[theme], ...some];
}

/** Red, green and blue in [0, 1]. */
export function rgbOf(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255];
}

/**
 * Colors by category. The largest get a hue each.
 *
 * @param categories names and members, as indexes of photos; a photo in several gets the largest
 */
export function byCategory(
  photos: number,
  categories: readonly { readonly label: string; readonly members: ArrayLike<number> }[],
): Coloring {
  const colors = new Uint8Array(photos);
  const entries: LegendEntry[] = [];
  const largest = categories
    .filter(({ members }) => members.length > 0)
    .sort((a, b) => b.members.length - a.members.length)
    .slice(0, MOST_HUES);
  for (const { label, members } of largest) {
    const color = entries.length + 1;
    let count = 0;
    for (let k = 0; k < members.length; k++) {
      const i = members[k]!;
      if (i >= photos || colors[i] !== OTHERS) continue;
      colors[i] = color;
      count += 1;
    }
    entries.push({ color, label, count });
  }
  return { colors, ordered: false, entries, others: countOthers(colors) };
}

/**
 * Colors by a number, in steps that hold about as many photos each.
 *
 * @param values (n) NaN if unknown
 * @param label names a step by its least and greatest value
 */
export function byNumber(
  values: Float64Array,
  label: (from: number, to: number) => string,
): Coloring {
  const colors = new Uint8Array(values.length);
  const known = values.filter((value) => !Number.isNaN(value)).sort();
  const starts: number[] = [];
  for (let step = 0; step < MOST_STEPS; step++) {
    const value = known[Math.floor((step * known.length) / MOST_STEPS)];
    // Equal values are one step.
    if (value !== undefined && value !== starts.at(-1)) starts.push(value);
  }
  const ends = starts.map(() => Number.NEGATIVE_INFINITY);
  const counts = starts.map(() => 0);
  for (const [i, value] of values.entries()) {
    if (Number.isNaN(value)) continue;
    let step = starts.length - 1;
    while (step > 0 && value < starts[step]!) step--;
    colors[i] = step + 1;
    counts[step]! += 1;
    ends[step] = Math.max(ends[step]!, value);
  }
  const entries = starts.map((from, step) => ({
    color: step + 1,
    label: label(from, ends[step]!),
    count: counts[step]!,
  }));
  return { colors, ordered: true, entries, others: countOthers(colors) };
}

/**
 * Colors by rank in an answer: the best have the strongest color.
 *
 * @param ranked indexes of photos, best first
 * @param steps the last rank of each color, ascending, and the name of its photos
 */
export function byRank(
  photos: number,
  ranked: readonly number[],
  steps: readonly { readonly upTo: number; readonly label: string }[],
): Coloring {
  const colors = new Uint8Array(photos);
  const entries: LegendEntry[] = [];
  // Steps beyond the last result have no color.
  const used = steps.filter((_, step) => (steps[step - 1]?.upTo ?? 0) < ranked.length);
  let start = 0;
  for (const [step, { upTo, label }] of used.entries()) {
    const members = ranked.slice(start, upTo);
    const color = used.length - step;
    for (const i of members) colors[i] = color;
    entries.push({ color, label, count: members.length });
    start = upTo;
  }
  return { colors, ordered: true, entries, others: countOthers(colors) };
}

function countOthers(colors: Uint8Array): number {
  let count = 0;
  for (const color of colors) if (color === OTHERS) count++;
  return count;
}
