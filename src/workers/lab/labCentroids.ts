import {
  Assigner,
  FlatIndex,
  type IndexSpec,
  type Kernels,
  kmeans,
  recall,
  type TrainControl,
  trainIndex,
} from '../../ann/index.ts';
import { checkInteger } from '../../base/checks.ts';
import { AkinError } from '../../base/errors.ts';
import type { LabCentroids, LabCentroidsRequest, LabCentroidsRow } from '../../protocol/index.ts';
import { yieldToEventLoop } from '../shared/yieldToEventLoop.ts';
import { drawIds, trainControl } from '../training/buildIndex.ts';
import { evenPart } from '../training/readVectors.ts';
import type { BuildOptions } from './labIndexes.ts';
import type { LabVectors } from './labVectors.ts';

const MOST_K = 20;
const MOST_QUERIES = 100;
const LEAST_PHOTOS = 16;
const MOST_PHOTOS = 4_000;
/** Rounds of k-means; more hardly change the recall. */
const ROUNDS = 10;
const SEED = 1;
/** Sub-vectors tried: the powers of two up to this that divide `d`. */
const MOST_PARTS = 128;
/** With 256 centroids each, fewer keep no more in all than those with 16, and take long to train. */
const LEAST_PARTS_OF_256 = 16;

/** Some photos, what is searched for among them, and what should be found. */
interface Trial {
  readonly kernels: Kernels;
  readonly sample: LabVectors;
  readonly ids: Uint32Array<ArrayBuffer>;
  /** (ids × d) */
  readonly rows: Float32Array;
  readonly d: number;
  readonly k: number;
  readonly aim: number;
  /** Rows of the photos searched for. */
  readonly queries: readonly number[];
  readonly truth: readonly Uint32Array[];
  readonly control: (part: number) => TrainControl;
}

/**
 * Replaces photos by centroids, of ever more: by the nearest of whole vectors (k-means), or by the
 * nearest of each sub-vector (PQ).
 *
 * @throws AkinError `invalid-argument`, `aborted`, `out-of-memory`
 */
export async function centroidsNeeded(
  request: LabCentroidsRequest,
  sample: LabVectors,
  kernels: Kernels,
  { signal, onShare }: BuildOptions,
): Promise<LabCentroids> {
  const k = checkInteger('k', request.k ?? 5, 1, MOST_K);
  const asked = checkInteger('queries', request.queries ?? 50, 1, MOST_QUERIES);
  const most = checkInteger('photos', request.photos ?? 1_000, LEAST_PHOTOS, MOST_PHOTOS);
  const aim = request.recall ?? 0.9;
  if (!(aim > 0 && aim <= 1)) {
    throw new AkinError('invalid-argument', `recall must be above 0 and at most 1, not ${aim}`);
  }
  const ids = evenPart(sample.ids, most);
  if (ids.length < LEAST_PHOTOS) {
    throw new AkinError(
      'invalid-argument',
      `${LEAST_PHOTOS} photos are needed to learn centroids; there are ${ids.length}`,
    );
  }
  const rows = rowsOf(sample, ids);
  const { d } = sample;
  const queries = Array.from(drawIds(ids, asked), (id) => ids.indexOf(id));
  const truth = nearestOf(kernels, sample, ids, rows, queries, k);
  const parts = partsOf(d);
  const counts = kmeansCounts(ids.length);
  const bits = ids.length < 256 ? ([4] as const) : ([4, 8] as const);
  const partsFor = (nbits: 4 | 8) =>
    nbits === 4 ? parts : parts.filter((M) => M >= LEAST_PARTS_OF_256);
  const total = counts.length + bits.length * parts.length;
  const control = (part: number) =>
    trainControl(signal, (share) => onShare((part + share) / total));
  const trial = { kernels, sample, ids, rows, d, k, aim, queries, truth, control };
  const all: LabCentroidsRow[] = [];
  let part = 0;
  for (const count of counts) {
    const found = await kmeansRecall(trial, count, part++);
    const nbits = Math.log2(count);
    all.push({ kind: 'kmeans', centroids: count, M: 1, nbits, recall: found });
    if (found >= aim) break;
  }
  for (const [i, nbits] of bits.entries()) {
    part = counts.length + i * parts.length;
    for (const M of partsFor(nbits)) {
      const found = await pqRecall(trial, M, nbits, part++);
      all.push({ kind: 'pq', centroids: M * 2 ** nbits, M, nbits, recall: found });
      if (found >= aim) break;
    }
  }
  return { k, aim, photos: ids.length, queries: queries.length, rows: all };
}

/** Powers of two, at least two photos to a centroid: with one each, nothing is replaced. */
function kmeansCounts(photos: number): number[] {
  const counts: number[] = [];
  for (let count = 4; 2 * count <= photos; count *= 2) counts.push(count);
  return counts;
}

