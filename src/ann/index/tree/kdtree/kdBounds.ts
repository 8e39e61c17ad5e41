import type { Metric } from '../../vectorIndex.ts';
import type { KdCuts } from './kdBuild.ts';

/**
 * Lower bounds of the keys in a cell of a k-d tree, for one query at a time.
 *
 * With `l2sq` it is the squared distance to the cell, which changes by one component at each cut
 * (Arya and Mount, 1993). With `ip`, any scale `t > 0` of the query gives
 * `q · x = (|t q|² + |x|² − |t q − x|²) / 2 t`, so the distance of `t q` to the cell and the longest
 * vector in it bound the product. For vectors of one length `t q` gets that length, and the bound is
 * that of the distance; otherwise `|q| |x|` is a second bound, better where vectors are short.
 */
export class KdBounds {
  readonly #metric: Metric;
  readonly #cuts: KdCuts;
  /** Of each node: the length of the longest vector below. */
  readonly #longest: Float64Array;
  /** The query `t q`. */
  readonly #point: Float64Array<ArrayBuffer>;
  /** Its distance to the current cell along each component. */
  readonly #outside: Float64Array<ArrayBuffer>;
  #scale = 1;
  #length = 0;

  constructor(metric: Metric, d: number, cuts: KdCuts, longest: Float64Array) {
    this.#metric = metric;
    this.#cuts = cuts;
    this.#longest = longest;
    this.#point = new Float64Array(d);
    this.#outside = new Float64Array(d);
  }

  get bytes(): number {
    return this.#point.byteLength + this.#outside.byteLength;
  }

  /** Sets the query. @param length of it */
  prepare(query: Float32Array, length: number): void {
    const longest = this.#longest[0]!;
    this.#scale = this.#metric === 'ip' && longest > 0 ? longest / length : 1;
    this.#length = length;
    for (let j = 0; j < query.length; j++) this.#point[j] = this.#scale * query[j]!;
  }

  /** The side of a node's cut on which the query lies: 1 is left, 2 is right. */
  nearSide(node: number): 1 | 2 {
    const { components, values } = this.#cuts;
    return this.#point[components[node]!]! < values[node]! ? 1 : 2;
  }

  /** The lower bound of a cell at that squared distance of the point. */
  key(node: number, distanceSq: number): number {
    if (this.#metric === 'l2sq') return distanceSq;
    const longest = this.#longest[node]!;
    const root = this.#longest[0]!;
    const byDistance = (distanceSq - root * root - longest * longest) / (2 * this.#scale);
    return Math.max(byDistance, -this.#length * longest);
  }

  /** The squared distance to the cell beyond a cut of the current cell, at `distanceSq` itself. */
  beyond(node: number, distanceSq: number): number {
    const component = this.#cuts.components[node]!;
    const inside = this.#outside[component]!;
    const outside = this.#point[component]! - this.#cuts.values[node]!;
    return distanceSq - inside * inside + outside * outside;
  }

  /** Makes a node's cell the current one, walking down from the root. Returns its distance. */
  enter(node: number): number {
    return this.#walk(node, false);
  }

  /** Leaves the cell that was entered. */
  leave(node: number): void {
    this.#walk(node, true);
  }

  #walk(node: number, back: boolean): number {
    const { components, values } = this.#cuts;
    let distanceSq = 0;
    // The bits of node + 1 below its highest are the turns from the root.
    for (let bit = 30 - Math.clz32(node + 1); bit >= 0; bit--) {
      const above = ((node + 1) >>> (bit + 1)) - 1;
      const side = ((node + 1) >>> bit) & 1 ? 2 : 1;
      if (this.nearSide(above) === side) continue;
      const component = components[above]!;
      if (back) {
        this.#outside[component] = 0;
        continue;
      }
      const outside = this.#point[component]! - values[above]!;
      distanceSq = this.beyond(above, distanceSq);
      this.#outside[component] = outside;
    }
    return distanceSq;
  }
}
