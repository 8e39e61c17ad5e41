import { AkinError } from '../../../base/errors.ts';
import { checkTrainable, seedOf } from './checks.ts';
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
  const fitting = ITQ_BITS.filter((bits) => bits <= Math.min(d, DEFAULT_ITQ_BITS));
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
