import { isBoxInside } from '../../base/boxes.ts';
import { AkinError } from '../../base/errors.ts';
import type {
  ExplainedExample,
  HeatMap,
  ImportContract,
  PhotoId,
  RegionBox,
} from '../../protocol/index.ts';
import type { WorkerClient } from '../../rpc/workerClient.ts';
import type { CallOptions } from '../callOptions.ts';
import type { QueryOptions, Term } from './query.ts';

/** Examples compared at most: each takes the time of reading a photo. */
const MOST_EXAMPLES = 8;

/** Which parts of a result, and of the example it is most like, make them similar. */
export interface Explanation {
  /** Index of the example among the terms of the query. */
  readonly term: number;
  /** Of the two pictures, or of the example and the part of the result that matches. */
  readonly cosine: number;
  /** Of the example's picture. */
  readonly query: HeatMap;
  /** Of the result. */
  readonly result: HeatMap;
}

export type Explain = (
  query: Pick<QueryOptions, 'terms'>,
  result: { readonly id: PhotoId; readonly box?: RegionBox | undefined },
  options?: CallOptions,
) => Promise<Explanation>;

/** Explains results by the feature maps of the model in use. */
export function createExplain(importer: Pick<WorkerClient<ImportContract>, 'call'>): Explain {
  return async ({ terms = [] }, { id, box }, { signal } = {}) => {
    const places = terms
      .flatMap((term, i) => (exampleOf(term) && (term.weight ?? 1) > 0 ? [i] : []))
      .sort((a, b) => (terms[b]!.weight ?? 1) - (terms[a]!.weight ?? 1))
      .slice(0, MOST_EXAMPLES);
    const examples = places.map((i) => exampleOf(terms[i]!)!);
    if (examples.length === 0) {
      throw new AkinError('invalid-argument', 'No term is a picture to be more like.');
    }
    for (const each of [box, ...examples.map((example) => example.box)]) {
      if (each && !isBoxInside(each)) {
        throw new AkinError('invalid-argument', 'A box has no area, or isn’t inside its picture.');
      }
    }
    const { example, ...heat } = await importer.call('explain', [examples, id, box ?? null], {
      signal,
    });
    return { term: places[example]!, ...heat };
  };
}

/** The picture of a term; `null` for words, colors and items. */
function exampleOf(term: Term): ExplainedExample | null {
  if ('photo' in term) return { of: term.photo };
  if ('blob' in term) return { of: term.blob };
  if (!('region' in term)) return null;
  const { region } = term;
  return { of: 'blob' in region ? region.blob : region.photo, box: region.box };
}
