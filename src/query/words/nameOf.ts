import type { Vocabulary } from './vocabulary.ts';
import type { WordRows } from './wordRows.ts';

/** Synsets with more classes than this name too much: "mammal", "device". */
const MOST_CLASSES = 130;
/** Mean cosine between the classes of a synset, under which they have little in common: "covering". */
const LEAST_COHERENCE = 0.05;

/** How alike the classes of a synset are: the mean cosine between two of them; 1 for a single one. */
export function coherence({ d, rows, scales }: WordRows, classes: ArrayLike<number>): number {
  const n = classes.length;
  if (n < 2) return 1;
  const sum = new Float64Array(d);
  for (let c = 0; c < n; c++) {
    const start = classes[c]! * d;
    for (let i = 0; i < d; i++) sum[i]! += scales[classes[c]!]! * rows[start + i]!;
  }
  // Of n unit vectors: |sum|² = n + n (n - 1) · mean cosine.
  const squared = sum.reduce((total, value) => total + value * value, 0);
  return (squared - n) / (n * (n - 1));
}

/** Whether a synset makes a good name for what a photo shows. */
export function isName({ synsets }: Vocabulary, rows: WordRows, place: number): boolean {
  const { classes, words } = synsets[place]!;
  if (words.length === 0 || classes.length > MOST_CLASSES) return false;
  return coherence(rows, classes) >= LEAST_COHERENCE;
}

/**
 * Names what a photo shows: the most special synset whose classes together are likely enough.
 * Probabilities are summed up the hierarchy, so that a photo of a dog whose breed isn't clear is
 * still one of a dog.
 *
 * @param ids classes of the photo, the likeliest
 * @param probabilities of them, 0 to 1
 * @param cut the least sum; fitted, see docs/words.md
 * @param mayBe whether a synset may be the answer: see `isName`
 * @returns the place of the synset; -1 where nothing is likely enough
 */
export function nameOf(
  { synsets }: Vocabulary,
  ids: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  cut: number,
  mayBe: (place: number) => boolean,
): number {
  const sums = new Map<number, number>();
  for (let i = 0; i < ids.length; i++) {
    const seen = new Set<number>();
    const open = [ids[i]!];
    for (let place = open.pop(); place !== undefined; place = open.pop()) {
      if (seen.has(place) || place >= synsets.length) continue;
      seen.add(place);
      sums.set(place, (sums.get(place) ?? 0) + probabilities[i]!);
      open.push(...synsets[place]!.parents);
    }
  }
  let best = -1;
  let bestClasses = Number.POSITIVE_INFINITY;
  let bestSum = 0;
  for (const [place, sum] of sums) {
    const { classes } = synsets[place]!;
    if (sum < cut || classes.length > bestClasses) continue;
    if (classes.length === bestClasses && sum <= bestSum) continue;
    if (!mayBe(place)) continue;
    best = place;
    bestClasses = classes.length;
    bestSum = sum;
  }
  return best;
}
