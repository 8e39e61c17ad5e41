import { safeProduct } from '../../../base/layout.ts';
import { MAX_PQ4_M } from '../../kernels/codes.ts';
import { pq4Bytes } from '../../kernels/pq4Blocks.ts';
import type { PqShape } from '../../kernels/training.ts';
import type { PqBits } from '../spec.ts';

/** Shape of a product quantizer and its codes. */
export interface CodeShape extends PqShape {
  /** `M × dsub`. */
  readonly d: number;
  readonly nbits: PqBits;
}

/** The shape, or `undefined` if the numbers describe none that can be scanned. */
export function codeShape(d: number, M: number, nbits: number): CodeShape | undefined {
  if ((nbits !== 4 && nbits !== 8) || M < 1 || d % M !== 0) return undefined;
  if (nbits === 4 && M > MAX_PQ4_M) return undefined;
  return { d, M, nbits, ksub: 2 ** nbits, dsub: d / M };
}

/**
 * Bytes of the codes of `ntotal` rows; `undefined` on overflow. With 8 bits a row is `M` bytes;
 * with 4 bits rows are packed in blocks (see `packPq4`).
 */
export function codeBytes({ M, nbits }: CodeShape, ntotal: number): number | undefined {
  return nbits === 8 ? safeProduct(ntotal, M) : pq4Bytes(ntotal, M);
}
