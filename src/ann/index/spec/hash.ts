import { checkInteger } from '../../../base/checks.ts';
import { AkinError } from '../../../base/errors.ts';
import { checkChoice, checkTrainable, seedOf } from './checks.ts';
import type { Rerank } from './codes.ts';
import { checkRerank } from './codes.ts';

/** Lengths of a learned binary code. */
const ITQ_BITS = [32, 64, 128, 192, 256] as const;
const DEFAULT_ITQ_BITS = 128;

export type ItqBits = (typeof ITQ_BITS)[number];

export interface ItqSpec {
  readonly kind: 'itq';
  /** Bits of a code, at most `d`. */
  readonly nbits: ItqBits;
  readonly rerank: Rerank;
  readonly seed: number;
}

export function isItqBits(nbits: number): nbits is ItqBits {
  return (ITQ_BITS as readonly number[]).includes(nbits);
}

/**
 * The parameters of a learned binary code, checked, with their defaults.
 *
 * @param n number of training points
 * @throws `invalid-argument`
 */
export function itqSpec(
  spec: { [P in keyof ItqSpec]?: ItqSpec[P] | undefined },
  n: number,
  d: number,
): ItqSpec {
  checkTrainable(d);
  const fitting = ITQ_BITS.filter((bits) => bits <= Math.min(d, n, DEFAULT_ITQ_BITS));
  const nbits = spec.nbits ?? fitting.at(-1) ?? ITQ_BITS[0];
  if (!isItqBits(nbits)) {
    throw new AkinError('invalid-argument', `nbits must be ${ITQ_BITS.join(', ')}, not ${nbits}`);
  }
  if (nbits > d) {
    throw new AkinError(
      'invalid-argument',
      `codes of ${nbits} bits need as many components; d is ${d}`,
    );
  }
  if (n < nbits) {
    throw new AkinError(
      'invalid-argument',
      `codes of ${nbits} bits need as many vectors to train on; there are ${n}`,
    );
  }
  return { kind: 'itq', nbits, rerank: checkRerank(spec.rerank), seed: seedOf(spec) };
}

/** What the rows of buckets are compared with. */
export type LshStore = 'float32' | 'sq8';

export interface LshSpec {
  readonly kind: 'lsh';
  /** Hash tables, 1 to 64. */
  readonly tables: number;
  /** Hyperplanes per table: bits of a bucket's key, 1 to 24. */
  readonly bits: number;
  readonly store: LshStore;
  readonly seed: number;
}

const MAX_TABLES = 64;
const MAX_KEY_BITS = 24;
const DEFAULT_TABLES = 8;
/** Rows per bucket aimed at by default. */
const ROWS_PER_BUCKET = 8;
const LEAST_DEFAULT_BITS = 4;
const MOST_DEFAULT_BITS = 16;

export function isLshShape(tables: number, bits: number): boolean {
  return tables >= 1 && tables <= MAX_TABLES && bits >= 1 && bits <= MAX_KEY_BITS;
}

/**
 * The parameters of hash tables, checked, with their defaults.
 *
 * @param n number of training points
 * @throws `invalid-argument`
 */
export function lshSpec(
  spec: { [P in keyof LshSpec]?: LshSpec[P] | undefined },
  n: number,
  d: number,
): LshSpec {
  checkTrainable(d);
  const { tables = DEFAULT_TABLES, bits = defaultBits(n), store = 'float32' } = spec;
  return {
    kind: 'lsh',
    tables: checkInteger('tables', tables, 1, MAX_TABLES),
    bits: checkInteger('bits', bits, 1, MAX_KEY_BITS),
    store: checkChoice('store', store, ['float32', 'sq8']),
    seed: seedOf(spec),
  };
}

function defaultBits(n: number): number {
  const bits = Math.round(Math.log2(Math.max(1, n / ROWS_PER_BUCKET)));
  return Math.min(MOST_DEFAULT_BITS, Math.max(LEAST_DEFAULT_BITS, bits));
}
