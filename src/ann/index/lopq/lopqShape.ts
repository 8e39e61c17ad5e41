import type { CodeShape } from '../codes/codeShape.ts';
import { codeShape } from '../codes/codeShape.ts';
import type { LopqCoarse, LopqCodebooks, SpecOf } from '../spec.ts';
import { MAX_NLIST } from '../spec.ts';

/** In a multi-index, whose cells are pairs of these. */
const MAX_HALF_NLIST = 1024;

/** The parameters that determine an LOPQ index. */
export interface LopqNumbers {
  readonly d: number;
  readonly coarse: LopqCoarse;
  /** Coarse centroids: total, or per half. */
  readonly nlist: number;
  readonly M: number;
  readonly nbits: number;
  readonly codebooks: LopqCodebooks;
}

/**
 * Sizes of an LOPQ index. It has one part over all components or, with a multi-index, two parts
 * over half of them each. Each part has its own coarse centroids, rotations and sub-quantizers; the
 * fields below apply to every part.
 */
export interface LopqShape {
  /** 1, or 2 with a multi-index. */
  readonly parts: number;
  /** Components per part. */
  readonly d: number;
  /** Coarse centroids per part. */
  readonly nlist: number;
  /** Shape of a part's codes. */
  readonly code: CodeShape;
  /** Codebooks per part: one, or one per centroid. */
  readonly books: number;
  /** Cells of the index: `nlist`, or the pairs of centroids of the two halves. */
  readonly cells: number;
}

/** The sizes, or `undefined` if the numbers describe no valid index. */
export function lopqShape(numbers: LopqNumbers): LopqShape | undefined {
  const { d, coarse, nlist, M, nbits, codebooks } = numbers;
  const parts = coarse === 'multi' ? 2 : 1;
  const mostCentroids = coarse === 'multi' ? MAX_HALF_NLIST : MAX_NLIST;
  const code = codeShape(d / parts, M / parts, nbits);
  const whole = d % parts === 0 && M % parts === 0;
  if (!code || !whole || nlist < 1 || nlist > mostCentroids) return undefined;
  return {
    parts,
    d: d / parts,
    nlist,
    code,
    books: codebooks === 'local' ? nlist : 1,
    cells: nlist ** parts,
  };
}

/** Splits a cell into its centroid in each part. The last part varies fastest. */
export function centroidsOfCell({ parts, nlist }: LopqShape, cell: number): number[] {
  return parts === 1 ? [cell] : [Math.floor(cell / nlist), cell % nlist];
}

/**
 * The result of training. Tables are ordered by part, then by centroid.
 *
 * A vector `x` of a part, with `c` its nearest coarse centroid, becomes `y = R (x − c − mu)`, which
 * the part's sub-quantizers encode (Kalantidis and Avrithis, 2014, equation 5 and section 3.2; `R`
 * is their `Rᵀ`); a code `ŷ` decodes to `c + mu + Rᵀ ŷ`.
 */
export interface LopqModel {
  /**
   * `(parts × d)²`, row-major: rotates a vector before it is split into halves, so that each gets
   * its share of the variance (the optimized multi-index of Ge et al., 2013, on which the paper
   * builds). `null` if there is one part.
   */
  readonly rotation: Float32Array | null;
  /** `parts × nlist × d` */
  readonly coarse: Float32Array;
  /** `parts × nlist × d`: mean residual of each centroid. */
  readonly mu: Float32Array;
  /** `parts × nlist`: 0 if `R` is the identity, else the 1-based index into `rotations`. */
  readonly rotationOf: Uint32Array;
  /** `own × d × d`, row-major: the rotations other than the identity, in centroid order. */
  readonly rotations: Float32Array;
  /** `parts × books × M × ksub × dsub` */
  readonly pqCentroids: Float32Array;
}

/** The sizes of a specification already checked by `resolveSpec`. */
export function shapeOfSpec(spec: SpecOf<'lopq'>, d: number): LopqShape {
  return lopqShape({ ...spec, d })!;
}
