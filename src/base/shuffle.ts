import type { Prng } from './prng.ts';

interface Items<T> {
  readonly length: number;
  [at: number]: T;
}

/** Shuffles items in place, uniformly (Fisher and Yates). */
export function shuffle<T>(items: Items<T>, prng: Prng): void {
  for (let i = items.length - 1; i > 0; i--) {
    const j = prng.below(i + 1);
    [items[i], items[j]] = [items[j]!, items[i]!];
  }
}
