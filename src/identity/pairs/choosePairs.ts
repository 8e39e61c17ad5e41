/** Photos whose pairs can be asked about, numbered from 0. */
export interface PairPool {
  readonly size: number;
  /** (size) number of the set that each photo is in: those of a set are known to be alike. */
  readonly sets: ArrayLike<number>;
  /** (size) number of photos of its set, wherever they are. */
  readonly setSizes: ArrayLike<number>;
  /** Natural logarithm of the odds that two photos are alike. */
  logOdds(a: number, b: number): number;
  /** False for pairs that were answered or skipped, and for those whose answer follows from others. */
  isOpen(a: number, b: number): boolean;
}

export interface ChosenPair {
  readonly a: number;
  readonly b: number;
  readonly logOdds: number;
}

/**
 * How many photos of a pair are to be in a set of several already, in turn. Some answers join sets or
 * keep them apart, since photos of one kind in two sets are learned to be different; some make sets
 * grow, since a set of two tells little; and the others begin new ones.
 */
const IN_SETS = [2, 1, 0, 0] as const;
/** Pairs of sets are only asked about if that is open: chances of 5 to 95 %. */
const UNSURE = 3;

/** Above the number of any set, so that two of them make one exact number. */
const MOST_SETS = 2 ** 26;

/**
 * The pairs whose answers say most: uncertainty sampling (Lewis and Gale 1994), by which those come
 * first whose chance of being alike is nearest to one half. A photo comes up once, and so does a pair
 * of sets, whose answer holds for all of their photos.
 *
 * @param count the most pairs
 */
export function choosePairs(pool: PairPool, count: number): readonly ChosenPair[] {
  const { size, sets, setSizes } = pool;
  const most = (size * (size - 1)) / 2;
  const pairs = new Uint32Array(most);
  const odds = new Float32Array(size * size);
  let open = 0;
  for (let a = 0; a < size; a++) {
    for (let b = a + 1; b < size; b++) {
      if (sets[a] === sets[b] || !pool.isOpen(a, b)) continue;
      const at = a * size + b;
      pairs[open++] = at;
      odds[at] = pool.logOdds(a, b);
    }
  }
  const order = pairs.subarray(0, open);
  order.sort((one, other) => Math.abs(odds[one]!) - Math.abs(odds[other]!));

  const setsKey = (a: number, b: number) =>
    Math.min(sets[a]!, sets[b]!) * MOST_SETS + Math.max(sets[a]!, sets[b]!);
  const used = new Set<number>();
  const usedSets = new Set<number>();
  const first = (inSets: number): ChosenPair | null => {
    for (const at of order) {
      if (inSets === 2 && Math.abs(odds[at]!) > UNSURE) return null;
      const [a, b] = [Math.floor(at / size), at % size];
      if (used.has(a) || used.has(b) || usedSets.has(setsKey(a, b))) continue;
      if (Number(setSizes[a]! > 1) + Number(setSizes[b]! > 1) < inSets) continue;
      return { a, b, logOdds: odds[at]! };
    }
    return null;
  };

  const chosen: ChosenPair[] = [];
  while (chosen.length < count) {
    const pair = first(IN_SETS[chosen.length % IN_SETS.length]!) ?? first(0);
    if (!pair) break;
    chosen.push(pair);
    used.add(pair.a).add(pair.b);
    usedSets.add(setsKey(pair.a, pair.b));
  }
  return chosen;
}
