import type { IndexKind } from '../format/header.ts';
import { flatKind } from './flatKind.ts';
import { ivfpqKind } from './ivfpqTrain.ts';
import { ivfKind } from './ivfTrain.ts';
import type { KindOfIndex } from './kind.ts';
import { lopqKind } from './lopqKind.ts';
import { opqKind, pqKind } from './pqTrain.ts';

/** Every kind of index there is. */
export const KINDS: { readonly [K in IndexKind]: KindOfIndex<K> } = {
  flat: flatKind,
  ivf: ivfKind,
  pq: pqKind,
  opq: opqKind,
  ivfpq: ivfpqKind,
  lopq: lopqKind,
};
