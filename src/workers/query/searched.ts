import { combine } from '../../query/index.ts';
import type { QuerySpace, TermVector } from './termVectors.ts';

/** Terms as vectors of one index, and what they combine to. */
export interface Compared {
  readonly index: QuerySpace['index'];
  readonly vectors: readonly TermVector[];
  /** The combined vector; `null` if no term has one, or if they cancel out. */
  readonly query: Float32Array<ArrayBuffer> | null;
  /** How vectors of the query's space get there, if it is another one. */
  readonly extend?: (vector: Float32Array) => Float32Array;
}

/** A space with the terms that have a vector there. */
export interface Searched extends Pick<Compared, 'vectors' | 'query'> {
  readonly space: QuerySpace;
  /**
   * Where photos are compared: the space itself, or the one that the user has taught. Parts of photos
   * are found in the space itself, and the best then compared there.
   */
  readonly whole: Compared;
}

export function searchedIn(space: QuerySpace, vectors: readonly TermVector[]): Searched {
  const query = combine(vectors, space.index.space.d);
  const own = { index: space.index, vectors, query };
  return { space, vectors, query, whole: (query && taughtIn(space, vectors)) ?? own };
}

/**
 * The terms in the space that the user has taught; `null` to compare in the space itself. So are
 * words: their vectors are weights of the nets' classifier, of which no label says anything.
 */
function taughtIn({ taught }: QuerySpace, vectors: readonly TermVector[]): Compared | null {
  const hasWords = vectors.some(
    ({ mostChance, weight }) => mostChance !== undefined && weight !== 0,
  );
  if (!taught || hasWords) return null;
  const { index, odds, extend } = taught;
  const extended = vectors.map((each) => ({
    ...each,
    vector: extend(each.vector),
    calibration: odds,
  }));
  const query = combine(extended, index.space.d);
  return query && { index, vectors: extended, query, extend };
}
