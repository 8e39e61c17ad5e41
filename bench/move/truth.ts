import type { PhotoId } from '../../src/protocol/index.ts';
import { oneIn } from '../../src/vision/calibration.ts';
import type { CalibrationTable } from '../../src/vision/types.ts';

/** Results compared. */
export const K = 10;
/** Smaller differences in odds are ties, where any order is right. */
const TIE = 1e-4;

export interface TruthSpace {
  readonly calibration: CalibrationTable;
  /** Unit length; `undefined` for a photo without one (yet). */
  readonly vectorOf: (id: PhotoId) => Float32Array | undefined;
}

/** A library that moves from one space to another. */
export interface TruthLibrary {
  readonly ids: readonly PhotoId[];
  readonly from: TruthSpace;
  readonly to: TruthSpace;
}

export interface Answered {
  readonly query: PhotoId;
  readonly hits: readonly PhotoId[];
}

/**
 * Recall of a search: the truth is the exact top ten of both spaces, merged by their odds, each
 * photo compared in the newest space that both it and the query are in.
 *
 * @param moved the photos that had moved
 */
export function recallOf(
  library: TruthLibrary,
  { query, hits }: Answered,
  moved: ReadonlySet<PhotoId>,
): number {
  const chances = new Map<PhotoId, number>();
  for (const id of library.ids) {
    if (id === query) continue;
    const { calibration, vectorOf } = moved.has(query) && moved.has(id) ? library.to : library.from;
    const [a, b] = [vectorOf(query), vectorOf(id)];
    if (a && b) chances.set(id, 1 / oneIn(calibration, dot(a, b)));
  }
  const k = Math.min(K, chances.size);
  if (k === 0) return 1;
  const worst = [...chances.values()].sort((a, b) => a - b)[k - 1]!;
  const right = [...new Set(hits)].filter((id) => (chances.get(id) ?? 2) <= worst * (1 + TIE));
  return Math.min(k, right.length) / k;
}

/**
 * The same for searches during a move: uses the state of the move, between shortly before the
 * search and its end, that agrees best with the results.
 *
 * @param before photos that had certainly moved
 * @param meanwhile photos that moved around the time of the search, in order
 */
export function recallAmong(
  library: TruthLibrary,
  answered: Answered,
  before: ReadonlySet<PhotoId>,
  meanwhile: readonly (readonly PhotoId[])[],
): number {
  const moved = new Set(before);
  let best = recallOf(library, answered, moved);
  for (const ids of meanwhile) {
    if (best === 1) return best;
    for (const id of ids) moved.add(id);
    best = Math.max(best, recallOf(library, answered, moved));
  }
  return best;
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
