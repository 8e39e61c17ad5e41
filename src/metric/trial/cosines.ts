import { projectUnit } from '../appended.ts';
import { extendAll } from '../calibration.ts';
import type { Learned } from '../methods.ts';

/** Cosines of one sample with all, as they are and after what was learned, weight by weight. */
export interface CosineRows {
  /** Prepares the rows of a query. */
  begin(query: number, base: Float32Array): void;
  /** Writes the query's row (n) at a weight. */
  row(weight: number, out: Float32Array): void;
}

/** Writes the inner products of row `query` with all rows of (n × d) vectors to `out` (n). */
export function innerProducts(
  vectors: Float32Array,
  d: number,
  query: number,
  out: Float32Array,
): void {
  const q = query * d;
  for (let i = 0, at = 0; i < out.length; i++) {
    let sum = 0;
    for (let j = 0; j < d; j++, at++) sum += vectors[q + j]! * vectors[at]!;
    out[i] = sum;
  }
}

/**
 * Rows of what was learned. Weights of an appended projection share its inner products, which are
 * all but the cheapest part.
 */
export function cosineRows(learned: Learned, vectors: Float32Array, d: number): CosineRows {
  const n = vectors.length / d;
  return learned.appendix
    ? appendedRows(learned.appendix, vectors, d, n)
    : extendedRows(learned, vectors);
}

function appendedRows(
  appendix: NonNullable<Learned['appendix']>,
  vectors: Float32Array,
  d: number,
  n: number,
): CosineRows {
  const { r } = appendix;
  const units = new Float32Array(n * r);
  const sure = new Float32Array(n);
  for (let i = 0; i < n; i++) sure[i] = projectUnit(appendix, vectors, i * d, units, i * r);
  const products = new Float32Array(n);
  let base: Float32Array = products;
  let query = 0;
  return {
    begin(of, row) {
      query = of;
      base = row;
      innerProducts(units, r, query, products);
    },
    row(weight, out) {
      const own = weight * sure[query]!;
      const ownLength = Math.sqrt(1 + own * own);
      for (let i = 0; i < n; i++) {
        const other = weight * sure[i]!;
        const length = ownLength * Math.sqrt(1 + other * other);
        out[i] = (base[i]! + own * other * products[i]!) / length;
      }
    },
  };
}

function extendedRows(learned: Learned, vectors: Float32Array): CosineRows {
  const byWeight = new Map(
    learned.weights.map((weight) => {
      const calibration = learned.at(weight);
      const extended = extendAll(calibration, vectors);
      return [weight, { extended, size: calibration.size }];
    }),
  );
  let query = 0;
  return {
    begin(of) {
      query = of;
    },
    row(weight, out) {
      const { extended, size } = byWeight.get(weight)!;
      innerProducts(extended, size, query, out);
    },
  };
}
