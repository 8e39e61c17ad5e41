import { gatherRows } from '../methods.ts';
import { innerProducts } from './cosines.ts';
import type { Round } from './rounds.ts';

/** What a round holds out, ready to be searched. Compared only among itself: samples that were
 * learned from flatter whatever remembers them best. */
export interface HeldOut extends Round {
  /** (m × d) row-major */
  readonly vectors: Float32Array;
  /** (m) */
  readonly groups: Uint32Array;
  /** (m × m) inner products before anything was learned. */
  readonly base: Float32Array;
}

export function heldOut(
  round: Round,
  vectors: Float32Array,
  groups: ArrayLike<number>,
  d: number,
): HeldOut {
  const { held } = round;
  const m = held.length;
  const own = gatherRows(vectors, held, d);
  const base = new Float32Array(m * m);
  for (let q = 0; q < m; q++) innerProducts(own, d, q, base.subarray(q * m, (q + 1) * m));
  return { ...round, vectors: own, groups: Uint32Array.from(held, (i) => groups[i]!), base };
}
