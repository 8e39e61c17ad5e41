/** Nearest neighbours of every sample, as input of a layout. */
export interface Neighbours {
  /** Neighbours per sample. */
  readonly k: number;
  /** (n × k) sample numbers, nearest first, without the sample itself */
  readonly neighbours: Uint32Array;
  /** (n × k) squared L2 distances */
  readonly l2sq: Float32Array;
}

/** An undirected graph, each edge in both directions, in compressed rows. */
export interface FuzzyGraph {
  /** (n + 1) where each sample's edges begin */
  readonly starts: Uint32Array;
  /** (edges) ascending within a sample */
  readonly ends: Uint32Array;
  /** (edges) membership strength in (0, 1] */
  readonly weights: Float32Array;
}

const ROUNDS = 64;
const TOLERANCE = 1e-5;
/** Least σ, as a share of the mean distance: keeps copies of a sample from dividing by zero. */
const LEAST_SIGMA = 1e-3;

/**
 * The fuzzy simplicial set of a neighbour graph (McInnes, Healy and Melville 2018, section 3.1 and
 * algorithms 2 and 3): the strength of an edge falls from 1 at the nearest neighbour, at a rate that
 * makes the strengths of each sample sum to log₂ k; both directions are joined by the probabilistic
 * t-conorm a + b − ab.
 */
export function fuzzyGraph(input: Neighbours): FuzzyGraph {
  const { k, neighbours } = input;
  const n = k === 0 ? 0 : neighbours.length / k;
  const strengths = membershipStrengths(input);
  // The edges that arrive at each sample, by the sample they come from, since rows are in order.
  const arriving = new Uint32Array(n + 1);
  for (const end of neighbours) arriving[end + 1]!++;
  for (let i = 0; i < n; i++) arriving[i + 1]! += arriving[i]!;
  const next = arriving.slice(0, n);
  const origins = new Uint32Array(n * k);
  const arrivingStrengths = new Float32Array(n * k);
  for (let edge = 0; edge < n * k; edge++) {
    const at = next[neighbours[edge]!]!++;
    origins[at] = Math.floor(edge / k);
    arrivingStrengths[at] = strengths[edge]!;
  }
  const starts = new Uint32Array(n + 1);
  const ends = new Uint32Array(2 * n * k);
  const weights = new Float32Array(2 * n * k);
  let count = 0;
  const order = new Uint32Array(k);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < k; j++) order[j] = i * k + j;
    order.sort((a, b) => neighbours[a]! - neighbours[b]!);
    let at = arriving[i]!;
    const last = arriving[i + 1]!;
    for (let j = 0; j < k || at < last; ) {
      const leaving = j < k ? neighbours[order[j]!]! : Number.POSITIVE_INFINITY;
      const origin = at < last ? origins[at]! : Number.POSITIVE_INFINITY;
      const a = leaving <= origin ? strengths[order[j++]!]! : 0;
      const b = origin <= leaving ? arrivingStrengths[at++]! : 0;
      const weight = a + b - a * b;
      if (weight <= 0) continue;
      ends[count] = Math.min(leaving, origin);
      weights[count] = weight;
      count++;
    }
    starts[i + 1] = count;
  }
  return { starts, ends: ends.slice(0, count), weights: weights.slice(0, count) };
}

/** (n × k) strength of each edge before both directions are joined */
function membershipStrengths({ k, neighbours, l2sq }: Neighbours): Float32Array {
  const strengths = new Float32Array(neighbours.length);
  const distances = new Float64Array(k);
  const target = Math.log2(k);
  for (let first = 0; first < neighbours.length; first += k) {
    let sum = 0;
    for (let j = 0; j < k; j++) {
      distances[j] = Math.sqrt(Math.max(0, l2sq[first + j]!));
      sum += distances[j]!;
    }
    const nearest = distances.find((distance) => distance > 0) ?? 0;
    const sigma = Math.max(sigmaOf(distances, nearest, target), (LEAST_SIGMA * sum) / k);
    for (let j = 0; j < k; j++) {
      const beyond = distances[j]! - nearest;
      strengths[first + j] = beyond <= 0 || sigma === 0 ? 1 : Math.exp(-beyond / sigma);
    }
  }
  return strengths;
}

/** The σ at which the strengths of a sample's edges sum to `target`, by bisection. */
function sigmaOf(distances: Float64Array, nearest: number, target: number): number {
  let low = 0;
  let high = Number.POSITIVE_INFINITY;
  let sigma = 1;
  for (let round = 0; round < ROUNDS; round++) {
    let sum = 0;
    for (const distance of distances) {
      sum += distance <= nearest ? 1 : Math.exp(-(distance - nearest) / sigma);
    }
    if (Math.abs(sum - target) < TOLERANCE) break;
    if (sum > target) high = sigma;
    else low = sigma;
    sigma = high === Number.POSITIVE_INFINITY ? 2 * sigma : (low + high) / 2;
  }
  return sigma;
}
