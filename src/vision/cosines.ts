/** Inner product; for unit vectors, their cosine. */
export function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** Cosines of all pairs of unit vectors, each pair once. */
export function pairCosines(vectors: readonly Float32Array[]): number[] {
  const cosines: number[] = [];
  for (const [i, a] of vectors.entries()) {
    for (let j = i + 1; j < vectors.length; j++) cosines.push(dot(a, vectors[j]!));
  }
  return cosines;
}
