import { AkinError } from '../../base/errors.ts';
import type { IndexKind } from '../format/header.ts';
import { type IndexSpec, type ResolvedSpec, resolveSpec } from './spec.ts';

/**
 * Vectors from which an index is trained. Below, an exact scan takes a few imperceptible
 * milliseconds and misses nothing; a trained index would save them at the cost of seconds of
 * training.
 */
export const BREAK_EVEN = 20_000;
/** A trained index is dropped only below this share of `BREAK_EVEN`: hysteresis. */
const GIVE_UP_SHARE = 0.5;
/** Delta size that triggers sealing during additions. */
const SEAL_DELTA = 1_024;
/** A sealed segment is merged into the next unless that is this many times larger. */
const SIZE_RATIO = 4;
/** Share of vectors outside the trained segment that triggers retraining. */
const RETRAIN_SHARE = 0.25;
/** Share of dead rows that triggers rewriting a segment. */
const DEAD_SHARE = 0.2;

/** Growth of the library after which a cancelled or failed training is tried again. */
const TRY_AGAIN_GROWTH = 0.25;

/** The desired index: the policy's choice, or always one kind. */
export type IndexTarget = { readonly kind: 'automatic' } | IndexSpec;

/** A sealed segment as the policy sees it. */
export interface SegmentState {
  readonly spec: ResolvedSpec;
  readonly live: number;
  /** Rows under tombstones. */
  readonly dead: number;
}

/** A segment as the policy judges it. */
export interface JudgedSegment extends SegmentState {
  /** Dead rows of permanently deleted vectors, which must not stay. */
  readonly purged: number;
}

/** Input of the policy. */
export interface IndexState {
  readonly choice: IndexTarget;
  /** Oldest first. */
  readonly segments: readonly JudgedSegment[];
  /** Live vectors of the delta. */
  readonly delta: number;
  /** Tombstones of permanently deleted ids that no segment holds any more; nothing needs them. */
  readonly settled: number;
  readonly d: number;
  /** Nothing was added for a while: seal whatever there is, however little. */
  readonly quiet: boolean;
  /** False after training was given up: additions are sealed all the same. */
  readonly mayTrain: boolean;
}

export type IndexPlan =
  | { readonly action: 'none' }
  /**
   * Write one exact segment from the delta and the segments at these places; none if it would be
   * empty.
   */
  | { readonly action: 'seal'; readonly merge: readonly number[] }
  /** Rewrite the trained segment at this place without permanently deleted rows. */
  | { readonly action: 'compact'; readonly place: number }
  /** Train one index of everything, replacing all segments and the delta. */
  | { readonly action: 'train'; readonly spec: ResolvedSpec };

const EXACT: ResolvedSpec = { kind: 'flat', store: 'float32' };

/** The automatic choice for `n` vectors. */
export function automaticSpec(n: number, d: number): ResolvedSpec {
  return n < BREAK_EVEN ? EXACT : resolveSpec({ kind: 'ivfpq' }, n, d);
}

/** The kinds possible for `n` vectors, each with its default parameters. */
export function defaultSpecs(n: number, d: number): ResolvedSpec[] {
  const kinds: readonly IndexKind[] = [
    'flat',
    'ivf',
    'pq',
    'opq',
    'ivfpq',
    'lopq',
    'hnsw',
    'lsh',
    'itq',
  ];
  return kinds.flatMap((kind) => tryResolve({ kind }, n, d) ?? []);
}

/**
 * Decides the next step for an index, usually none. Small segments merge in tiers, so each vector
 * is rewritten a logarithmic number of times; a trained segment is left alone until enough rows lie
 * outside it or under its tombstones. Permanent deletion is the exception: every segment that holds
 * such a row is rewritten, all at once when additions pause.
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
 * Whether `n` vectors may be trained after a training was cancelled or failed at `givenUpAt`
 * (`null` if none was). Cancelling means the user wants the machine back, not a slow search once
 * the library has grown; and a training that failed for lack of memory or space would fail again at
 * once.
 */
export function mayTrainAgain(givenUpAt: number | null, n: number): boolean {
  return givenUpAt === null || n >= givenUpAt * (1 + TRY_AGAIN_GROWTH);
}

/** The ideal index for everything; exact if there are too few vectors to train on. */
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

/** Whether a seal must include a segment: one without live rows is dropped, whatever its kind. */
function isStale(segment: JudgedSegment): boolean {
  const { spec, live, dead, purged } = segment;
  if (live === 0) return dead > 0;
  return isPlain(spec) && (purged > 0 || isWorn(segment));
}

function liveIn({ segments, delta }: Pick<IndexState, 'segments' | 'delta'>): number {
  return segments.reduce((sum, { live }) => sum + live, delta);
}

/** Whether a segment matches the request; unspecified parameters match anything. */
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

/** The result of `resolveSpec`, or `undefined` if it throws. */
export function tryResolve(spec: IndexSpec, n: number, d: number): ResolvedSpec | undefined {
  try {
    return resolveSpec(spec, n, d);
  } catch (thrown) {
    if (thrown instanceof AkinError && thrown.code === 'invalid-argument') return undefined;
    throw thrown;
  }
}
