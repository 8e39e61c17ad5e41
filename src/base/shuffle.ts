import type { Prng } from './prng.ts';

interface Items<T> {
  readonly length: number;
  [at: number]: T;
}

/** Puts items in an order of chance, each as likely as any other, in place (Fisher and Yates). */
export function shuffle<T>(items: Items<T>, prng: Prng): void {
  for (let i = items.length - 1; i > 0; i--) {
    const j = prng.below(i + 1);
    [items[i], items[j]] = [items[j]!, items[i]!];
  }
}
