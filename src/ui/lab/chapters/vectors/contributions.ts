/** Components of two vectors, and what they add to their inner product. */
export interface Contributions {
  /** (d) the products of the components: they sum up to the inner product. */
  readonly products: Float32Array;
  readonly similarity: number;
  /** The components with the largest products, the largest first. */
  readonly top: readonly number[];
  /** What those add. */
  readonly topSum: number;
}

export function contributionsOf(a: Float32Array, b: Float32Array, count: number): Contributions {
  const products = a.map((x, i) => x * b[i]!);
  const top = Array.from(products.keys())
    .sort((i, j) => products[j]! - products[i]! || i - j)
    .slice(0, count);
  return {
    products,
    similarity: products.reduce((sum, x) => sum + x, 0),
    top,
    topSum: top.reduce((sum, i) => sum + products[i]!, 0),
  };
}
