import type { SearchOptions, SearchResult } from '../../ann/index.ts';

/** Faces near one, nearest first, without the one itself. */
export interface Neighbours {
  readonly faceKeys: Uint32Array;
  /** L2 distances, rising. */
  readonly l2: Float32Array;
}

/** Where the vectors of faces are, and who is near whom. */
export interface FaceVectors {
  /** Components of a vector. */
  readonly d: number;
  /** A copy of the vector of a face, or `undefined` where there is none. */
  vectorOf(faceKey: number): Float32Array | undefined;
  /** The nearest `limit` faces within `radius` (L2) of a vector, `exclude` left out. */
  neighbours(query: Float32Array, radius: number, limit: number, exclude?: number): Neighbours;
}

/** The faces of an index of the engine, of metric `l2sq`, whose ids are the face keys. */
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
        // A distance found by way of inner products can be a hair below 0.
        l2: scores.subarray(0, count).map((l2sq) => Math.sqrt(Math.max(0, l2sq))),
      };
    },
  };
}

/** The L2 distance of two vectors of one length. */
export function distance(a: Float32Array, b: Float32Array): number {
  let l2sq = 0;
  for (let i = 0; i < a.length; i++) {
    const difference = a[i]! - b[i]!;
    l2sq += difference * difference;
  }
  return Math.sqrt(l2sq);
}
