import type { Log } from '../log/logEntry.ts';
import { effectiveEntries } from '../log/logFormat.ts';
import type { PairAssertion } from './pairAssertions.ts';

/** Photos, by hash, that belong together, and pairs that don't. */
export interface PhotoGroups {
  /** Of two photos at least, each in one group. */
  readonly groups: readonly (readonly string[])[];
  readonly different: readonly (readonly [string, string])[];
}

/** The pairs of a log, each as it was last answered, in the order of their first answers. */
export function lastAnswers(log: Log<PairAssertion>): readonly PairAssertion[] {
  const last = new Map<string, PairAssertion>();
  for (const { assertions } of effectiveEntries(log))
    for (const pair of assertions) last.set(keyOf(pair.a, pair.b), pair);
  return [...last.values()];
}

/**
 * Groups photos by what shows the same item and by pairs that are alike, transitively. A pair that
 * is not alike, but is in one group by other assertions, is left out: it contradicts these.
 *
 * @param items photos of each item
 * @param rejected pairs of a photo and one of an item that it doesn't show
 * @param isUsable false for photos to leave out. They still connect others.
 */
export function groupPhotos(
  items: Iterable<readonly string[]>,
  rejected: Iterable<readonly [string, string]>,
  log: Log<PairAssertion>,
  isUsable: (photo: string) => boolean,
): PhotoGroups {
  const answers = lastAnswers(log);
  const sets = new DisjointSets();
  for (const photos of items) for (const photo of photos) sets.join(photos[0]!, photo);
  for (const { kind, a, b } of answers) if (kind === 'alike') sets.join(a, b);

  const different = new Map<string, readonly [string, string]>();
  const separate = (a: string, b: string) => {
    if (isUsable(a) && isUsable(b) && sets.root(a) !== sets.root(b))
      different.set(keyOf(a, b), [a, b]);
  };
  for (const [a, b] of rejected) separate(a, b);
  for (const { kind, a, b } of answers) if (kind === 'different') separate(a, b);
  return {
    groups: sets.all(isUsable).filter((group) => group.length >= 2),
    different: [...different.values()],
  };
}

function keyOf(a: string, b: string): string {
  return a < b ? a + b : b + a;
}

/** Union-find. */
class DisjointSets {
  readonly #parents = new Map<string, string>();

  join(a: string, b: string): void {
    const [into, from] = [this.root(a), this.root(b)];
    this.#parents.set(into, into);
    this.#parents.set(from, into);
  }

  /** With path halving: an imported log may join in a long chain. */
  root(of: string): string {
    let at = of;
    for (;;) {
      const parent = this.#parents.get(at) ?? at;
      if (parent === at) return at;
      const next = this.#parents.get(parent) ?? parent;
      this.#parents.set(at, next);
      at = next;
    }
  }

  /** The members of each set that pass, in the order they were first joined. */
  all(isMember: (member: string) => boolean): string[][] {
    const sets = new Map<string, string[]>();
    for (const member of this.#parents.keys()) {
      if (!isMember(member)) continue;
      const root = this.root(member);
      const set = sets.get(root);
      if (set) set.push(member);
      else sets.set(root, [member]);
    }
    return [...sets.values()];
  }
}
