import type { LabApi } from '../../../../engine/index.ts';
import type { LabSample, PhotoId } from '../../../../protocol/index.ts';
import { type Contributions, contributionsOf } from './contributions.ts';

/** Share of the components that are marked. */
const MARKED = 1 / 16;
/** Photos of the matrix at most: the search photo, its nearest, and others. */
const MOST_IN_MATRIX = 12;
const NEAREST_IN_MATRIX = 5;

/** What a step of the chapter shows. */
export type VectorsStep =
  | { readonly show: 'pair'; readonly other: 'nearest' | 'farthest' }
  | { readonly show: 'matrix' };

export const VECTORS_STEPS: readonly VectorsStep[] = [
  { show: 'pair', other: 'nearest' },
  { show: 'pair', other: 'farthest' },
  { show: 'matrix' },
];

/** What is drawn. */
export type VectorsView =
  | {
      readonly show: 'pair';
      readonly other: PhotoId;
      readonly vectors: readonly [Float32Array, Float32Array];
      readonly shares: Contributions;
    }
  | {
      readonly show: 'matrix';
      readonly photos: readonly PhotoId[];
      /** (photos × photos) */
      readonly similarities: Float32Array;
    };

export async function askVectors(
  lab: LabApi,
  step: VectorsStep,
  sample: LabSample,
  photo: PhotoId,
  signal: AbortSignal,
): Promise<VectorsView> {
  const order = await byNearness(lab, sample, photo, signal);
  if (step.show === 'matrix') {
    const photos = matrixPhotos(photo, order);
    const similarities = await lab.similarities(photos, photos, { signal });
    return { show: 'matrix', photos, similarities };
  }
  const other = step.other === 'nearest' ? order[0]! : order.at(-1)!;
  const both = await lab.vectors([photo, other], { signal });
  const vectors = [both.slice(0, sample.d), both.slice(sample.d)] as const;
  const count = Math.max(1, Math.round(MARKED * sample.d));
  return { show: 'pair', other, vectors, shares: contributionsOf(...vectors, count) };
}

/** The other photos of the sample, the most similar first. */
async function byNearness(
  lab: LabApi,
  { ids }: LabSample,
  photo: PhotoId,
  signal: AbortSignal,
): Promise<readonly PhotoId[]> {
  const all = await lab.similarities([photo], [...ids], { signal });
  return Array.from(ids, (id, row) => ({ id, similarity: all[row]! }))
    .filter(({ id }) => id !== photo)
    .sort((a, b) => b.similarity - a.similarity || a.id - b.id)
    .map(({ id }) => id);
}

/** The photo, its nearest, and others at even distances in the order of similarity. */
export function matrixPhotos(photo: PhotoId, order: readonly PhotoId[]): readonly PhotoId[] {
  const near = order.slice(0, NEAREST_IN_MATRIX);
  const rest = order.slice(near.length);
  const count = Math.min(rest.length, MOST_IN_MATRIX - 1 - near.length);
  const others = Array.from({ length: count }, (_, i) => {
    return rest[Math.floor(((i + 1) * rest.length) / count) - 1]!;
  });
  return [photo, ...near, ...others];
}
