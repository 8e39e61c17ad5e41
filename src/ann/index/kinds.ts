import type { IndexKind } from '../format/header.ts';
import { ivfpqKind } from './coded/ivfpqTrain.ts';
import { ivfKind } from './coded/ivfTrain.ts';
import { opqKind, pqKind } from './coded/pqTrain.ts';
import { flatKind } from './flat/flatKind.ts';
import { hnswKind } from './graph/hnswKind.ts';
import { itqKind } from './hash/itqKind.ts';
import { lshKind } from './hash/lshKind.ts';
import type { KindOfIndex } from './kind.ts';
import { lopqKind } from './lopq/lopqKind.ts';
import { forestKind } from './tree/forest/forestKind.ts';
import { kdtreeKind } from './tree/kdtree/kdKind.ts';

/** All index kinds. */
export const KINDS: { readonly [K in IndexKind]: KindOfIndex<K> } = {
  flat: flatKind,
  ivf: ivfKind,
  pq: pqKind,
  opq: opqKind,
  ivfpq: ivfpqKind,
  lopq: lopqKind,
  kdtree: kdtreeKind,
  forest: forestKind,
  hnsw: hnswKind,
  lsh: lshKind,
  itq: itqKind,
};
