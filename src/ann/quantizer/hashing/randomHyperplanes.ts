import type { Prng } from '../../../base/prng.ts';

/** Below this length, what is left of a normal is rounding. */
const LEAST_LENGTH = 1e-6;

/**
 * Draws unit normals of random hyperplanes (Charikar, Similarity estimation techniques from rounding
 * algorithms, 2002). Those of one table are orthogonal, in batches of `d` (Ji, Li, Yan, Zhang and
 * Tian, Super-bit locality-sensitive hashing, 2012): each is still uniform over all directions, and
 * together they estimate angles with less variance.
 *
 * @returns `tables × bits × d` float32
 */
export function randomHyperplanes(
  tables: number,
  bits: number,
  d: number,
  prng: Prng,
): Float32Array<ArrayBuffer> {
  const normals = new Float32Array(tables * bits * d);
  for (let table = 0; table < tables; table++) {
    let batch: Float64Array[] = [];
    for (let b = 0; b < bits; b++) {
      if (batch.length === d) batch = [];
      const normal = drawOrthogonal(batch, d, prng);
      batch.push(normal);
      normals.set(normal, (table * bits + b) * d);
    }
  }
  return normals;
}

/** A random unit vector orthogonal to the batch, which spans fewer than `d` dimensions. */
function drawOrthogonal(batch: readonly Float64Array[], d: number, prng: Prng): Float64Array {
  for (;;) {
    const normal = Float64Array.from({ length: d }, () => prng.normal());
    // Twice: the first time leaves rounding errors of what was subtracted.
    for (let pass = 0; pass < 2; pass++) for (const other of batch) subtract(normal, other);
    const length = Math.sqrt(normal.reduce((sum, x) => sum + x * x, 0));
    if (length > LEAST_LENGTH) return normal.map((x) => x / length);
  }
}

/** Subtracts the part of a vector along a unit vector. */
function subtract(vector: Float64Array, unit: Float64Array): void {
  const along = vector.reduce((sum, x, i) => sum + x * unit[i]!, 0);
  for (let i = 0; i < vector.length; i++) vector[i] = vector[i]! - along * unit[i]!;
}
