import { type Pca, pca, type VectorSpace } from '../../ann/index.ts';
import { checkInteger } from '../../base/checks.ts';
import { AkinError } from '../../base/errors.ts';
import type { LabSample, PhotoId } from '../../protocol/index.ts';
import type { Indexes, Photos } from '../../store/index.ts';
import { dimensionsOf } from '../shared/dimensionsOf.ts';
import { yieldToEventLoop } from '../shared/yieldToEventLoop.ts';
import { evenPart, type PhotoVectors, readVectors } from '../training/readVectors.ts';

/**
 * Photos in the Lab at most: enough for every method to show its character, few enough to build any
 * of their indexes within seconds.
 */
export const MOST_IN_LAB = 10_000;
/** Photos that the principal components are computed from at most. */
const MOST_FOR_AXES = 4_000;

export interface LabStore {
  readonly indexes: Pick<Indexes, 'allVectors'>;
  readonly photos: Pick<Photos, 'gallery'>;
}

/** The sample's vectors, whole or as their first principal components. */
export class LabVectors {
  readonly spaceId: string;
  readonly d: number;
  readonly ids: Uint32Array<ArrayBuffer>;
  /** (n × d) */
  readonly vectors: Float32Array<ArrayBuffer>;
  readonly #total: number;
  readonly #pca: Pca;
  readonly #projected = new Map<number, Float32Array<ArrayBuffer>>();

  private constructor(spaceId: string, { ids, vectors }: PhotoVectors, total: number, axes: Pca) {
    this.spaceId = spaceId;
    this.d = dimensionsOf(spaceId);
    this.ids = ids;
    this.vectors = vectors;
    this.#total = total;
    this.#pca = axes;
  }

  /** @throws AkinError `not-found` for fewer than two photos, `aborted`, and store errors */
  static async read(
    store: LabStore,
    spaceId: string,
    signal: AbortSignal,
    onShare: (share: number) => void,
  ): Promise<LabVectors> {
    const d = dimensionsOf(spaceId);
    const { ids: photos } = await store.photos.gallery();
    const wanted = evenPart(photos, MOST_IN_LAB);
    const read = await readVectors(store.indexes, { id: spaceId, d }, wanted, signal, (share) =>
      onShare(0.5 * share),
    );
    if (read.ids.length < 2) {
      throw new AkinError('not-found', 'There is nothing to compare yet.', {
        details: { reason: 'few-photos' },
      });
    }
    const axes = await pca(evenRows(read.vectors, d, MOST_FOR_AXES), d, {
      progress: (_stage, share) => onShare(0.5 + 0.5 * share),
      pause: yieldToEventLoop,
      aborted: () => signal.aborted,
    });
    const missing = wanted.length - read.ids.length;
    return new LabVectors(spaceId, read, photos.length - missing, axes);
  }

  sample(): LabSample {
    return {
      spaceId: this.spaceId,
      d: this.d,
      ids: this.ids.slice(),
      total: this.#total,
      plane: this.of(2).vectors.slice(),
      eigenvalues: Float32Array.from(this.#pca.eigenvalues),
    };
  }

  /**
   * The vectors, or their first principal components.
   *
   * @param dimensions all by default
   * @throws AkinError `invalid-argument`
   */
  of(dimensions = this.d): { readonly space: VectorSpace; readonly vectors: Float32Array } {
    checkInteger('dimensions', dimensions, 1, this.d);
    const { spaceId } = this;
    if (dimensions === this.d) {
      return { space: { spaceId, metric: 'ip', d: dimensions }, vectors: this.vectors };
    }
    const vectors = this.#projected.get(dimensions) ?? this.#project(dimensions);
    this.#projected.set(dimensions, vectors);
    return { space: { spaceId, metric: 'l2sq', d: dimensions }, vectors };
  }

  /** Row of a photo. @throws AkinError `not-found` if it isn't in the sample */
  rowOf(photo: PhotoId): number {
    let low = 0;
    let high = this.ids.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.ids[middle]! < photo) low = middle + 1;
      else high = middle;
    }
    if (this.ids[low] === photo) return low;
    throw new AkinError('not-found', 'This photo is not in the Lab’s sample.');
  }

  #project(dimensions: number): Float32Array<ArrayBuffer> {
    const { d, vectors } = this;
    const { mean, components } = this.#pca;
    const n = this.ids.length;
    const out = new Float32Array(n * dimensions);
    for (let row = 0; row < n; row++) {
      for (let axis = 0; axis < dimensions; axis++) {
        let sum = 0;
        for (let i = 0; i < d; i++) {
          sum += components[axis * d + i]! * (vectors[row * d + i]! - mean[i]!);
        }
        out[row * dimensions + axis] = sum;
      }
    }
    return out;
  }
}

/** At most so many rows, at even distances. */
function evenRows(vectors: Float32Array, d: number, most: number): Float32Array {
  const n = vectors.length / d;
  if (n <= most) return vectors;
  const rows = new Float32Array(most * d);
  for (let i = 0; i < most; i++) {
    const row = Math.floor((i * n) / most);
    rows.set(vectors.subarray(row * d, (row + 1) * d), i * d);
  }
  return rows;
}
