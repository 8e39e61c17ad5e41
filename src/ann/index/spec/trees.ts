import { checkInteger } from '../../../base/checks.ts';
import { checkChoice, seedOf } from './checks.ts';

/** The most rows of a leaf that a specification may ask for. */
export const MAX_LEAF_SIZE = 65_536;
/** The most trees of a forest. */
export const MAX_TREES = 1024;

/** Enough rows to make a scan of a leaf worth its call, few enough to leave out most of the rest. */
const KD_LEAF_SIZE = 32;

/*
 * 100,000 × 128, recall@10 0.95 for the fewest rows compared: `docs/ann.md` has the figures.
 */
const FOREST_LEAF_SIZE = 64;
const TREES = 10;

/** The kinds that are trees. */
export type TreeSpec =
  | {
      readonly kind: 'kdtree';
      /** The most rows of a leaf. */
      readonly leafSize: number;
      readonly store: 'float32' | 'sq8';
    }
  | {
      readonly kind: 'forest';
      readonly trees: number;
      readonly leafSize: number;
      readonly store: 'float32' | 'sq8';
      readonly seed: number;
    };

interface AskedTree {
  readonly leafSize?: number | undefined;
  readonly store?: 'float32' | 'sq8' | undefined;
}

/** The parameters of a k-d tree, checked, with their defaults. @throws `invalid-argument` */
export function kdtreeOf(spec: AskedTree) {
  return treeOf(spec, KD_LEAF_SIZE);
}

interface AskedForest extends AskedTree {
  readonly trees?: number | undefined;
  readonly seed?: number | undefined;
}

/** The parameters of a forest, checked, with their defaults. @throws `invalid-argument` */
export function forestOf(spec: AskedForest) {
  const trees = checkInteger('trees', spec.trees ?? TREES, 1, MAX_TREES);
  return { trees, ...treeOf(spec, FOREST_LEAF_SIZE), seed: seedOf(spec) };
}

function treeOf({ leafSize, store }: AskedTree, usual: number) {
  return {
    leafSize: checkInteger('leafSize', leafSize ?? usual, 1, MAX_LEAF_SIZE),
    store: checkChoice('store', store ?? 'float32', ['float32', 'sq8']),
  };
}
