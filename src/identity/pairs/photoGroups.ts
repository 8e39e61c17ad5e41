import type { Log } from '../log/logEntry.ts';
import { effectiveEntries } from '../log/logFormat.ts';
import { ApartSets } from './apartSets.ts';
import type { PairAssertion } from './pairAssertions.ts';

/** Photos, by hash, that belong together, and what keeps them apart. */
export interface PhotoGroups {
  /** Sets of photos; those that are in none, or alone in theirs, are left out. */
  readonly groups: readonly (readonly string[])[];
  readonly sets: ApartSets;
  /** Pairs that contradict items or what counts more, and have no effect. The latest first. */
  readonly contradicted: readonly PairAssertion[];
}

/** What the log says of each pair, as it was last said. Answers before marks, the latest first. */
export function lastSaid(log: Log<PairAssertion>): readonly PairAssertion[] {
  const last = { answer: new Map<string, PairAssertion>(), mark: new Map<string, PairAssertion>() };
  for (const { assertions } of effectiveEntries(log)) {
    for (const pair of assertions) {
      const key = keyOf(pair);
      const { [pair.source]: said } = last;
      // The order is that of the last time.
      said.delete(key);
      said.set(key, pair);
    }
  }
  const { answer, mark } = last;
  for (const key of answer.keys()) mark.delete(key);
  return [...[...answer.values()].reverse(), ...[...mark.values()].reverse()];
}

/**
 * Groups photos by the items they show and by pairs that are alike, transitively. Pairs that are not
 * alike keep groups apart. Items count most, then answers, then marks, and of each the latest:
 * a pair that contradicts what counts more has no effect.
 *
 * @param items photos of each item
 * @param excluded pairs of a photo and one of an item that it doesn't show
 * @param said see `lastSaid`
 */
export function groupPhotos(
  items: Iterable<readonly string[]>,
  excluded: Iterable<readonly [string, string]>,
  said: readonly PairAssertion[],
): PhotoGroups {
  const sets = new ApartSets();
  for (const photos of items) for (const photo of photos) sets.join(photos[0]!, photo);
  for (const [photo, other] of excluded) sets.separate(photo, other);
  const contradicted = said.filter(({ kind, a, b }) =>
    kind === 'alike' ? !sets.join(a, b) : !sets.separate(a, b),
  );
  const groups = [...sets.all().values()].filter((group) => group.length >= 2);
  return { groups, sets, contradicted };
}

function keyOf({ a, b }: PairAssertion): string {
  return a < b ? a + b : b + a;
}
