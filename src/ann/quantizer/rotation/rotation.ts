import { AkinError } from '../../../base/errors.ts';
import type { Kernels } from '../../kernels/kernels.ts';
import { float32View } from '../../kernels/kernels.ts';
import { checkpoint, type TrainControl } from '../control.ts';
import { checkRows } from '../rows.ts';
import { Scratch } from '../scratch.ts';
import { eigenvalueAllocation } from './allocation.ts';
import type { Pca } from './pca.ts';

const SLICE_ROWS = 1024;

/** The `d × d` identity. */
export function identityRotation(d: number): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: d * d }, (_, at) => (at % (d + 1) === 0 ? 1 : 0));
}

/**
 * The rotation of parametric OPQ (Ge et al. 2013, section 3.2): the principal components, allocated
 * to `M` sub-vectors by eigenvalue.
 *
 * @returns `d × d` float64, row-major
 * @throws `invalid-argument` if `M` does not divide `d`
 */
export function parametricRotation(
  { eigenvalues, components }: Pca,
  M: number,
): Float64Array<ArrayBuffer> {
  const d = eigenvalues.length;
  const rotation = new Float64Array(d * d);
  eigenvalueAllocation(eigenvalues, M).forEach((from, to) => {
    rotation.set(components.subarray(from * d, (from + 1) * d), to * d);
  });
  return rotation;
}

/**
 * Rotates each vector.
 *
 * @param rotation `d × d` float32, row-major
 * @param vectors `n × d`
 * @returns `n × d`
 * @throws `invalid-argument` if the rotation is not `d × d`; `bad-vector`, `aborted`,
 *   `out-of-memory`
 */
export async function rotateRows(
  kernels: Kernels,
  rotation: Float32Array,
  vectors: Float32Array,
  d: number,
  control?: TrainControl,
): Promise<Float32Array<ArrayBuffer>> {
  const n = checkRows(vectors, d);
  if (rotation.length !== d * d) {
    throw new AkinError('invalid-argument', `a rotation of ${rotation.length} numbers, d = ${d}`);
  }
  const rotated = new Float32Array(n * d);
  const scratch = new Scratch(kernels);
  try {
    const matrix = scratch.alloc(4 * d * d);
    const block = scratch.alloc(4 * d * SLICE_ROWS);
    const out = scratch.alloc(4 * d * SLICE_ROWS);
    float32View(matrix, d * d).set(rotation);
    for (let first = 0; first < n; first += SLICE_ROWS) {
      if (control) await checkpoint(control, 'rotating', first / n);
      const count = Math.min(SLICE_ROWS, n - first);
      float32View(block, count * d).set(vectors.subarray(first * d, (first + count) * d));
      kernels.transform(matrix, d, { block, offset: 0, stride: d, d, count }, out);
      rotated.set(float32View(out, count * d), first * d);
    }
  } finally {
    scratch.free();
  }
  return rotated;
}
