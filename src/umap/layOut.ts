import { checkInteger } from '../base/checks.ts';
import { AkinError } from '../base/errors.ts';
import { centralSamples } from './centralSamples.ts';
import { densityClusters } from './densityClusters.ts';
import { fuzzyGraph, type Neighbours } from './fuzzyGraph.ts';
import { optimizeLayout } from './optimizeLayout.ts';
import { principalPlane } from './principalPlane.ts';

/** A map of samples. */
export interface Layout {
  /** (n × 2) x and y, in [0, 1] */
  readonly positions: Float32Array<ArrayBuffer>;
  /** (n) cluster of each sample, or `NONE` */
  readonly labels: Uint16Array<ArrayBuffer>;
  /** (clusters) the sample that stands for each; the largest cluster first */
  readonly central: Uint32Array<ArrayBuffer>;
}

export interface LayOutOptions {
  readonly d: number;
  readonly seed: number;
  /** (n × 2) places in [0, 1] to start from, such as those of another layout. */
  readonly start?: Float32Array<ArrayBuffer> | undefined;
  /** Awaited at least every 100 ms or so with the share that is done; may throw to end. */
  readonly pause: (share: number) => Promise<void>;
}

/** Epochs for few samples and for many, or from a good start, and where many begin; as in umap-learn. */
const EPOCHS = 500;
const EPOCHS_MANY = 200;
const MANY = 10_000;
/** Half of the width of the map that a layout starts from. */
const HALF_WIDTH = 10;
/** Empty share of the map along each edge. */
const MARGIN = 0.02;

/**
 * Lays samples out in the plane by UMAP (McInnes, Healy and Melville 2018) from their neighbours, and
 * finds clusters there. The same input gives the same layout.
 *
 * @param vectors (n × d) row-major, for the start only
 * @throws AkinError `invalid-argument` if a neighbour isn't a sample; what `pause` throws
 */
export async function layOut(
  vectors: Float32Array,
  neighbours: Neighbours,
  { d, seed, start, pause }: LayOutOptions,
): Promise<Layout> {
  const n = vectors.length / d;
  checkInteger('neighbours', neighbours.neighbours.length, n * neighbours.k, n * neighbours.k);
  for (const neighbour of neighbours.neighbours) {
    if (neighbour >= n) throw new AkinError('invalid-argument', `neighbour ${neighbour} of ${n}`);
  }
  await pause(0);
  const positions = start
    ? start.map((at) => (2 * at - 1) * HALF_WIDTH)
    : principalPlane(vectors, d, { seed, halfWidth: HALF_WIDTH });
  await pause(0);
  if (n > 2) {
    const graph = fuzzyGraph(neighbours);
    await pause(0);
    const epochs = n > MANY || start ? EPOCHS_MANY : EPOCHS;
    await optimizeLayout(positions, graph, { epochs, seed, pause });
  }
  toUnitSquare(positions);
  const { labels, count } = densityClusters(positions);
  return { positions, labels, central: centralSamples(neighbours, labels, count) };
}

/** Moves and scales points into the unit square, both axes alike, centered. */
function toUnitSquare(positions: Float32Array): void {
  const low = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  const high = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  positions.forEach((value, at) => {
    low[at % 2] = Math.min(low[at % 2]!, value);
    high[at % 2] = Math.max(high[at % 2]!, value);
  });
  const width = Math.max(high[0]! - low[0]!, high[1]! - low[1]!);
  const scale = width > 0 ? (1 - 2 * MARGIN) / width : 0;
  for (let at = 0; at < positions.length; at++) {
    const middle = (low[at % 2]! + high[at % 2]!) / 2;
    positions[at] = 0.5 + (positions[at]! - middle) * scale;
  }
}
