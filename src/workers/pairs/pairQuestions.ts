import { createPrng, type Prng } from '../../base/prng.ts';
import { shuffle } from '../../base/shuffle.ts';
import { chanceOf, choosePairs, type JudgedPair, Likeness } from '../../identity/index.ts';
import type { AlikeQuestion, PhotoId } from '../../protocol/index.ts';
import type { Indexes } from '../../store/index.ts';
import { MOST_ONE_IN, oneIn } from '../../vision/calibration.ts';
import type { CalibrationTable } from '../../vision/types.ts';
import type { LibraryIndex } from '../indexing/libraryIndex.ts';
import { yieldToEventLoop } from '../shared/yieldToEventLoop.ts';
import type { PairState } from './pairLibrary.ts';

/** The space that photos are compared in now. */
export interface ComparedSpace {
  readonly index: Pick<LibraryIndex, 'space' | 'nearest' | 'liveIds'>;
  /** Of its cosines. */
  readonly calibration: CalibrationTable;
}

/** Photos whose pairs are considered at a time: 79,800 pairs. */
const POOL = 400;
/** Photos in sets of several, others at random, and neighbors of each that make the pool. */
const MOST_IN_SETS = 60;
const AT_RANDOM = 40;
const NEIGHBORS = 3;
/** What was said last, which the odds are fitted to. */
const MOST_JUDGED = 200;
const QUESTIONS = 8;

/**
 * Pairs to ask about, those whose answers say most first: see `choosePairs`. In libraries of more than
 * 400 photos they are chosen among those of some photos and their nearest neighbors.
 */
export async function pairQuestions(
  state: PairState,
  { index, calibration }: ComparedSpace,
  vectors: Indexes['vectors'],
  skipped: readonly (readonly [PhotoId, PhotoId])[],
): Promise<readonly AlikeQuestion[]> {
  const { said, names } = state;
  const live = [...index.liveIds()].filter((id) => names.hashOf.has(id));
  if (live.length < 2) return [];
  const { space } = index;
  // The same state gives the same questions, and each answer others.
  const prng = createPrng(said.length * 1_000 + skipped.length);
  const judgedIds = said.slice(0, MOST_JUDGED).flatMap(({ a, b }) => {
    const ids = [names.idOf.get(a), names.idOf.get(b)];
    return ids.every((id) => id !== undefined) ? (ids as PhotoId[]) : [];
  });
  const chosen = await poolOf(live, state, { index, vectors, prng });
  const block = await vectors(space, [...new Set([...chosen, ...judgedIds])]);
  const rowOf = new Map(Array.from(block.ids, (id, row) => [id, row]));
  const logOneIn = (a: number, b: number) =>
    Math.log(oneIn(calibration, innerProduct(block.vectors, space.d, a, b)));

  const judged: JudgedPair[] = [];
  for (const { a, b, kind } of said.slice(0, MOST_JUDGED)) {
    const [one, other] = [rowOf.get(names.idOf.get(a) ?? 0), rowOf.get(names.idOf.get(b) ?? 0)];
    if (one === undefined || other === undefined) continue;
    judged.push({ logOneIn: logOneIn(one, other), alike: kind === 'alike' });
  }
  await yieldToEventLoop();

  const likeness = new Likeness(live.length, judged);
  const pool = chosen.filter((id) => rowOf.has(id));
  const rows = pool.map((id) => rowOf.get(id)!);
  const { sets, setSizes, isApart } = numberSets(pool, state);
  const closed = closedPairs(pool, state, skipped);
  const sure = likeness.logOdds(Math.log(MOST_ONE_IN)) - 1e-6;
  return choosePairs(
    {
      size: pool.length,
      sets,
      setSizes,
      logOdds: (a, b) => {
        const odds = likeness.logOdds(logOneIn(rows[a]!, rows[b]!));
        // Copies of one photo, or nearly so: there is nothing to learn from them.
        return odds >= sure ? Number.POSITIVE_INFINITY : odds;
      },
      isOpen: (a, b) => !closed.has(a * pool.length + b) && !isApart(a, b),
    },
    QUESTIONS,
  ).map(({ a, b, logOdds }) => ({ a: pool[a]!, b: pool[b]!, chance: chanceOf(logOdds) }));
}

interface PoolOptions {
  readonly index: ComparedSpace['index'];
  readonly vectors: Indexes['vectors'];
  readonly prng: Prng;
}

/** Photos to choose pairs of: all of a small library. */
async function poolOf(
  live: PhotoId[],
  { grouped, names }: PairState,
  { index, vectors, prng }: PoolOptions,
): Promise<PhotoId[]> {
  if (live.length <= POOL) return live;
  const isLive = new Set(live);
  const inSets = grouped.groups.flatMap((group) => group.flatMap((h) => names.idOf.get(h) ?? []));
  const known = inSets.filter((id) => isLive.has(id));
  shuffle(known, prng);
  const random = Array.from({ length: AT_RANDOM }, () => live[prng.below(live.length)]!);
  const anchors = new Set([...known.slice(0, MOST_IN_SETS), ...random]);
  const { d } = index.space;
  const block = await vectors(index.space, [...anchors]);
  const pool = new Set(anchors);
  for (const [row, id] of block.ids.entries()) {
    const vector = block.vectors.subarray(row * d, (row + 1) * d);
    for (const hit of index.nearest(vector, NEIGHBORS, id).hits) {
      if (isLive.has(hit.id)) pool.add(hit.id);
    }
    await yieldToEventLoop();
  }
  return [...pool].slice(0, POOL);
}

/** The sets of the photos of a pool as numbers, and which of them are apart. */
function numberSets(pool: readonly PhotoId[], { grouped, names }: PairState) {
  const { sets, groups } = grouped;
  const hashes = pool.map((id) => names.hashOf.get(id)!);
  const sizes = new Map(groups.map((group) => [sets.root(group[0]!), group.length]));
  const numbers = new Map<string, number>();
  const numberOf = (root: string) => {
    const number = numbers.get(root) ?? numbers.size;
    numbers.set(root, number);
    return number;
  };
  const roots = hashes.map((hash) => sets.root(hash));
  return {
    sets: roots.map(numberOf),
    setSizes: roots.map((root) => sizes.get(root) ?? 1),
    isApart: (a: number, b: number) => sets.areApart(roots[a]!, roots[b]!),
  };
}

/** Pairs that were answered or skipped, as `a × size + b` of their places in the pool, `a < b`. */
function closedPairs(
  pool: readonly PhotoId[],
  { said, names }: PairState,
  skipped: readonly (readonly [PhotoId, PhotoId])[],
): ReadonlySet<number> {
  const place = new Map(pool.map((id, i) => [id, i]));
  const closed = new Set<number>();
  const close = (one: PhotoId | undefined, other: PhotoId | undefined) => {
    const [a, b] = [place.get(one ?? 0), place.get(other ?? 0)];
    if (a === undefined || b === undefined) return;
    closed.add(Math.min(a, b) * pool.length + Math.max(a, b));
  };
  for (const { a, b } of said) close(names.idOf.get(a), names.idOf.get(b));
  for (const [a, b] of skipped) close(a, b);
  return closed;
}

function innerProduct(vectors: Float32Array, d: number, a: number, b: number): number {
  let sum = 0;
  for (let j = 0, p = a * d, q = b * d; j < d; j++) sum += vectors[p + j]! * vectors[q + j]!;
  return sum;
}
