import type { LopqModel } from './lopqShape.ts';

/** One part of a model. */
export interface LopqPartTables {
  /** `nlist × d`. */
  readonly coarse: Float32Array;
  /** `nlist × d`. */
  readonly mu: Float32Array;
  /** `d × d` for each centroid, `null` for the identity. */
  readonly rotations: readonly (Float32Array | null)[];
  /** Each `M × ksub × dsub`. */
  readonly books: readonly Float32Array[];
}

/**
 * Joins the parts' tables, as copies.
 *
 * @param rotation of the whole, as in a model
 */
export function joinParts(
  rotation: Float32Array | null,
  parts: readonly LopqPartTables[],
): LopqModel {
  const rotations = parts.flatMap((part) => part.rotations);
  let own = 0;
  return {
    rotation: rotation?.slice() ?? null,
    coarse: concat(parts.map((part) => part.coarse)),
    mu: concat(parts.map((part) => part.mu)),
    rotationOf: Uint32Array.from(rotations, (rotation) => (rotation === null ? 0 : ++own)),
    rotations: concat(rotations.filter((rotation) => rotation !== null)),
    pqCentroids: concat(parts.flatMap((part) => part.books)),
  };
}

function concat(arrays: readonly Float32Array[]): Float32Array<ArrayBuffer> {
  const whole = new Float32Array(arrays.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  for (const array of arrays) {
    whole.set(array, end);
    end += array.length;
  }
  return whole;
}
