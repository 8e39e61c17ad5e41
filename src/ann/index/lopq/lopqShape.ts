import type { CodeShape } from '../codes/codeShape.ts';
import { codeShape } from '../codes/codeShape.ts';
import type { LopqCoarse, LopqCodebooks, SpecOf } from '../spec.ts';
import { MAX_NLIST } from '../spec.ts';

/** Of a multi-index: their pairs are the cells. */
const MAX_HALF_NLIST = 1024;

/** The numbers that an LOPQ index is made by. */
export interface LopqNumbers {
  readonly d: number;
  readonly coarse: LopqCoarse;
  /** Coarse centroids: in all, or of each half. */
  readonly nlist: number;
  readonly M: number;
  readonly nbits: number;
  readonly codebooks: LopqCodebooks;
}

/**
 * The sizes of an LOPQ index. It has one part over all components or, with a multi-index, two parts
 * over half of them each; a part has coarse centroids, rotations and sub-quantizers of its own, and
 * what follows holds for every part.
 */
export interface LopqShape {
  /** 1, or 2 with a multi-index. */
  readonly parts: number;
  /** Components of a part. */
  readonly d: number;
  /** Coarse centroids of a part. */
  readonly nlist: number;
  /** Of the codes of a part. */
  readonly code: CodeShape;
  /** Codebooks of a part: one, or one for each of its centroids. */
  readonly books: number;
  /** Cells of the index: `nlist`, or the pairs of the halves' centroids. */
  readonly cells: number;
}

/** The sizes, or `undefined` where the numbers make no such index. */
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

/** The parts of a cell: its centroid in each part. The last part's number runs fastest. */
export function centroidsOfCell({ parts, nlist }: LopqShape, cell: number): number[] {
  return parts === 1 ? [cell] : [Math.floor(cell / nlist), cell % nlist];
}

/**
 * What training finds. The tables run over the parts, one after the other, and within a part over its
 * centroids.
 *
 * A vector `x` of a part, with `c` the coarse centroid nearest to it, becomes
 * `y = R (x − c − mu)`, which the part's sub-quantizers encode (Kalantidis and Avrithis, 2014,
 * equation 5 and section 3.2; `R` is their `Rᵀ`); from a code `ŷ` it is known as `c + mu + Rᵀ ŷ`.
 */
export interface LopqModel {
  /**
   * `(parts × d)²`, row-major: what turns a vector before it is cut into halves, so that each has its
   * share of the variance (the optimized multi-index of Ge et al., 2013, that the paper builds on).
   * `null` where there is one part.
   */
  readonly rotation: Float32Array | null;
  /** `parts × nlist × d` */
  readonly coarse: Float32Array;
  /** `parts × nlist × d`: the mean of the residuals of each centroid. */
  readonly mu: Float32Array;
  /** `parts × nlist`: 0 where `R` is the identity, else which of `rotations`, counted from 1. */
  readonly rotationOf: Uint32Array;
  /** `own × d × d`, row-major: those that are not the identity, in the order of their centroids. */
  readonly rotations: Float32Array;
  /** `parts × books × M × ksub × dsub` */
  readonly pqCentroids: Float32Array;
}

/** The sizes of what a specification asks for, which `resolveSpec` has checked. */
export function shapeOfSpec(spec: SpecOf<'lopq'>, d: number): LopqShape {
  return lopqShape({ ...spec, d })!;
}
