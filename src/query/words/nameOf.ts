import type { Vocabulary } from './vocabulary.ts';

/** Synsets with more classes than this name too much: "mammal", "device". */
const MOST_CLASSES = 130;

/**
 * Names what a photo shows: the most special synset whose classes together are likely enough.
 * Probabilities are summed up the hierarchy, so that a photo of a dog whose breed isn't clear is
 * still one of a dog.
 *
 * @param ids classes of the photo, the likeliest
 * @param probabilities of them, 0 to 1
 * @param cut the least sum; fitted, see docs/words.md
 * @returns the place of the synset; -1 where nothing is likely enough
 */
export function nameOf(
  { synsets }: Vocabulary,
  ids: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  cut: number,
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
  let bestClasses = MOST_CLASSES + 1;
  let bestSum = 0;
  for (const [place, sum] of sums) {
    const { classes, words } = synsets[place]!;
    if (sum < cut || words.length === 0 || classes.length > bestClasses) continue;
    if (classes.length === bestClasses && sum <= bestSum) continue;
    best = place;
    bestClasses = classes.length;
    bestSum = sum;
  }
  return best;
}
