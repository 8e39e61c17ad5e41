import type { Vocabulary } from './vocabulary.ts';
import type { WordRows } from './wordRows.ts';

/** Synsets with more classes are too general as names: "mammal", "device". */
const MOST_CLASSES = 130;
/** Synsets with a lower mean cosine between their classes are too diverse as names: "covering". */
const LEAST_COHERENCE = 0.05;

/** Coherence of a synset: the mean cosine between two of its classes; 1 for a single one. */
export function coherence({ d, rows, scales }: WordRows, classes: ArrayLike<number>): number {
  const n = classes.length;
  if (n < 2) return 1;
  const sum = new Float64Array(d);
  for (let c = 0; c < n; c++) {
    const start = classes[c]! * d;
    for (let i = 0; i < d; i++) sum[i]! += scales[classes[c]!]! * rows[start + i]!;
  }
  // For n unit vectors: |sum|² = n + n (n - 1) · mean cosine.
  const squared = sum.reduce((total, value) => total + value * value, 0);
  return (squared - n) / (n * (n - 1));
}

/** Whether a synset is a good name for a photo. */
export function isName({ synsets }: Vocabulary, rows: WordRows, place: number): boolean {
  const { classes, words } = synsets[place]!;
  if (words.length === 0 || classes.length > MOST_CLASSES) return false;
  return coherence(rows, classes) >= LEAST_COHERENCE;
}

/**
 * Names what a photo shows: the most specific synset whose classes have a high enough total
 * probability. Probabilities are summed up the hierarchy, so a dog of unclear breed is still named
 * a dog.
 *
 * @param ids the most likely classes of the photo
 * @param probabilities of these, 0 to 1
 * @param cut the minimum sum; fitted, see docs/words.md
 * @param mayBe whether a synset may be the result: see `isName`
 * @returns the index of the synset; -1 if none is likely enough
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
