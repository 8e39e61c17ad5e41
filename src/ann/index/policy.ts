import { AkinError } from '../../base/errors.ts';
import type { IndexKind } from '../format/header.ts';
import { type IndexSpec, type ResolvedSpec, resolveSpec } from './spec.ts';

/**
 * Vectors from which an index is trained. Below, an exact scan takes a few milliseconds at most,
 * which nobody feels, and misses nothing; a trained index would save them at the cost of seconds of
 * training.
 */
export const BREAK_EVEN = 20_000;
/** A trained index goes only when so small a part of that is left: no to and fro at the border. */
const GIVE_UP_SHARE = 0.5;
/** What a delta comes to before it is sealed while more is added. */
const SEAL_DELTA = 1_024;
/** A sealed segment is merged into the next where it is not this many times larger. */
const SIZE_RATIO = 4;
/** The share of all vectors beside the trained segment at which all is trained anew. */
const RETRAIN_SHARE = 0.25;
/** The share of a segment's rows under a tombstone at which it is written anew. */
const DEAD_SHARE = 0.2;

/** The share by which a library has grown before a training that was given up is begun again. */
const TRY_AGAIN_GROWTH = 0.25;

/** What is to be had: what the policy finds best, or always one kind. */
export type IndexTarget = { readonly kind: 'automatic' } | IndexSpec;

/** What the policy knows of a sealed segment. */
export interface SegmentState {
  readonly spec: ResolvedSpec;
  readonly live: number;
  /** Rows under a tombstone. */
  readonly dead: number;
}

/** A segment as the policy judges it. */
export interface JudgedSegment extends SegmentState {
  /** Of the dead rows, those of what was deleted for good: their vectors must not stay. */
  readonly purged: number;
}

/** What the policy decides on. */
export interface IndexState {
  readonly choice: IndexTarget;
  /** Oldest first. */
  readonly segments: readonly JudgedSegment[];
  /** Live vectors of the delta. */
  readonly delta: number;
  /** Tombstones of what was deleted for good and no segment holds: nothing needs them any more. */
  readonly settled: number;
  readonly d: number;
  /** Nothing has been added for a while: what there is may be sealed, however little. */
  readonly quiet: boolean;
  /** False where training was given up: then what is added is sealed all the same. */
  readonly mayTrain: boolean;
}

export type IndexPlan =
  | { readonly action: 'none' }
  /** Write one exact segment of the delta and the segments at these places, or none if that is nothing. */
  | { readonly action: 'seal'; readonly merge: readonly number[] }
  /** Write the trained segment at this place anew without what was deleted for good. */
  | { readonly action: 'compact'; readonly place: number }
  /** Train one index of everything; it takes the place of all segments and the delta. */
  | { readonly action: 'train'; readonly spec: ResolvedSpec };

const EXACT: ResolvedSpec = { kind: 'flat', store: 'float32' };

/** What `automatic` is for `n` vectors. */
export function automaticSpec(n: number, d: number): ResolvedSpec {
  return n < BREAK_EVEN ? EXACT : resolveSpec({ kind: 'ivfpq' }, n, d);
}

/** The kinds that `n` vectors are enough for, each with the parameters it takes by itself. */
export function defaultSpecs(n: number, d: number): ResolvedSpec[] {
  const kinds: readonly IndexKind[] = ['flat', 'ivf', 'pq', 'opq', 'ivfpq', 'lopq'];
  return kinds.flatMap((kind) => tryResolve({ kind }, n, d) ?? []);
}

/**
 * What is to be done about an index next. Nothing, mostly: small segments merge in tiers, so that a
 * vector is written anew a logarithmic number of times; a trained segment is left alone until what
 * lies beside it, or under its tombstones, weighs. What was deleted for good is the exception: every
 * segment that holds a row of it is written anew, all of them at once when things have quieted down.
 */
export function planIndex(state: IndexState): IndexPlan {
  const n = liveIn(state);
  const target = targetSpec(state);
  if (n > 0 && state.mayTrain && needsTraining(state, target, n)) {
    return { action: 'train', spec: target };
  }
  const seal = planSeal(state);
  if (seal.action !== 'none' || !state.quiet) return seal;
  const place = state.segments.findIndex(({ purged }) => purged > 0);
  return place < 0 ? seal : { action: 'compact', place };
}

