import type { Prng } from '../../base/prng.ts';
import { shuffle } from '../../base/shuffle.ts';

/** Draws batches with `m` samples of each of their classes. */
export class Batches {
  readonly #members: readonly number[][];
  readonly #prng: Prng;
  readonly #m: number;
  readonly #classes: number;

  /**
   * @param classes (n) class of each sample: 0, 1, 2, …
   * @param size samples of a batch, at most
   * @param m samples of each class, at most
   */
  constructor(classes: ArrayLike<number>, prng: Prng, size: number, m: number) {
    const members: number[][] = [];
    for (let i = 0; i < classes.length; i++) {
      const list = members[classes[i]!] ?? [];
      members[classes[i]!] = list;
      list.push(i);
    }
    this.#members = members.filter((list) => list.length >= 2);
    this.#prng = prng;
    this.#m = m;
    this.#classes = Math.max(2, Math.floor(size / m));
  }

  /** The batches of an epoch, each a list of samples: every class comes once in it. */
  epoch(): readonly (readonly number[])[] {
    const order = this.#members.map((_, c) => c);
    shuffle(order, this.#prng);
    const batches: number[][] = [];
    for (let at = 0; at < order.length; at += this.#classes) {
      // A last batch of one class has no negatives; it takes its place among the others next time.
      const chosen = order.slice(at, at + this.#classes);
      if (chosen.length < 2) break;
      batches.push(chosen.flatMap((c) => this.#draw(this.#members[c]!)));
    }
    return batches;
  }

  #draw(list: number[]): readonly number[] {
    shuffle(list, this.#prng);
    return list.slice(0, this.#m);
  }
}
