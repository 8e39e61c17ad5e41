import { checkInteger } from '../../../base/checks.ts';
import { checkChoice, seedOf } from './checks.ts';

const DEFAULT_LINKS = 16;
/** The most links of a row in a layer; at the bottom it has twice as many. */
export const MAX_LINKS = 128;
const DEFAULT_EF_CONSTRUCTION = 100;
/** The most candidates of an insertion. */
export const MAX_EF = 4096;

export interface HnswSpec {
  readonly kind: 'hnsw';
  /** Links of a row in each layer, 2 to 128; twice as many in the bottom layer. */
  readonly M: number;
  /** Candidates among which a new row's links are chosen, 1 to 4,096. */
  readonly efConstruction: number;
  readonly store: 'float32' | 'sq8';
  readonly seed: number;
}

/**
 * The parameters of a graph, checked, with their defaults.
 *
 * @throws `invalid-argument`
 */
export function hnswSpec(spec: { [P in keyof HnswSpec]?: HnswSpec[P] | undefined }): HnswSpec {
  const { M = DEFAULT_LINKS, efConstruction = DEFAULT_EF_CONSTRUCTION, store = 'float32' } = spec;
  return {
    kind: 'hnsw',
    M: checkInteger('M', M, 2, MAX_LINKS),
    efConstruction: checkInteger('efConstruction', efConstruction, 1, MAX_EF),
    store: checkChoice('store', store, ['float32', 'sq8']),
    seed: seedOf(spec),
  };
}