/**
 * Whether `n` vectors may be trained after a training was cancelled, or failed, at `givenUpAt` (`null` where
 * none was). A person who cancels wants the machine back, not a slow search of a library that has grown
 * since; and what failed for want of memory or room would fail again at once.
 */
export function mayTrainAgain(givenUpAt: number | null, n: number): boolean {
  return givenUpAt === null || n >= givenUpAt * (1 + TRY_AGAIN_GROWTH);
}

/** What the whole of the index ought to be. What can't be trained on so few is exact. */
export function targetSpec(
  state: Pick<IndexState, 'choice' | 'segments' | 'delta' | 'd'>,
): ResolvedSpec {
  const { choice, segments, d } = state;
  const n = liveIn(state);
  if (choice.kind !== 'automatic') return tryResolve(choice, n, d) ?? EXACT;
  const trained = segments.some(({ spec }) => spec.kind === 'ivfpq');
  const stays = trained && n >= BREAK_EVEN * GIVE_UP_SHARE;
  return stays ? (tryResolve({ kind: 'ivfpq' }, n, d) ?? EXACT) : automaticSpec(n, d);
}

function needsTraining({ choice, segments, delta }: IndexState, target: ResolvedSpec, n: number) {
  if (isPlain(target)) return segments.some(({ spec }) => !isPlain(spec));
  const asked = choice.kind === 'automatic' ? { kind: target.kind } : choice;
  const others = segments.filter(({ spec }) => !matches(spec, asked));
  if (others.length === segments.length) return true;
  if (others.some(({ spec }) => !isPlain(spec))) return true;
  const beside = others.reduce((sum, { live }) => sum + live, delta);
  const worn = segments.some((each) => !others.includes(each) && isWorn(each));
  return worn || beside > RETRAIN_SHARE * n;
}

function planSeal({ segments, delta, quiet, settled }: IndexState): IndexPlan {
  const merge = new Set<number>();
  let size = delta;
  for (let at = segments.length - 1; at >= 0; at--) {
    const { spec, live } = segments[at]!;
    if (!isPlain(spec) || live > SIZE_RATIO * size) continue;
    merge.add(at);
    size += live;
  }
  const stale = segments.flatMap((each, at) => (isStale(each) ? [at] : []));
  const places = (some: Iterable<number>) => [...some].sort((a, b) => a - b);
  const due = delta >= SEAL_DELTA || (quiet && delta > 0);
  if (due) return { action: 'seal', merge: places(new Set([...merge, ...stale])) };
  const asked = quiet && (stale.length > 0 || settled > 0);
  return asked ? { action: 'seal', merge: stale } : { action: 'none' };
}

/** Whether a seal has to see to a segment: what holds nothing live goes, whatever its kind. */
function isStale(segment: JudgedSegment): boolean {
  const { spec, live, dead, purged } = segment;
  if (live === 0) return dead > 0;
  return isPlain(spec) && (purged > 0 || isWorn(segment));
}

function liveIn({ segments, delta }: Pick<IndexState, 'segments' | 'delta'>): number {
  return segments.reduce((sum, { live }) => sum + live, delta);
}

/** Whether a segment is what was asked for; what was not asked about may be anything. */
function matches(spec: ResolvedSpec, asked: IndexSpec): boolean {
  const has = spec as unknown as Readonly<Record<string, unknown>>;
  return Object.entries(asked).every(([key, value]) => value === undefined || has[key] === value);
}

function isPlain(spec: ResolvedSpec): boolean {
  return spec.kind === 'flat' && spec.store === 'float32';
}

function isWorn({ live, dead }: SegmentState): boolean {
  return dead > DEAD_SHARE * (live + dead);
}

/** What `resolveSpec` gives, or `undefined` where it refuses. */
export function tryResolve(spec: IndexSpec, n: number, d: number): ResolvedSpec | undefined {
  try {
    return resolveSpec(spec, n, d);
  } catch (thrown) {
    if (thrown instanceof AkinError && thrown.code === 'invalid-argument') return undefined;
    throw thrown;
  }
}
