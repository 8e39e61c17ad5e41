import { dot } from './dot.ts';

/** The cosines of all pairs of a list of photos. Time O(n² d), memory O(n²). */
export class Neighborhood {
  readonly #vectors: readonly Float32Array[];
  /** `n × n`, symmetric. */
  readonly cosines: Float32Array;

  /** @param vectors n of `d` values, unit length; may be reconstructed from codes */
  constructor(vectors: readonly Float32Array[]) {
    this.#vectors = vectors;
    const n = vectors.length;
    this.cosines = new Float32Array(n * n);
    for (let i = 0; i < n; i++) {
      const vector = vectors[i]!;
      for (let j = i; j < n; j++) {
        const cosine = dot(vector, vectors[j]!);
        this.cosines[i * n + j] = cosine;
        this.cosines[j * n + i] = cosine;
      }
    }
  }

  get size(): number {
    return this.#vectors.length;
  }

  /**
   * How many photos of the list belong rather with its `i`th than with a query: those that are less
   * similar to the query than that one is, but more similar to that one than the query is.
   *
   * @param cosine of the query and the `i`th photo
   * @param cosines of the query and each photo, n
   */
  nearerThan(i: number, cosine: number, cosines: Float32Array): number {
    const n = this.size;
    let count = 0;
    for (let j = 0; j < n; j++) {
      if (j !== i && cosines[j]! < cosine && this.cosines[i * n + j]! > cosine) count++;
    }
    return count;
  }

  /** The same for a photo that is not in the list. Time O(n d). */
  nearerTo(vector: Float32Array, cosine: number, cosines: Float32Array): number {
    let count = 0;
    for (const [j, other] of this.#vectors.entries()) {
      if (cosines[j]! < cosine && dot(vector, other) > cosine) count++;
    }
    return count;
  }
}
