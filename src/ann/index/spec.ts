import { checkInteger } from '../../base/checks.ts';
import { AkinError } from '../../base/errors.ts';
import type { IndexKind } from '../format/header.ts';
import { MAX_D } from '../format/header.ts';
import type { LopqCoarse } from './spec/cells.ts';
import { checkNlist, ivfNlist, lopqNlist } from './spec/cells.ts';
import { checkChoice, checkFlag, checkTrainable, seedOf } from './spec/checks.ts';
import type { PqBits, Rerank } from './spec/codes.ts';
import { codesOf } from './spec/codes.ts';
import type { HnswSpec } from './spec/graph.ts';
import { hnswSpec } from './spec/graph.ts';
import type { ItqSpec, LshSpec } from './spec/hash.ts';
import { itqSpec, lshSpec } from './spec/hash.ts';

import type { TreeSpec } from './spec/trees.ts';
import { forestOf, kdtreeOf } from './spec/trees.ts';

export type { LopqCoarse } from './spec/cells.ts';
export { MAX_NLIST } from './spec/cells.ts';
export type { PqBits, Rerank } from './spec/codes.ts';

/** Sub-quantizers per cell, or shared by all cells. */
export type LopqCodebooks = 'local' | 'shared';

/** An index kind with all its parameters. */
export type ResolvedSpec =
  | { readonly kind: 'flat'; readonly store: 'float32' | 'sq8' }
  | { readonly kind: 'ivf'; readonly nlist: number; readonly seed: number }
  | {
      readonly kind: 'pq' | 'opq';
      readonly M: number;
      readonly nbits: PqBits;
      readonly rerank: Rerank;
      readonly seed: number;
    }
  | {
      readonly kind: 'ivfpq';
      readonly nlist: number;
      readonly M: number;
      readonly nbits: PqBits;
      readonly opq: boolean;
      readonly rerank: Rerank;
      readonly seed: number;
    }
  | {
      readonly kind: 'lopq';
      readonly coarse: LopqCoarse;
      readonly nlist: number;
      readonly M: number;
      readonly nbits: PqBits;
      readonly codebooks: LopqCodebooks;
      readonly rerank: Rerank;
      readonly seed: number;
    }
  | TreeSpec
  | HnswSpec
  | LshSpec
  | ItqSpec;

/** The parameters of one kind. */
export type SpecOf<K extends IndexKind> = Extract<ResolvedSpec, { readonly kind: K }>;

type Asked<S> = S extends { readonly kind: infer K }
  ? { readonly kind: K } & Partial<Omit<S, 'kind'>>
  : never;

/** An index kind to train; omitted parameters get the defaults of `resolveSpec`. */
export type IndexSpec = Asked<ResolvedSpec>;

/** The largest `d` rotated by default. */
const MAX_DEFAULT_OPQ_D = 512;

/**
 * Fills in the defaults of a specification and checks the rest.
 *
 * | field       | default                                                                       |
 * | ----------- | ----------------------------------------------------------------------------- |
 * | `store`     | `float32`                                                                     |
 * | `nlist`     | the power of two at or below 4 √n, with at least 16 points per cell           |
 * | `nlist` of lopq | as many cells as have 2 d points each, at most 256; in a multi-index the root of 4 √n per half |
 * | `nbits`     | 4 in ivfpq, else 8; 4 with fewer than 256 points                              |
 * | `nbits` of itq | the longest code of at most 128 bits, d, and the number of points          |
 * | `tables`    | 8                                                                             |
 * | `bits`      | of 4 to 16, those with about eight vectors per bucket                         |
 * | `M`         | the divisor of d nearest d / 4 with 4 bits (at most 257), d / 8 with 8 (even in a multi-index) |
 * | `opq`       | true for d up to 512: a rotation costs `d³` to train                           |
 * | `coarse`    | `single`                                                                      |
 * | `leafSize`  | 32 in kdtree, 64 in forest                                                    |
 * | `trees`     | 10                                                                            |
 * | `codebooks` | `shared`                                                                      |
 * | `M` of hnsw | 16 links                                                                      |
 * | `efConstruction` | 100                                                                      |
 * | `rerank`    | `sq8`                                                                         |
 * | `seed`      | 1                                                                             |
 *
 * @param n number of training points
 * @param d components of a vector
 * @throws `invalid-argument` for a parameter out of range, `M` that does not divide `d`, and fewer
 *   points than cells or code values
 */
export function resolveSpec(spec: IndexSpec, n: number, d: number): ResolvedSpec {
  checkInteger('d', d, 1, MAX_D);
  checkInteger('the number of training points', n, 0, 0xffffffff);
  switch (spec.kind) {
    case 'flat': {
      const { store = 'float32' } = spec;
      return { kind: 'flat', store: checkChoice('store', store, ['float32', 'sq8']) };
    }
    case 'ivf':
      checkTrainable(d);
      return { kind: 'ivf', nlist: checkNlist(spec.nlist ?? ivfNlist(n), n), seed: seedOf(spec) };
    case 'pq':
    case 'opq':
      return { kind: spec.kind, ...codesOf(spec, n, d, 8, 1) };
    case 'ivfpq': {
      const { opq = d <= MAX_DEFAULT_OPQ_D } = spec;
      const nlist = checkNlist(spec.nlist ?? ivfNlist(n), n);
      return { kind: 'ivfpq', nlist, opq: checkFlag('opq', opq), ...codesOf(spec, n, d, 4, 1) };
    }
    case 'lopq': {
      const coarse = checkChoice('coarse', spec.coarse ?? 'single', ['single', 'multi']);
      const halves = coarse === 'multi' ? 2 : 1;
      const nlist = checkNlist(spec.nlist ?? lopqNlist(n, d, coarse), n);
      if (coarse === 'multi' && (d % 2 !== 0 || nlist > 1024)) {
        throw new AkinError(
          'invalid-argument',
          `a multi-index needs an even d and at most 1024 centroids a half, not ${d} and ${nlist}`,
        );
      }
      const { codebooks = 'shared' } = spec;
      return {
        kind: 'lopq',
        coarse,
        nlist,
        codebooks: checkChoice('codebooks', codebooks, ['local', 'shared']),
        ...codesOf(spec, n, d, 8, halves),
      };
    }
    case 'kdtree':
      return { kind: 'kdtree', ...kdtreeOf(spec) };
    case 'forest':
      return { kind: 'forest', ...forestOf(spec) };
    case 'hnsw':
      return hnswSpec(spec);
    case 'lsh':
      return lshSpec(spec, n, d);
    case 'itq':
      return itqSpec(spec, n, d);
    default:
      throw new AkinError(
        'invalid-argument',
        `no kind of index is called ${(spec as { kind: unknown }).kind}`,
      );
  }
}
