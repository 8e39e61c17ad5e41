import { inPolygon } from './lasso.ts';
import type { Rect } from './view.ts';

/** Points per cell on average. */
const PER_CELL = 4;
/** Cells per side at most. */
const MOST_CELLS = 256;

/** Points of the map, sorted into the cells of a grid to be found by place. */
export class PointGrid {
  readonly #positions: Float32Array;
  readonly #side: number;
  /** (side² + 1) first place in `#members` of each cell. */
  readonly #starts: Uint32Array;
  /** (n) indexes of points, by cell. */
  readonly #members: Uint32Array;

  /** @param positions (n × 2) in [0, 1] */
  constructor(positions: Float32Array) {
    const n = positions.length / 2;
    this.#positions = positions;
    this.#side = Math.max(1, Math.min(MOST_CELLS, Math.ceil(Math.sqrt(n / PER_CELL))));
    this.#starts = new Uint32Array(this.#side ** 2 + 1);
    this.#members = new Uint32Array(n);
    for (let i = 0; i < n; i++) this.#starts[this.#cellOf(i) + 1]! += 1;
    for (let cell = 0; cell < this.#side ** 2; cell++) {
      this.#starts[cell + 1]! += this.#starts[cell]!;
    }
    const next = this.#starts.slice();
    for (let i = 0; i < n; i++) this.#members[next[this.#cellOf(i)]!++] = i;
  }

  #cellOf(i: number): number {
    return (
      this.#column(this.#positions[2 * i + 1]!) * this.#side + this.#column(this.#positions[2 * i]!)
    );
  }

  #column(value: number): number {
    return Math.min(this.#side - 1, Math.max(0, Math.floor(value * this.#side)));
  }

  /** Calls `visit` with the index of each point in a rectangle, borders included. */
  inRect({ x0, y0, x1, y1 }: Rect, visit: (index: number) => void): void {
    const [left, right] = [this.#column(x0), this.#column(x1)];
    const bottom = this.#column(y1);
    for (let row = this.#column(y0); row <= bottom; row++) {
      const end = this.#starts[row * this.#side + right + 1]!;
      for (let at = this.#starts[row * this.#side + left]!; at < end; at++) {
        const i = this.#members[at]!;
        const x = this.#positions[2 * i]!;
        const y = this.#positions[2 * i + 1]!;
        if (x >= x0 && x <= x1 && y >= y0 && y <= y1) visit(i);
      }
    }
  }

  /** Indexes of the points in a polygon of the map, x and y in turn. */
  inLasso(polygon: readonly number[]): number[] {
    const found: number[] = [];
    let [x0, y0, x1, y1] = [1, 1, 0, 0];
    for (let i = 0; i + 1 < polygon.length; i += 2) {
      x0 = Math.min(x0, polygon[i]!);
      x1 = Math.max(x1, polygon[i]!);
      y0 = Math.min(y0, polygon[i + 1]!);
      y1 = Math.max(y1, polygon[i + 1]!);
    }
    if (x0 > x1 || y0 > y1) return found;
    this.inRect({ x0, y0, x1, y1 }, (i) => {
      if (inPolygon(polygon, this.#positions[2 * i]!, this.#positions[2 * i + 1]!)) found.push(i);
    });
    return found;
  }

  /** The point nearest to a place of the map, at most `radius` away; -1 if there is none. */
  nearest(x: number, y: number, radius: number): number {
    let best = -1;
    let least = radius * radius;
    this.inRect({ x0: x - radius, y0: y - radius, x1: x + radius, y1: y + radius }, (i) => {
      const distance = (this.#positions[2 * i]! - x) ** 2 + (this.#positions[2 * i + 1]! - y) ** 2;
      // The first of equals, so that the answer doesn't depend on the grid.
      if (distance > least || (distance === least && best >= 0 && best < i)) return;
      least = distance;
      best = i;
    });
    return best;
  }
}
