import { createPrng } from '../../src/base/prng.ts';
import type { Labeled } from './draws.ts';

const D = 384;
const PER_CLASS = 10;
/** Standard deviation around a class's center, whose components have one of 1. */
const SPREAD = 1.5;

/** Unit vectors around random class centers, ten of each class. */
export function syntheticLabels(n: number): Labeled {
  const prng = createPrng(14);
  const nclasses = Math.max(2, Math.floor(n / PER_CLASS));
  const centers = Float64Array.from({ length: nclasses * D }, () => prng.normal());
  const vectors = new Float32Array(n * D);
  const classes = Array.from({ length: n }, (_, i) => i % nclasses);
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j < D; j++) {
      const value = centers[classes[i]! * D + j]! + SPREAD * prng.normal();
      vectors[i * D + j] = value;
      sum += value * value;
    }
    for (let j = 0; j < D; j++) vectors[i * D + j] = vectors[i * D + j]! / Math.sqrt(sum);
  }
  return { d: D, vectors, classes };
}
