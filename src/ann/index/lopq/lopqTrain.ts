import { createPrng } from '../../../base/prng.ts';
import type { Kernels } from '../../kernels/kernels.ts';
import { float32View } from '../../kernels/kernels.ts';
import { ProductQuantizer } from '../../quantizer/codes/productQuantizer.ts';
import { checkpoint, partOf, type TrainControl } from '../../quantizer/control.ts';
import { kmeans } from '../../quantizer/kmeans/kmeans.ts';
import { localRotation } from '../../quantizer/rotation/localRotation.ts';
import { pca } from '../../quantizer/rotation/pca.ts';
import { parametricRotation, rotateRows } from '../../quantizer/rotation/rotation.ts';
import { columns, gatherRows, sampleRows } from '../../quantizer/rows.ts';
import { OwnedBlocks } from '../rows/ownedBlocks.ts';
import { SLICE_ROWS } from '../sealed/sealedBuilder.ts';
import type { SpecOf } from '../spec.ts';
import { LopqProjector } from './lopqEncoder.ts';
import { joinParts, type LopqPartTables } from './lopqModel.ts';
import { LopqPart } from './lopqPart.ts';
import type { LopqModel, LopqShape } from './lopqShape.ts';

/** Rounds of the coarse k-means: cells are few, and every rotation depends on them. */
const COARSE_ITERATIONS = 20;
/** Points per cell and component: more don't improve the covariance. */
const POINTS_PER_COMPONENT = 16;
/** Points per sub-centroid. */
const POINTS_PER_SUB_CENTROID = 256;

/** The result of training. */
export interface LopqTraining {
  readonly model: LopqModel;
  readonly warnings: readonly string[];
}

/**
 * Trains all parts of an LOPQ index (Kalantidis and Avrithis, 2014, section 3): coarse centroids,
 * the mean and rotation of each one's residuals, and sub-quantizers of the rotated residuals.
 *
 * @param sample `n × (parts × d)`
 * @throws `invalid-argument`, `out-of-memory`, `aborted`
 */
export async function trainLopq(
  kernels: Kernels,
  shape: LopqShape,
  { seed }: Pick<SpecOf<'lopq'>, 'seed'>,
  sample: Float32Array,
  control?: TrainControl,
): Promise<LopqTraining> {
  const d = shape.parts * shape.d;
  const rows = sampleRows(sample, d, rowsToTrainOn(shape), createPrng(seed));
  const rotation = shape.parts === 1 ? null : await halving(rows, d, partOf(control, 0, 0.1));
  const rotated = rotation
    ? await rotateRows(kernels, rotation, rows, d, partOf(control, 0.1, 0.02))
    : rows;
  const left = partOf(control, 0.12, 0.88);
  const trained: TrainedPart[] = [];
  for (let part = 0; part < shape.parts; part++) {
    const vectors = shape.parts === 1 ? rotated : columns(rotated, d, part * shape.d, shape.d);
    const ofPart = partOf(left, part / shape.parts, 1 / shape.parts);
    trained.push(await trainPart(kernels, shape, seed, vectors, ofPart));
  }
  return {
    model: joinParts(
      rotation,
      trained.map(({ tables }) => tables),
    ),
    warnings: warningsOf(shape, trained),
  };
}

/**
 * The rotation to principal components, allocated so that both halves have equal products of
 * variances.
 */
async function halving(
  rows: Float32Array,
  d: number,
  control: TrainControl | undefined,
): Promise<Float32Array> {
  return Float32Array.from(parametricRotation(await pca(rows, d, control), 2));
}

function rowsToTrainOn({ d, nlist, books, code }: LopqShape): number {
  return Math.max(nlist * d * POINTS_PER_COMPONENT, books * code.ksub * POINTS_PER_SUB_CENTROID);
}

interface TrainedPart {
  readonly tables: LopqPartTables;
  /** Centroids with too few points for a rotation. */
  readonly identities: number;
  /** Centroids with too few points for a codebook of their own. */
  readonly borrowed: number;
}

