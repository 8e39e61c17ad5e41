import { PARAM_COUNT } from '../../format/header.ts';
import type { Rerank } from '../spec.ts';

/** What hash kinds save in the params section. */
export interface HashParams {
  /** The store beside the codes or buckets. */
  readonly store: Rerank;
  /** Training seed. */
  readonly seed: number;
}

const STORES: readonly Rerank[] = ['none', 'sq8', 'float32'];
const STORE_AT = 0;
const SEED_AT = 5;

export function encodeHashParams({ store, seed }: HashParams): number[] {
  const numbers = new Array<number>(PARAM_COUNT).fill(0);
  numbers[STORE_AT] = STORES.indexOf(store);
  numbers[SEED_AT] = seed;
  return numbers;
}

/** `undefined` if a number is not valid. */
export function decodeHashParams(numbers: readonly number[]): HashParams | undefined {
  const store = STORES[numbers[STORE_AT] ?? -1];
  const rest = numbers.filter((_, at) => at !== STORE_AT && at !== SEED_AT);
  if (numbers.length !== PARAM_COUNT || store === undefined || rest.some((x) => x !== 0)) {
    return undefined;
  }
  return { store, seed: numbers[SEED_AT]! };
}
