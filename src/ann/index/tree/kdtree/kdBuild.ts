import type { RowReader } from '../../rerank/rowReader.ts';
import type { Growing } from '../treeBuilder.ts';
import { STEP_ROWS } from '../treeBuilder.ts';

/** A perfect binary tree in heap order: inner node `v` has the children `2 v + 1` and `2 v + 2`. */
export interface KdCuts {
  /** For each inner node, the component it cuts along. */
  readonly components: Uint32Array<ArrayBuffer>;
  /**
   * For each inner node, where it cuts: left rows are at most this in the component, right rows at
   * least. Rows equal to it may be on either side.
   */
  readonly values: Float32Array<ArrayBuffer>;
}

/** A grown tree. */
export interface GrownKdTree extends KdCuts {
  /** Positions of the vectors, leaf by leaf, ascending in each. */
  readonly order: Uint32Array<ArrayBuffer>;
  /** Leaf `l` holds places `leafStarts[l]` to `leafStarts[l + 1] − 1` of `order`. */
  readonly leafStarts: Uint32Array<ArrayBuffer>;
}

/** Leaves of a tree of `n` vectors: the fewest, a power of two, of at most `leafSize` each. */
export function leavesOf(n: number, leafSize: number): number {
  let leaves = 1;
  while (leaves * leafSize < n) leaves *= 2;
  return leaves;
}

/**
 * Cuts vectors at the median of the component with the largest variance, again and again. Halves
 * differ by one vector at most, so all leaves lie equally deep, whatever the vectors.
 */
export function* growKdTree(vectors: RowReader, leafSize: number): Growing<GrownKdTree> {
  const { count: n, d } = vectors;
  const leaves = leavesOf(n, leafSize);
  const components = new Uint32Array(leaves - 1);
  const values = new Float32Array(leaves - 1);
  const order = Uint32Array.from({ length: n }, (_, i) => i);
  const keys = new Float32Array(n);
  const spread = new Spread(d);
  const levels = Math.log2(leaves);
  let starts = Uint32Array.of(0, n);
  for (let level = 0; level < levels; level++) {
    const next = new Uint32Array(2 ** (level + 1) + 1);
    for (let at = 0; at < 2 ** level; at++) {
      const start = starts[at]!;
      const end = starts[at + 1]!;
      const middle = start + Math.floor((end - start) / 2);
      const node = 2 ** level - 1 + at;
      const share = (level + start / n) / levels;
      const component = yield* spread.widest(vectors, order.subarray(start, end), share);
      for (let i = start; i < end; i++) {
        vectors.seek(order[i]!);
        keys[i] = vectors.array[vectors.at + component]!;
        if (i % STEP_ROWS === STEP_ROWS - 1) yield { work: STEP_ROWS * d, share };
      }
      if (end > start) select(keys, order, start, end, middle);
      components[node] = component;
      values[node] = end > start ? keys[middle]! : 0;
      next[2 * at] = start;
      next[2 * at + 1] = middle;
    }
    next[2 ** (level + 1)] = n;
    starts = next;
  }
  for (let leaf = 0; leaf < leaves; leaf++) order.subarray(starts[leaf], starts[leaf + 1]).sort();
  return { components, values, order, leafStarts: starts };
}

/** Finds the component of largest variance. */
class Spread {
  readonly #first: Float64Array;
  readonly #sums: Float64Array;
  readonly #squares: Float64Array;

  constructor(d: number) {
    this.#first = new Float64Array(d);
    this.#sums = new Float64Array(d);
    this.#squares = new Float64Array(d);
  }

  /** Ties to the lowest component. */
  *widest(vectors: RowReader, positions: Uint32Array, share: number): Growing<number> {
    const n = positions.length;
    const sums = this.#sums.fill(0);
    const squares = this.#squares.fill(0);
    for (let i = 0; i < n; i++) {
      vectors.seek(positions[i]!);
      const { array, at } = vectors;
      // Relative to the first, or large equal components would hide small differences.
      if (i === 0) this.#first.set(array.subarray(at, at + sums.length));
      for (let j = 0; j < sums.length; j++) {
        const x = array[at + j]! - this.#first[j]!;
        sums[j]! += x;
        squares[j]! += x * x;
      }
      if (i % STEP_ROWS === STEP_ROWS - 1) yield { work: 2 * STEP_ROWS * sums.length, share };
    }
    yield { work: 2 * (n % STEP_ROWS) * sums.length, share };
    let widest = 0;
    let most = 0;
    for (let j = 0; j < sums.length; j++) {
      const variance = squares[j]! - (sums[j]! * sums[j]!) / n;
      if (variance > most) {
        widest = j;
        most = variance;
      }
    }
    return widest;
  }
}

/**
 * Moves the lowest of a range before `middle` (quickselect), sorting by key and then by position, so
 * the halves don't depend on the order before.
 */
function select(
  keys: Float32Array,
  order: Uint32Array,
  start: number,
  end: number,
  middle: number,
): void {
  let low = start;
  let high = end - 1;
  while (low < high) {
    const pivot = low + Math.floor((high - low) / 2);
    const key = keys[pivot]!;
    const position = order[pivot]!;
    let left = low - 1;
    let right = high + 1;
    for (;;) {
      do left++;
      while (isBelow(keys[left]!, order[left]!, key, position));
      do right--;
      while (isBelow(key, position, keys[right]!, order[right]!));
      if (left >= right) break;
      swap(keys, left, right);
      swap(order, left, right);
    }
    if (middle <= right) high = right;
    else low = right + 1;
  }
}

function isBelow(keyA: number, positionA: number, keyB: number, positionB: number): boolean {
  return keyA < keyB || (keyA === keyB && positionA < positionB);
}

function swap(array: Float32Array | Uint32Array, a: number, b: number): void {
  const kept = array[a]!;
  array[a] = array[b]!;
  array[b] = kept;
}
