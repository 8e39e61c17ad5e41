/** Groups of points of a map. */
export interface Clusters {
  /** (n) cluster of each point, or `NONE` */
  readonly labels: Uint16Array<ArrayBuffer>;
  /** Number of clusters; they are numbered from the largest. */
  readonly count: number;
}

/** Label of a point outside of all clusters. */
export const NONE = 0xffff;

/** Cells per side of the density grid. */
const SIDE = 192;
/**
 * Bandwidth of the kernel, as a share of the side, is this × n^(−1/4): falls faster than Scott's rule
 * for one smooth density, n^(−1/6), because more photos show more kinds of things.
 */
const BANDWIDTH = 0.09;
/** Kernel widths summed up. */
const REACH = 3;
/** A peak that rises above its pass to a higher one by less than this share belongs to that one. */
const PROMINENCE = 0.3;
/** Points where the density is below this share of the median point's belong to no cluster. */
const LEAST_DENSITY = 0.1;
const LEAST_POINTS = 5;
const LEAST_SHARE = 1 / 1_000;

/**
 * Finds dense areas: the basins of the peaks of a kernel density estimate, less prominent peaks
 * merged into their neighbours (Chazal, Guibas, Oudot and Skraba 2013, on a grid).
 *
 * @param positions (n × 2) in [0, 1]
 */
export function densityClusters(positions: Float32Array): Clusters {
  const n = positions.length / 2;
  const cellOf = new Uint32Array(n);
  for (let i = 0; i < n; i++) {
    cellOf[i] = cellAt(positions[2 * i + 1]!) * SIDE + cellAt(positions[2 * i]!);
  }
  const density = blurred(cellOf, BANDWIDTH * Math.max(1, n) ** (-1 / 4));
  const atPoints = Float64Array.from(cellOf, (cell) => density[cell]!).sort();
  const least = LEAST_DENSITY * (atPoints[n >> 1] ?? 0);
  const basins = basinsOf(density, least);
  const sizes = new Map<number, number>();
  for (const cell of cellOf) {
    const basin = basins[cell]!;
    if (basin >= 0) sizes.set(basin, (sizes.get(basin) ?? 0) + 1);
  }
  const fewest = Math.max(LEAST_POINTS, n * LEAST_SHARE);
  const kept = [...sizes]
    .filter(([, size]) => size >= fewest)
    .sort(([a, sizeA], [b, sizeB]) => sizeB - sizeA || a - b)
    .slice(0, NONE);
  const numbers = new Map(kept.map(([basin], number) => [basin, number]));
  const labels = Uint16Array.from(cellOf, (cell) => numbers.get(basins[cell]!) ?? NONE);
  return { labels, count: kept.length };
}

function cellAt(coordinate: number): number {
  return Math.max(0, Math.min(SIDE - 1, Math.floor(coordinate * SIDE)));
}

/** Counts points by cell and blurs by a Gaussian, one axis after the other. */
function blurred(cellOf: Uint32Array, bandwidth: number): Float64Array {
  const counts = new Float64Array(SIDE * SIDE);
  for (const cell of cellOf) counts[cell]!++;
  const sigma = bandwidth * SIDE;
  const reach = Math.ceil(REACH * sigma);
  const kernel = Float64Array.from({ length: reach + 1 }, (_, at) =>
    Math.exp((-at * at) / (2 * sigma * sigma)),
  );
  return blurredAlong(blurredAlong(counts, kernel, 1, SIDE), kernel, SIDE, 1);
}

function blurredAlong(
  values: Float64Array,
  kernel: Float64Array,
  step: number,
  line: number,
): Float64Array {
  const reach = kernel.length - 1;
  const blurred = new Float64Array(values.length);
  for (let first = 0; first < SIDE; first++) {
    for (let at = 0; at < SIDE; at++) {
      const value = values[first * line + at * step]!;
      if (value === 0) continue;
      const last = Math.min(SIDE - 1, at + reach);
      for (let to = Math.max(0, at - reach); to <= last; to++) {
        blurred[first * line + to * step]! += value * kernel[Math.abs(to - at)]!;
      }
    }
  }
  return blurred;
}

/** (cells) the peak, as a cell, that each cell belongs to; −1 below the least density */
function basinsOf(density: Float64Array, least: number): Int32Array {
  const parents = new Int32Array(density.length).fill(-1);
  const rootOf = (cell: number): number => {
    let root = cell;
    while (parents[root] !== root) root = parents[root]!;
    for (let at = cell; at !== root; ) {
      const next = parents[at]!;
      parents[at] = root;
      at = next;
    }
    return root;
  };
  const order: number[] = [];
  density.forEach((value, cell) => {
    if (value > 0 && value >= least) order.push(cell);
  });
  // From the top down, so that a root is always the highest cell of its basin.
  order.sort((a, b) => density[b]! - density[a]! || a - b);
  for (const cell of order) {
    let highest = -1;
    const touched: number[] = [];
    for (const neighbour of around(cell)) {
      if (parents[neighbour] === -1) continue;
      const root = rootOf(neighbour);
      touched.push(root);
      if (highest === -1 || isHigher(density, root, highest)) highest = root;
    }
    parents[cell] = highest === -1 ? cell : highest;
    for (const root of touched) {
      const peak = density[root]!;
      if (root !== highest && peak - density[cell]! < PROMINENCE * peak) parents[root] = highest;
    }
  }
  return Int32Array.from(parents, (parent, cell) => (parent === -1 ? -1 : rootOf(cell)));
}

function isHigher(density: Float64Array, a: number, b: number): boolean {
  return density[a]! > density[b]! || (density[a] === density[b] && a < b);
}

function* around(cell: number): Generator<number> {
  const x = cell % SIDE;
  const y = Math.floor(cell / SIDE);
  for (let dy = -1; dy <= 1; dy++) {
    for (let dx = -1; dx <= 1; dx++) {
      const isInside = x + dx >= 0 && x + dx < SIDE && y + dy >= 0 && y + dy < SIDE;
      if ((dx !== 0 || dy !== 0) && isInside) yield cell + dy * SIDE + dx;
    }
  }
}