async function trainPart(
  kernels: Kernels,
  shape: LopqShape,
  seed: number,
  vectors: Float32Array,
  control: TrainControl | undefined,
): Promise<TrainedPart> {
  const { d, nlist } = shape;
  const { centroids: coarse } = await kmeans(
    kernels,
    vectors,
    { d, k: nlist, iterations: COARSE_ITERATIONS, seed },
    partOf(control, 0, 0.3),
  );
  const still = unrotated(coarse, nlist);
  const residuals = await projectAll(kernels, shape, still, vectors, partOf(control, 0.3, 0.05));
  const mu = new Float32Array(nlist * d);
  const rotations: (Float32Array | null)[] = [];
  for (let cell = 0; cell < nlist; cell++) {
    const own = gatherRows(residuals.y, d, rowsOf(residuals.centroids, cell));
    const share = partOf(control, 0.35 + (0.2 * cell) / nlist, 0.2 / nlist);
    const local = await localRotation(own, { d, M: shape.code.M }, share);
    mu.set(local.mu, cell * d);
    rotations.push(local.warning === undefined ? local.R : null);
  }
  const rotated = { coarse, mu, rotations, books: [] };
  const projected = await projectAll(kernels, shape, rotated, vectors, partOf(control, 0.55, 0.05));
  const books = await trainBooks(kernels, shape, seed, projected, partOf(control, 0.6, 0.4));
  return {
    tables: { ...rotated, books: books.books },
    identities: rotations.filter((rotation) => rotation === null).length,
    borrowed: books.borrowed,
  };
}

function unrotated(coarse: Float32Array, nlist: number): LopqPartTables {
  const rotations = Array.from({ length: nlist }, () => null);
  return { coarse, mu: new Float32Array(coarse.length), rotations, books: [] };
}

interface ProjectedSample {
  /** `n × d`, in sample order. */
  readonly y: Float32Array;
  readonly centroids: Uint32Array;
}

/** Projects the sample with the tables so far, by the same steps used for vectors added later. */
async function projectAll(
  kernels: Kernels,
  shape: LopqShape,
  tables: LopqPartTables,
  vectors: Float32Array,
  control: TrainControl | undefined,
): Promise<ProjectedSample> {
  const { d } = shape;
  const memory = new OwnedBlocks(kernels);
  try {
    const part = new LopqPart(memory, { ...shape, books: 0 }, joinParts(null, [tables]), 0);
    const projector = new LopqProjector(memory, part);
    const slice = memory.alloc(4 * SLICE_ROWS * d);
    const n = vectors.length / d;
    const y = new Float32Array(n * d);
    const centroids = new Uint32Array(n);
    for (let first = 0; first < n; first += SLICE_ROWS) {
      await checkpoint(control, 'rotating', first / n);
      const count = Math.min(SLICE_ROWS, n - first);
      float32View(slice, count * d).set(vectors.subarray(first * d, (first + count) * d));
      const projected = projector.project({ block: slice, offset: 0, stride: d, d, count });
      centroids.set(projected.centroids, first);
      projected.order.forEach((row, i) => {
        y.set(float32View(projected.y, d, i * d), (first + row) * d);
      });
    }
    return { y, centroids };
  } finally {
    memory.dispose();
  }
}

function rowsOf(cells: Uint32Array, cell: number): Uint32Array {
  const rows: number[] = [];
  cells.forEach((other, row) => {
    if (other === cell) rows.push(row);
  });
  return Uint32Array.from(rows);
}

/**
 * Trains the codebooks: one for all rotated residuals, or one per centroid if it has at least as
 * many residuals as code values, otherwise the shared one.
 */
async function trainBooks(
  kernels: Kernels,
  shape: LopqShape,
  seed: number,
  { y, centroids }: ProjectedSample,
  control: TrainControl | undefined,
): Promise<{ books: Float32Array[]; borrowed: number }> {
  const { d, code } = shape;
  const { M, nbits } = code;
  const train = async (vectors: Float32Array, ofBook: TrainControl | undefined) =>
    (await ProductQuantizer.train(kernels, vectors, { d, M, nbits, seed }, ofBook)).pqCentroids;
  const books: Float32Array[] = [];
  let shared: Float32Array | undefined;
  let borrowed = 0;
  for (let book = 0; book < shape.books; book++) {
    const ofBook = partOf(control, book / shape.books, 1 / shape.books);
    const own = shape.books === 1 ? y : gatherRows(y, d, rowsOf(centroids, book));
    if (own.length / d >= code.ksub) {
      books.push(await train(own, ofBook));
    } else {
      shared ??= await train(y, ofBook);
      books.push(shared);
      borrowed++;
    }
  }
  return { books, borrowed };
}

function warningsOf(shape: LopqShape, parts: readonly TrainedPart[]): string[] {
  const total = shape.parts * shape.nlist;
  const count = (key: 'identities' | 'borrowed') => parts.reduce((sum, part) => sum + part[key], 0);
  const warnings: string[] = [];
  if (count('identities') > 0) {
    warnings.push(
      `${count('identities')} of ${total} cells have too few vectors for a rotation of their own`,
    );
  }
  if (count('borrowed') > 0) {
    warnings.push(
      `${count('borrowed')} of ${total} cells have too few vectors for a codebook of their own`,
    );
  }
  return warnings;
}
