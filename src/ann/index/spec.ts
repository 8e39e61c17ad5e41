import { checkInteger } from '../../base/checks.ts';
import { AkinError } from '../../base/errors.ts';
import type { IndexKind } from '../format/header.ts';
import { MAX_D } from '../format/header.ts';
import { MAX_PQ4_M } from '../kernels/codes.ts';
import { MAX_RUN_D } from '../kernels/training.ts';

/** The vector store beside the codes, used to rerank the best candidates. */
export type Rerank = 'none' | 'sq8' | 'float32';

export type PqBits = 4 | 8;

/** One coarse quantizer, or a multi-index of two, each over half of the components. */
export type LopqCoarse = 'single' | 'multi';

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
    };

/** The parameters of one kind. */
export type SpecOf<K extends IndexKind> = Extract<ResolvedSpec, { readonly kind: K }>;

type Asked<S> = S extends { readonly kind: infer K }
  ? { readonly kind: K } & Partial<Omit<S, 'kind'>>
  : never;

/** An index kind to train; omitted parameters get the defaults of `resolveSpec`. */
export type IndexSpec = Asked<ResolvedSpec>;

export const MAX_NLIST = 65536;
/** The largest `d` rotated by default. */
const MAX_DEFAULT_OPQ_D = 512;
const DEFAULT_SEED = 1;
const MAX_SEED = 0xffffffff;

/**
 * Fills in the defaults of a specification and checks the rest.
 *
 * | field       | default                                                                       |
 * | ----------- | ----------------------------------------------------------------------------- |
 * | `store`     | `float32`                                                                     |
 * | `nlist`     | the power of two at or below 4 √n, with at least 16 points per cell           |
 * | `nlist` of lopq | as many cells as have 2 d points each, at most 256; in a multi-index the root of 4 √n per half |
 * | `nbits`     | 4 in ivfpq, else 8; 4 with fewer than 256 points                              |
 * | `M`         | the divisor of d nearest d / 4 with 4 bits (at most 257), d / 8 with 8 (even in a multi-index) |
 * | `opq`       | true for d up to 512: a rotation costs `d³` to train                           |
 * | `coarse`    | `single`                                                                      |
 * | `codebooks` | `shared`                                                                      |
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
    default:
      throw new AkinError(
        'invalid-argument',
        `no kind of index is called ${(spec as { kind: unknown }).kind}`,
      );
  }
}

interface AskedCodes {
  readonly M?: number | undefined;
  readonly nbits?: PqBits | undefined;
  readonly rerank?: Rerank | undefined;
  readonly seed?: number | undefined;
}

/** @param multiple of which `M` must be a multiple */
function codesOf(spec: AskedCodes, n: number, d: number, bits: PqBits, multiple: number) {
  checkTrainable(d);
  const nbits = spec.nbits ?? (n < 256 ? 4 : bits);
  if (nbits !== 4 && nbits !== 8) {
    throw new AkinError('invalid-argument', `nbits must be 4 or 8, not ${nbits}`);
  }
  const ksub = 2 ** nbits;
  if (n < ksub) {
    throw new AkinError(
      'invalid-argument',
      `codes of ${nbits} bits need ${ksub} vectors to train on; there are ${n}`,
    );
  }
  // Above this, the sums of a 4-bit scan overflow 16 bits.
  const most = nbits === 4 ? Math.min(d, MAX_PQ4_M) : d;
  const preferred = () => defaultM(d, nbits === 4 ? d / 4 : d / 8, multiple, most);
  const M = checkInteger('M', spec.M ?? preferred(), 1, most);
  if (d % M !== 0 || M % multiple !== 0) {
    const even = multiple === 1 ? '' : ' and be even';
    throw new AkinError('invalid-argument', `M must divide d = ${d}${even}; ${M} does not`);
  }
  const rerank = checkChoice('rerank', spec.rerank ?? 'sq8', ['none', 'sq8', 'float32']);
  return { M, nbits, rerank, seed: seedOf(spec) } as const;
}

/** The divisor of `d`, at most `most`, whose ratio to `target` is nearest 1; of two, the lower. */
function defaultM(d: number, target: number, multiple: number, most: number): number {
  let best = multiple;
  for (let M = multiple; M <= most; M += multiple) {
    if (d % M === 0 && Math.abs(Math.log(M / target)) < Math.abs(Math.log(best / target))) best = M;
  }
  return best;
}

function ivfNlist(n: number): number {
  return powerOfTwoUpTo(Math.min(4 * Math.sqrt(n), n / 16, MAX_NLIST));
}

/** A local rotation is only as good as the covariance it is computed from. */
function lopqNlist(n: number, d: number, coarse: LopqCoarse): number {
  if (coarse === 'multi') return powerOfTwoUpTo(Math.sqrt(4 * Math.sqrt(n)));
  return powerOfTwoUpTo(Math.min(n / (2 * d), 256));
}

function powerOfTwoUpTo(limit: number): number {
  return limit < 2 ? 1 : 2 ** Math.floor(Math.log2(limit));
}

function checkNlist(nlist: number, n: number): number {
  checkInteger('nlist', nlist, 1, MAX_NLIST);
  if (n < nlist) {
    throw new AkinError(
      'invalid-argument',
      `${nlist} cells need as many vectors to train on; there are ${n}`,
    );
  }
  return nlist;
}

function checkTrainable(d: number): void {
  checkInteger('d of a trained kind', d, 1, MAX_RUN_D);
}

function seedOf({ seed = DEFAULT_SEED }: { readonly seed?: number | undefined }): number {
  return checkInteger('seed', seed, 0, MAX_SEED);
}

function checkFlag(name: string, value: boolean): boolean {
  return checkChoice(name, value, [true, false]);
}

function checkChoice<const T>(name: string, value: unknown, choices: readonly T[]): T {
  const choice = choices.find((candidate) => candidate === value);
  if (choice !== undefined) return choice;
  throw new AkinError('invalid-argument', `${name} must be ${choices.join(' or ')}, not ${value}`);
}
