import type { Prng } from '../base/prng.ts';

/** One way to hold samples out. */
export interface Round {
  /** Samples to learn from, and (same length) their classes: 0, 1, 2, … */
  readonly learned: Uint32Array;
  readonly classes: Uint32Array;
  /** Held-out samples of groups that are learned from. */
  readonly taught: Uint32Array;
  /** Samples of groups that are held out as a whole. */
  readonly untaught: Uint32Array;
}

/** Rounds, and so the parts that groups and their samples are divided into. */
export const ROUNDS = 4;
/** Fewest samples of a group to learn from it. */
const LEAST_LEARNED = 2;

/**
 * Divides samples into rounds of cross-validation: in each, a quarter of the groups is held out as
 * a whole, and a quarter of the samples of each other group. Every group and every sample is held
 * out once, as far as there are enough.
 *
 * @param groups (n) group of each sample
 */
export function makeRounds(groups: ArrayLike<number>, prng: Prng): readonly Round[] {
  const members = new Map<number, number[]>();
  for (let i = 0; i < groups.length; i++) {
    const list = members.get(groups[i]!);
    if (list) list.push(i);
    else members.set(groups[i]!, [i]);
  }
  const lists = [...members.entries()].sort(([a], [b]) => a - b).map(([, list]) => list);
  shuffle(lists, prng);
  for (const list of lists) shuffle(list, prng);
  return Array.from({ length: ROUNDS }, (_, round) => {
    const learned: number[] = [];
    const classes: number[] = [];
    const taught: number[] = [];
    const untaught: number[] = [];
    let nclasses = 0;
    lists.forEach((list, g) => {
      if (lists.length >= ROUNDS && g % ROUNDS === round) {
        untaught.push(...list);
        return;
      }
      // Never so many that fewer than two are left to learn from.
      const most = list.length - LEAST_LEARNED;
      const held = list.filter((_each, i) => i % ROUNDS === (round + g) % ROUNDS);
      const heldOut = new Set(held.slice(0, Math.max(0, most)));
      const rest = list.filter((each) => !heldOut.has(each));
      taught.push(...heldOut);
      if (rest.length < LEAST_LEARNED) return;
      learned.push(...rest);
      classes.push(...rest.map(() => nclasses));
      nclasses++;
    });
    return {
      learned: Uint32Array.from(learned),
      classes: Uint32Array.from(classes),
      taught: Uint32Array.from(taught),
      untaught: Uint32Array.from(untaught),
    };
  });
}

function shuffle<T>(values: T[], prng: Prng): void {
  for (let i = values.length - 1; i > 0; i--) {
    const j = prng.below(i + 1);
    [values[i], values[j]] = [values[j]!, values[i]!];
  }
}
