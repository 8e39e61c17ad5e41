import type { SearchOptions, SearchResult } from '../../ann/index.ts';

/** Neighbors of a face, nearest first, excluding the face itself. */
export interface Neighbours {
  readonly faceKeys: Uint32Array;
  /** L2 distances, ascending. */
  readonly l2: Float32Array;
}

/** Vectors of faces, and nearest-neighbor queries. */
export interface FaceVectors {
  /** Dimensions of a vector. */
  readonly d: number;
  /** A copy of a face's vector, or `undefined` if there is none. */
  vectorOf(faceKey: number): Float32Array | undefined;
  /** The nearest `limit` faces within `radius` (L2) of a vector, except `exclude`. */
  neighbours(query: Float32Array, radius: number, limit: number, exclude?: number): Neighbours;
}

/** Adapts an index of metric `l2sq` whose ids are face keys. */
export function engineVectors(index: {
  readonly d: number;
  vectorOf(faceKey: number): Float32Array | undefined;
  search(query: Float32Array, options: SearchOptions): SearchResult;
}): FaceVectors {
  return {
    d: index.d,
    vectorOf: (faceKey) => index.vectorOf(faceKey),
    neighbours(query, radius, limit, exclude) {
      const { ids, scores } = index.search(query, {
        k: limit,
        ...(exclude !== undefined && { exclude }),
      });
      const beyond = scores.findIndex((l2sq) => !(l2sq <= radius * radius));
      const count = beyond < 0 ? ids.length : beyond;
      return {
        faceKeys: ids.subarray(0, count),
        // A distance computed from inner products can be slightly below 0.
        l2: scores.subarray(0, count).map((l2sq) => Math.sqrt(Math.max(0, l2sq))),
      };
    },
  };
}

/** The L2 distance of two vectors of equal length. */
export function distance(a: Float32Array, b: Float32Array): number {
  let l2sq = 0;
  for (let i = 0; i < a.length; i++) {
    const difference = a[i]! - b[i]!;
    l2sq += difference * difference;
  }
  return Math.sqrt(l2sq);
}
