import { PARAM_COUNT } from '../../format/header.ts';
import { MAX_LEAF_SIZE } from '../spec/trees.ts';
import type { Store } from './treeStore.ts';

/** What trees remember of their specification in the params section. */
export interface TreeParams {
  readonly store: Store;
  /** 0 in a k-d tree, which needs none. */
  readonly seed: number;
  readonly leafSize: number;
}

/** The number of each store is that of the reranking store in other kinds. */
const STORES: readonly (Store | undefined)[] = [undefined, 'sq8', 'float32'];

export function encodeTreeParams({ store, seed, leafSize }: TreeParams): number[] {
  return [STORES.indexOf(store), 0, 0, 0, 0, seed, leafSize, 0];
}

/** `undefined` for numbers that no writer produces. */
export function decodeTreeParams(numbers: readonly number[]): TreeParams | undefined {
  const [storeCode = 0, nprobe, opq, coarse, codebooks, seed = 0, leafSize = 0, rest] = numbers;
  const store = STORES[storeCode];
  const isSound =
    numbers.length === PARAM_COUNT &&
    [nprobe, opq, coarse, codebooks, rest].every((number) => number === 0) &&
    leafSize >= 1 &&
    leafSize <= MAX_LEAF_SIZE;
  return isSound && store ? { store, seed, leafSize } : undefined;
}
