import { checkInteger } from '../../../base/checks.ts';
import { AkinError } from '../../../base/errors.ts';
import { MAX_PQ4_M } from '../../kernels/codes.ts';
import { checkChoice, checkTrainable, seedOf } from './checks.ts';

/** The vector store beside the codes, used to rerank the best candidates. */
export type Rerank = 'none' | 'sq8' | 'float32';

export type PqBits = 4 | 8;

interface AskedCodes {
  readonly M?: number | undefined;
  readonly nbits?: PqBits | undefined;
  readonly rerank?: Rerank | undefined;
  readonly seed?: number | undefined;
}

/**
 * The parameters of product-quantized codes, checked, with their defaults.
 *
 * @param n number of training points
 * @param bits preferred `nbits`
 * @param multiple of which `M` must be a multiple
 * @throws `invalid-argument`
 */
export function codesOf(spec: AskedCodes, n: number, d: number, bits: PqBits, multiple: number) {
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
  return { M, nbits, rerank: checkRerank(spec.rerank), seed: seedOf(spec) } as const;
}

/** The divisor of `d`, at most `most`, whose ratio to `target` is nearest 1; of two, the lower. */
function defaultM(d: number, target: number, multiple: number, most: number): number {
  let best = multiple;
  for (let M = multiple; M <= most; M += multiple) {
    if (d % M === 0 && Math.abs(Math.log(M / target)) < Math.abs(Math.log(best / target))) best = M;
  }
  return best;
}

/** @throws `invalid-argument` unless the store is one there is */
export function checkRerank(rerank: Rerank | undefined): Rerank {
  return checkChoice('rerank', rerank ?? 'sq8', ['none', 'sq8', 'float32']);
}
