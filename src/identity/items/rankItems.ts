import { fitLda, ITEM_METRIC, LearnedMetric } from '../../metric/index.ts';
import type { ItemId } from './itemAssertions.ts';
import { CENTERED_VERDICT, LEARNED_VERDICT, probabilities, type Verdict } from './itemVerdict.ts';

/** The photos of an item, as vectors of unit length. */
export interface ItemVectors {
  readonly item: ItemId;
  readonly vectors: readonly Float32Array[];
}

export interface RankedItem {
  readonly item: ItemId;
  /** Mean of the cosines to its nearest photo and to the mean of its photos, in [-1, 1]. */
  readonly score: number;
  /** Probability that the query shows this very item. All of a ranking add up to 1 at most. */
  readonly probability: number;
  /** Places of its photos in `vectors`, nearest first. */
  readonly evidence: readonly number[];
}

/**
 * Items, and photos beyond the first of their item, that must be known before a metric is learned.
 * With fewer photos, what varies between those of one item is guesswork; with fewer items, there
 * are so few discriminants that anything at all is near one of the items.
 */
const LEAST_ITEMS = 10;
const LEAST_REPEATS = 12;

/** Library photos like each picture of an item, to take their mean. */
export const LIKE_EACH = 3;

/** Means of two kinds of pictures, each (d). */
interface Centers {
  readonly items: Float64Array;
  readonly others: Float64Array;
}

/**
 * Ranks items by their photos. With several photos of enough items, in the space of a metric
 * learned from them (`src/metric`). Otherwise, as for a
 * catalog with one picture of each, in the plain space, but with the mean of the items' pictures subtracted from theirs, and the mean of
 * the library's photos like them from the query: all pictures of a catalog have their lighting and
 * background in common, which says nothing about which item it is.
 */
export class ItemRanker {
  readonly #d: number;
  readonly #metric: LearnedMetric | null;
  readonly #centers: Centers | null;
  /** Of the items' photos, which are compared with every query. */
  readonly #extendedOf = new WeakMap<Float32Array, Float32Array>();

  private constructor(d: number, metric: LearnedMetric | null, centers: Centers | null) {
    this.#d = d;
    this.#metric = metric;
    this.#centers = centers;
  }

  /** Whether a metric can be learned from these items; `fit` then needs no other photos. */
  static canLearn(known: readonly ItemVectors[]): boolean {
    const photos = known.reduce((sum, { vectors }) => sum + vectors.length, 0);
    return known.length >= LEAST_ITEMS && photos - known.length >= LEAST_REPEATS;
  }

  /**
   * @param known items to learn from
   * @param others photos that show none of them, but look like they might
   */
  static fit(
    d: number,
    known: readonly ItemVectors[],
    others: readonly Float32Array[],
  ): ItemRanker {
    const all = known.flatMap(({ vectors }) => vectors);
    if (ItemRanker.canLearn(known)) {
      const flat = new Float32Array(all.length * d);
      all.forEach((vector, i) => {
        flat.set(vector, i * d);
      });
      const classes = known.flatMap(({ vectors }, place) => vectors.map(() => place));
      const lda = fitLda(flat, classes, d, ITEM_METRIC);
      if (lda) return new ItemRanker(d, new LearnedMetric(d, lda, ITEM_METRIC.weight), null);
    }
    if (all.length < 2 || others.length === 0) return new ItemRanker(d, null, null);
    return new ItemRanker(d, null, { items: meanOf(all, d), others: meanOf(others, d) });
  }

  /** The constants that turn scores into probabilities. */
  get verdict(): Verdict {
    return this.#metric ? LEARNED_VERDICT : CENTERED_VERDICT;
  }

  /**
   * The candidates, most likely first; of equal ones, in their order.
   *
   * @param query (d) unit length
   * @param candidates those without a vector are left out
   */
  rank(
    query: Float32Array,
    candidates: readonly ItemVectors[],
    verdict: Verdict = this.verdict,
  ): readonly RankedItem[] {
    const asked = this.#extended(query, this.#ofQuery(query));
    const scored = candidates
      .filter(({ vectors }) => vectors.length > 0)
      .map(({ item, vectors }) => ({ item, ...this.#score(asked, vectors) }))
      .sort((a, b) => b.score - a.score);
    const chances = probabilities(
      scored.map(({ score }) => score),
      verdict,
    );
    return scored.map((each, i) => ({ ...each, probability: chances[i]! }));
  }

  #score(
    asked: Float32Array,
    vectors: readonly Float32Array[],
  ): Pick<RankedItem, 'score' | 'evidence'> {
    const size = asked.length;
    const mean = new Float64Array(size);
    const cosines: number[] = [];
    for (const vector of vectors) {
      const extended = this.#extendedPhoto(vector);
      let cosine = 0;
      for (let i = 0; i < size; i++) {
        cosine += asked[i]! * extended[i]!;
        mean[i] = mean[i]! + extended[i]!;
      }
      cosines.push(cosine);
    }
    let dot = 0;
    let length = 0;
    for (let i = 0; i < size; i++) {
      dot += asked[i]! * mean[i]!;
      length += mean[i]! * mean[i]!;
    }
    const toMean = length > 0 ? dot / Math.sqrt(length) : 0;
    const evidence = cosines.map((_, i) => i).sort((a, b) => cosines[b]! - cosines[a]!);
    return { score: (cosines[evidence[0]!]! + toMean) / 2, evidence };
  }

  #extendedPhoto(vector: Float32Array): Float32Array {
    const known = this.#extendedOf.get(vector);
    if (known) return known;
    const extended = this.#extended(vector, this.#centers?.items);
    this.#extendedOf.set(vector, extended);
    return extended;
  }

  /** A vector in the space of the ranking; `center` is subtracted first. */
  #extended(vector: Float32Array, center: Float64Array | undefined): Float32Array {
    const out = new Float32Array(this.#metric?.size ?? this.#d);
    if (this.#metric) this.#metric.extend(vector, 0, out, 0);
    else {
      let sum = 0;
      for (let i = 0; i < this.#d; i++) {
        const value = vector[i]! - (center?.[i] ?? 0);
        out[i] = value;
        sum += value * value;
      }
      const scale = sum > 0 ? 1 / Math.sqrt(sum) : 0;
      for (let i = 0; i < this.#d; i++) out[i] = out[i]! * scale;
    }
    return out;
  }

  /** The mean to subtract from a query: of the kind of picture that it is more like. */
  #ofQuery(query: Float32Array): Float64Array | undefined {
    if (!this.#centers) return undefined;
    const { items, others } = this.#centers;
    return cosineOf(query, items) > cosineOf(query, others) ? items : others;
  }
}

function meanOf(vectors: readonly Float32Array[], d: number): Float64Array {
  const mean = new Float64Array(d);
  for (const vector of vectors)
    for (let i = 0; i < d; i++) mean[i] = mean[i]! + vector[i]! / vectors.length;
  return mean;
}

function cosineOf(unit: Float32Array, other: Float64Array): number {
  let dot = 0;
  let length = 0;
  for (let i = 0; i < unit.length; i++) {
    dot += unit[i]! * other[i]!;
    length += other[i]! * other[i]!;
  }
  return length > 0 ? dot / Math.sqrt(length) : 0;
}
