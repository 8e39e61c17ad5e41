import type { TrainControl } from '../control.ts';
import { checkRows } from '../rows.ts';
import { checkDivides } from './allocation.ts';
import { meanOf, pca } from './pca.ts';
import { identityRotation, parametricRotation } from './rotation.ts';

/** The cell-specific part of locally optimized product quantization. */
export interface LocalRotation {
  /** `d` float32: mean of the cell's residuals. */
  readonly mu: Float32Array<ArrayBuffer>;
  /** `d × d` float32, row-major, orthogonal: `R (r − mu)` is quantized. */
  readonly R: Float32Array<ArrayBuffer>;
  /** Why `R` is the identity, as text for the user; absent if a rotation was found. */
  readonly warning?: string;
}

/**
 * Fits a rotation to the residuals of one cell: their principal components, allocated to `M`
 * sub-vectors by eigenvalue (Kalantidis & Avrithis, Locally Optimized Product Quantization, 2014).
 *
 * With fewer residuals than `d`, some components are undetermined and the variances of the others
 * are badly estimated; with all residuals equal, every component is undetermined. Then `R` is the
 * identity, and a warning is returned. `mu` is the mean in any case, zero if there are no
 * residuals.
 *
 * @param residuals `n × d` float32 of the cell, possibly none
 * @throws `invalid-argument` if `M` does not divide `d`, `bad-vector`, `aborted`
 */
export async function localRotation(
  residuals: Float32Array,
  { d, M }: { readonly d: number; readonly M: number },
  control?: TrainControl,
): Promise<LocalRotation> {
  checkDivides(M, d);
  const n = checkRows(residuals, d);
  if (n < d) {
    const warning = `${n} vectors in a cell are too few for a rotation of ${d} dimensions`;
    return { mu: Float32Array.from(meanOf(residuals, d)), R: identityRotation(d), warning };
  }
  const components = await pca(residuals, d, control);
  const mu = Float32Array.from(components.mean);
  if (components.eigenvalues[0] === 0) {
    const warning = 'the vectors of a cell are all equal: there is nothing to rotate';
    return { mu, R: identityRotation(d), warning };
  }
  return { mu, R: Float32Array.from(parametricRotation(components, M)) };
}