function partsOf(d: number): number[] {
  const parts: number[] = [];
  for (let M = 2; M <= Math.min(d, MOST_PARTS); M *= 2) if (d % M === 0) parts.push(M);
  return parts.length > 0 ? parts : [1];
}

function rowsOf(sample: LabVectors, ids: Uint32Array): Float32Array {
  const { d, vectors } = sample;
  if (ids.length === sample.ids.length) return vectors;
  const rows = new Float32Array(ids.length * d);
  ids.forEach((id, row) => {
    rows.set(vectorAt(vectors, sample.rowOf(id), d), row * d);
  });
  return rows;
}

function nearestOf(
  kernels: Kernels,
  sample: LabVectors,
  ids: Uint32Array,
  rows: Float32Array,
  queries: readonly number[],
  k: number,
): Uint32Array[] {
  const { d } = sample;
  const exact = new FlatIndex(kernels, sample.of().space);
  try {
    ids.forEach((id, row) => {
      exact.add(id, vectorAt(rows, row, d));
    });
    return queries.map(
      (row) => exact.search(vectorAt(rows, row, d), { k, exclude: ids[row]! }).ids,
    );
  } finally {
    exact.dispose();
  }
}

/** Searches with each photo replaced by its nearest centroid. */
async function kmeansRecall(trial: Trial, count: number, part: number): Promise<number> {
  const { kernels, rows, d, ids, k, queries, truth } = trial;
  const control = trial.control(part);
  const options = { d, k: count, iterations: ROUNDS, seed: SEED };
  const { centroids } = await kmeans(kernels, rows, options, control);
  const cells = new Uint32Array(ids.length);
  const assigner = new Assigner(kernels, d, count);
  try {
    await assigner.assign({ vectors: rows, centroids, d, cells, l2sq: null }, control, 'searching');
  } finally {
    assigner.dispose();
  }
  const rowOf = new Map(Array.from(ids, (id, row) => [id, row]));
  const scores = new Float32Array(count);
  let sum = 0;
  for (const [i, query] of queries.entries()) {
    for (let cell = 0; cell < count; cell++) {
      let score = 0;
      for (let c = 0; c < d; c++) score += rows[query * d + c]! * centroids[cell * d + c]!;
      scores[cell] = score;
    }
    const wanted = Array.from(truth[i]!, (id) => cells[rowOf.get(id)!]!);
    sum += recallOfCells(scores, cells, query, wanted, Math.min(k, ids.length - 1));
    if (i % 10 === 9) await yieldToEventLoop();
  }
  return sum / queries.length;
}

/**
 * The share of the wanted photos among the first `k`, if photos of equal score come in random order:
 * all of a cell have the same.
 *
 * @param scores of the cells, higher is better
 * @param cells of all photos
 * @param query the row of the photo searched for, which isn't found itself
 * @param wanted the cells of the wanted photos
 */
export function recallOfCells(
  scores: Float32Array,
  cells: Uint32Array,
  query: number,
  wanted: readonly number[],
  k: number,
): number {
  const sizes = new Uint32Array(scores.length);
  for (const cell of cells) sizes[cell]!++;
  sizes[cells[query]!]!--;
  const order = Array.from(scores.keys()).sort((a, b) => scores[b]! - scores[a]! || a - b);
  let left = k;
  let found = 0;
  for (const cell of order) {
    if (left === 0) break;
    const size = sizes[cell]!;
    if (size === 0) continue;
    const taken = Math.min(left, size);
    found += (wanted.filter((each) => each === cell).length * taken) / size;
    left -= taken;
  }
  return wanted.length === 0 ? 0 : found / wanted.length;
}

/** Searches an index of codes alone. */
async function pqRecall(trial: Trial, M: number, nbits: 4 | 8, part: number): Promise<number> {
  const { kernels, sample, rows, d, ids, k, queries, truth } = trial;
  const control = trial.control(part);
  const spec: IndexSpec = { kind: 'pq', M, nbits, rerank: 'none', seed: SEED };
  const builder = await trainIndex(kernels, sample.of().space, spec, rows, control);
  try {
    builder.add(ids, rows);
    await builder.prepare?.(control);
    const index = builder.seal();
    try {
      let sum = 0;
      for (const [i, row] of queries.entries()) {
        const found = index.search(vectorAt(rows, row, d), { k, exclude: ids[row]! });
        sum += recall(truth[i]!, found.ids);
      }
      return sum / queries.length;
    } finally {
      index.dispose();
    }
  } finally {
    builder.dispose();
  }
}

function vectorAt(rows: Float32Array, row: number, d: number): Float32Array {
  return rows.subarray(row * d, (row + 1) * d);
}
