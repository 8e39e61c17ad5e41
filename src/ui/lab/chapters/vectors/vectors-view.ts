import { AkinError, type LabApi } from '../../../../engine/index.ts';
import type { LabSample, LayerMaps, PhotoId } from '../../../../protocol/index.ts';
import { type Contributions, contributionsOf } from './contributions.ts';

/** Share of the components that are marked. */
const MARKED = 1 / 16;
/** Photos of the matrix at most: the search photo, its nearest, and others. */
const MOST_IN_MATRIX = 12;
const NEAREST_IN_MATRIX = 5;

/** What a step of the chapter shows. */
export type VectorsStep =
  | { readonly show: 'pair'; readonly other: 'nearest' | 'farthest' }
  | { readonly show: 'matrix' }
  | { readonly show: 'layer'; readonly depth: 'early' | 'middle' | 'late' };

export const VECTORS_STEPS: readonly VectorsStep[] = [
  { show: 'pair', other: 'nearest' },
  { show: 'pair', other: 'farthest' },
  { show: 'matrix' },
  { show: 'layer', depth: 'early' },
  { show: 'layer', depth: 'middle' },
  { show: 'layer', depth: 'late' },
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
    }
  /** `null` if the layers of the model aren't known. */
  | { readonly show: 'layers'; readonly seen: LayerMaps | null };

export async function askVectors(
  lab: LabApi,
  step: VectorsStep,
  sample: LabSample,
  photo: PhotoId,
  signal: AbortSignal,
): Promise<VectorsView> {
  if (step.show === 'layer') return { show: 'layers', seen: await layersOf(lab, photo, signal) };
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

async function layersOf(
  lab: LabApi,
  photo: PhotoId,
  signal: AbortSignal,
): Promise<LayerMaps | null> {
  try {
    return await lab.layers(photo, { signal });
  } catch (thrown) {
    if (thrown instanceof AkinError && thrown.code === 'no-feature-map') return null;
    throw thrown;
  }
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
