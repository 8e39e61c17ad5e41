import type { LabApi } from '../../../../engine/index.ts';
import type {
  LabAnswer,
  LabCentroids,
  LabCodebook,
  LabSample,
  PhotoId,
} from '../../../../protocol/index.ts';
import { type CodeSize, codeSizes, LEAST_PHOTOS, shownSize, specOf } from './code-sizes.ts';
import { type RankedPhoto, rankedPhotos } from './ranking.ts';

/** Sub-vectors shown at most. */
const MOST_PARTS = 4;
/** Photos ranked by code, for the chart. */
const MOST_RANKED = 1_000;
/** What k-means and PQ are compared by. */
export const NEEDED = { k: 5, recall: 0.9 };

/** What a step of the chapter shows. */
export type CodesStep =
  | { readonly show: 'few' }
  | { readonly show: 'cut'; readonly size: CodeSize }
  | { readonly show: 'part'; readonly size: CodeSize; readonly m: number }
  | { readonly show: 'search'; readonly size: CodeSize }
  | { readonly show: 'needed' };

export function codesSteps({ d, ids }: Pick<LabSample, 'd' | 'ids'>): readonly CodesStep[] {
  if (ids.length < LEAST_PHOTOS) return [{ show: 'few' }];
  const sizes = codeSizes(d, ids.length);
  const size = shownSize(sizes);
  const parts = Array.from({ length: Math.min(MOST_PARTS, size.M) }, (_, m) => m);
  return [
    { show: 'cut', size },
    ...parts.map((m) => ({ show: 'part', size, m }) as const),
    ...sizes.map((each) => ({ show: 'search', size: each }) as const),
    { show: 'needed' },
  ];
}

/** What is drawn. */
export type CodesView =
  | { readonly show: 'few' }
  | { readonly show: 'cut'; readonly size: CodeSize; readonly vectors: readonly Float32Array[] }
  | { readonly show: 'part'; readonly book: LabCodebook; readonly truth: Uint32Array }
  | {
      readonly show: 'search';
      readonly size: CodeSize;
      readonly answer: LabAnswer;
      readonly ranked: readonly RankedPhoto[];
    }
  | { readonly show: 'needed'; readonly needed: LabCentroids };

/** What the step asks, for the search photo. */
export interface CodesAsk {
  readonly step: CodesStep;
  readonly sample: LabSample;
  readonly photo: PhotoId;
  readonly k: number;
}

export async function askCodes(
  lab: LabApi,
  { step, sample, photo, k }: CodesAsk,
  signal: AbortSignal,
): Promise<CodesView> {
  switch (step.show) {
    case 'few':
      return step;
    case 'cut':
      return { ...step, vectors: [await lab.vectors([photo], { signal })] };
    case 'part': {
      const spec = specOf(step.size);
      const { truth } = await lab.search({ spec, photo, k }, { signal });
      const request = codebookRequest(step, photo, truth);
      return { show: 'part', truth, book: await lab.codebook(request, { signal }) };
    }
    case 'search': {
      const spec = specOf(step.size);
      const most = Math.min(MOST_RANKED, sample.ids.length - 1);
      const [answer, many] = await Promise.all([
        lab.search({ spec, photo, k }, { signal }),
        lab.search({ spec, photo, k: most }, { signal }),
      ]);
      const similarities = await lab.similarities([photo], [...many.ids], { signal });
      return { ...step, answer, ranked: rankedPhotos(many, similarities, answer.truth) };
    }
    case 'needed':
      return { show: 'needed', needed: await lab.centroids(NEEDED, { signal }) };
  }
}

export function codebookRequest(
  { size, m }: Extract<CodesStep, { show: 'part' }>,
  photo: PhotoId,
  truth: Uint32Array,
) {
  return { spec: specOf(size), photo, m, others: [...truth] };
}
