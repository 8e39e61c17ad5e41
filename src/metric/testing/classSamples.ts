import { createPrng } from '../../base/prng.ts';
import type { Samples } from '../methods.ts';

export interface ClassSamplesOptions {
  readonly classes: number;
  /** Samples of each class. */
  readonly each: number;
  readonly d: number;
  readonly seed: number;
  /** Standard deviation within a class, where class means have one of 1. Default 0.5. */
  readonly spread?: number;
  /** Standard deviation of components that have nothing to do with the class. Default 0. */
  readonly noise?: number;
}

/**
 * Unit vectors around random class means, class by class. With `noise`, the second half of the
 * components is the same noise for all classes, which a learned projection can leave out.
 */
export function classSamples(options: ClassSamplesOptions): Samples {
  const { classes, each, d, seed, spread = 0.5, noise = 0 } = options;
  const prng = createPrng(seed);
  const means = Array.from({ length: classes }, () =>
    Float64Array.from({ length: d }, (_, j) => (noise > 0 && j >= d / 2 ? 0 : prng.normal())),
  );
  const vectors = new Float32Array(classes * each * d);
  const labels = Array.from({ length: classes * each }, (_, i) => Math.floor(i / each));
  labels.forEach((c, i) => {
    let sum = 0;
    for (let j = 0; j < d; j++) {
      const deviation = noise > 0 && j >= d / 2 ? noise : spread;
      const value = means[c]![j]! + deviation * prng.normal();
      vectors[i * d + j] = value;
      sum += value * value;
    }
    for (let j = 0; j < d; j++) vectors[i * d + j] = vectors[i * d + j]! / Math.sqrt(sum);
  });
  return { d, vectors, classes: labels };
}
