import type { Prng } from '../../../../base/prng.ts';
import { createPrng } from '../../../../base/prng.ts';
import type { RowReader } from '../../rerank/rowReader.ts';
import type { Metric } from '../../vectorIndex.ts';
import type { Growing } from '../treeBuilder.ts';
import { STEP_ROWS } from '../treeBuilder.ts';
import { Points } from './points.ts';
import { type Plane, Splitter } from './splitter.ts';

/** Binary trees one after the other, each in preorder: a left child follows its parent. */
export interface ForestNodes {
  /** Two numbers a node: its right child and 0, or, of a leaf, 0 and its number of rows. */
  readonly nodes: Uint32Array<ArrayBuffer>;
  /** For each inner node, in order: its normal (`d`) and its offset. */
  readonly planes: Float32Array<ArrayBuffer>;
  /** The first node of each tree. */
  readonly roots: Uint32Array<ArrayBuffer>;
}

/** Grown trees. */
export interface GrownForest extends ForestNodes {
  /** (trees × n): positions of the vectors, tree by tree, leaf by leaf, ascending in each. */
  readonly leafRows: Uint32Array<ArrayBuffer>;
}

export interface ForestShape {
  readonly metric: Metric;
  readonly trees: number;
  readonly leafSize: number;
  readonly seed: number;
}

/** A split with more than this on one side is tried again, then replaced by halves. */
const MOST_SHARE = 0.95;
const ATTEMPTS = 3;

/** Grows random-projection trees. A forest begins with the trees of any smaller one. */
export function* growForest(vectors: RowReader, shape: ForestShape): Growing<GrownForest> {
  const { count: n } = vectors;
  const { metric, trees, leafSize, seed } = shape;
  const points = yield* Points.of(vectors, metric);
  const grower = new Grower(points, leafSize, createPrng(seed));
  const leafRows = new Uint32Array(trees * n);
  const roots = new Uint32Array(trees);
  for (let tree = 0; tree < trees; tree++) {
    roots[tree] = grower.nodes.length / 2;
    const rows = leafRows.subarray(tree * n, (tree + 1) * n);
    for (let i = 0; i < n; i++) rows[i] = i;
    yield* grower.grow(rows, tree / trees, 1 / trees);
  }
  return { nodes: Uint32Array.from(grower.nodes), planes: grower.planes(), roots, leafRows };
}

/** Rows of a tree that are still to be split. */
interface Range {
  readonly start: number;
  readonly end: number;
  /** The node whose right child this will be, or −1. */
  readonly parent: number;
}

class Grower {
  readonly nodes: number[] = [];
  readonly #planes: Plane[] = [];
  readonly #points: Points;
  readonly #leafSize: number;
  readonly #prng: Prng;
  readonly #splitter: Splitter;
  /** Of each row of a range: its place along the normal. */
  readonly #places: Float64Array<ArrayBuffer>;
  readonly #right: Uint32Array<ArrayBuffer>;

  constructor(points: Points, leafSize: number, prng: Prng) {
    this.#points = points;
    this.#leafSize = leafSize;
    this.#prng = prng;
    this.#splitter = new Splitter(points);
    this.#places = new Float64Array(points.vectors.count);
    this.#right = new Uint32Array(points.vectors.count);
  }

  /** The planes as searches need them: the query's tail is 0. */
  planes(): Float32Array<ArrayBuffer> {
    const { d, unit } = this.#points;
    const planes = new Float32Array(this.#planes.length * (d + 1));
    this.#planes.forEach(({ normal, offset }, i) => {
      planes.set(normal, i * (d + 1));
      planes[i * (d + 1) + d] = offset / unit;
    });
    return planes;
  }

  /** Grows one tree, ordering the rows by leaf. */
  *grow(rows: Uint32Array, from: number, share: number): Growing<void> {
    const open: Range[] = [{ start: 0, end: rows.length, parent: -1 }];
    for (let range = open.pop(); range; range = open.pop()) {
      const { start, end, parent } = range;
      const node = this.nodes.length / 2;
      if (parent >= 0) this.nodes[2 * parent] = node;
      if (end - start <= this.#leafSize) {
        this.nodes.push(0, end - start);
        continue;
      }
      this.nodes.push(0, 0);
      const middle =
        start +
        (yield* this.#split(rows.subarray(start, end), from + (share * start) / rows.length));
      open.push({ start: middle, end, parent: node }, { start, end: middle, parent: -1 });
    }
  }

  /** Splits rows in two, keeping the order on each side. Returns how many are on the left. */
  *#split(rows: Uint32Array, share: number): Growing<number> {
    const { d } = this.#points;
    const plane: Plane = { normal: new Float32Array(d + 1), offset: 0 };
    this.#planes.push(plane);
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      yield { work: this.#splitter.split(rows, this.#prng, plane) + 2 * rows.length * d, share };
      let left = 0;
      for (let i = 0; i < rows.length; i++) {
        const place = this.#points.place(rows[i]!, plane.normal);
        this.#places[i] = place;
        if (place < plane.offset) left++;
        if (i % STEP_ROWS === STEP_ROWS - 1) yield { work: STEP_ROWS * d, share };
      }
      if (Math.max(left, rows.length - left) <= MOST_SHARE * rows.length) {
        return this.#partition(rows, plane.offset, left);
      }
    }
    const half = rows.length >>> 1;
    const middle = this.#places.slice(0, rows.length).sort()[half]!;
    plane.offset = Math.fround(middle);
    return this.#partition(rows, middle, half);
  }

  /** Moves rows below the cut to the left, and equal ones until there are `left`. */
  #partition(rows: Uint32Array, cut: number, left: number): number {
    const places = this.#places;
    let below = 0;
    for (let i = 0; i < rows.length; i++) if (places[i]! < cut) below++;
    let equal = left - below;
    let kept = 0;
    let moved = 0;
    for (let i = 0; i < rows.length; i++) {
      const isLeft = places[i]! < cut || (places[i] === cut && equal-- > 0);
      if (isLeft) rows[kept++] = rows[i]!;
      else this.#right[moved++] = rows[i]!;
    }
    rows.set(this.#right.subarray(0, moved), kept);
    return kept;
  }
}
