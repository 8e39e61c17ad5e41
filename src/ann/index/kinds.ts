import type { IndexKind } from '../format/header.ts';
import { flatKind } from './flatKind.ts';
import { ivfKind } from './ivfTrain.ts';
import type { KindOfIndex } from './kind.ts';

/** Every kind of index there is. */
export const KINDS: { readonly [K in IndexKind]?: KindOfIndex<K> } = {
  flat: flatKind,
  ivf: ivfKind,
};
