import type { Prng } from '../../base/prng.ts';
import { shuffle } from '../../base/shuffle.ts';

/** One way to hold samples out. */
export interface Round {
  /** Samples to learn from, and (same length) their classes: 0, 1, 2, … */
  readonly learned: Uint32Array;
  readonly classes: Uint32Array;
  /** Samples held out: first those of groups that are learned from, then whole groups. */
  readonly held: Uint32Array;
  /** Number of the former. */
  readonly taught: number;
}

/** Rounds, and so the parts that groups and their samples are divided into. */
const ROUNDS = 4;
/** Fewest samples of a group to learn from it; and to hold out, since one has no match. */
const LEAST = 2;
/** The most samples held out, for the time that comparing them all takes. */
const MOST_HELD = 1_500;

/**
 * Divides samples into rounds of cross-validation: in each, a quarter of the groups is held out as
 * a whole, and a quarter of the samples, at least two, of each other group that has at least four.
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
        if (untaught.length < MOST_HELD / 2) untaught.push(...list);
        return;
      }
      const { held, rest } = holdOut(list, round + g);
      if (taught.length < MOST_HELD / 2) taught.push(...held);
      learned.push(...rest);
      for (const _ of rest) classes.push(nclasses);
      nclasses++;
    });
    return {
      learned: Uint32Array.from(learned),
      classes: Uint32Array.from(classes),
      held: Uint32Array.from([...taught, ...untaught]),
      taught: taught.length,
    };
  });
}

function holdOut(list: readonly number[], turn: number): { held: number[]; rest: number[] } {
  if (list.length < 2 * LEAST) return { held: [], rest: [...list] };
  const count = Math.max(LEAST, Math.floor(list.length / ROUNDS));
  const from = (turn % ROUNDS) * Math.floor(list.length / ROUNDS);
  const turned = [...list.slice(from), ...list.slice(0, from)];
  return { held: turned.slice(0, count), rest: turned.slice(count) };
}
