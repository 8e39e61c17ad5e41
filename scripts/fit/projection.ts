import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { normalize, type Projection } from '../../src/vision/nets/projection.ts';

/** Quantization levels on either side of zero: twice as many gain nothing, and compress worse. */
const LEVELS = 31;

/** The mean of the normalized features. */
export function meanOf(features: readonly Float32Array[]): Float32Array {
  const mean = new Float64Array(features[0]!.length);
  for (const values of features) {
    const unit = Float32Array.from(values);
    normalize(unit);
    for (let i = 0; i < mean.length; i++) mean[i]! += unit[i]! / features.length;
  }
  return Float32Array.from(mean);
}

/**
 * The principal components of a classifier's rows, without whitening: the feature directions in
 * which the classes differ most. Needs no photos.
 *
 * @param rows `count × dims`, row-major, centered unit vectors
 */
export function rowComponents(
  rows: Float32Array,
  dims: number,
  d: number,
): Pick<Projection, 'rowScale' | 'components'> {
  const count = rows.length / dims;
  const x = new Matrix(
    Array.from({ length: count }, (_, id) => Array.from(rows.subarray(id * dims, (id + 1) * dims))),
  );
  // With fewer rows than values, solve the eigenproblem of the Gram matrix `X Xᵀ`: its eigenvector
  // u for λ gives the component `Xᵀ u / √λ` (Turk, Pentland 1991).
  const solved = new EigenvalueDecomposition(x.mmul(x.transpose()), { assumeSymmetric: true });
  const values = solved.realEigenvalues;
  const order = values.map((_, i) => i).sort((a, b) => values[b]! - values[a]!);
  const rowScale = new Float32Array(d);
  const components = new Int8Array(d * dims);
  for (let row = 0; row < d; row++) {
    const u = solved.eigenvectorMatrix.getColumn(order[row]!);
    const component = Matrix.rowVector(u).mmul(x).div(Math.sqrt(values[order[row]!]!)).getRow(0);
    // The solver's sign is arbitrary; fix it, so every machine writes the same file.
    const largest = component.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a), 0);
    const step = largest / LEVELS;
    rowScale[row] = Math.abs(step);
    for (let i = 0; i < dims; i++) components[row * dims + i] = Math.round(component[i]! / step);
  }
  return { rowScale, components };
}

/**
 * The bytes of `fit.bin`, in the order in which `readFit` views them; little-endian, like every
 * machine that runs this.
 */
export function projectionBytes(projection: Projection): Uint8Array<ArrayBuffer> {
  const { mean, rowScale, components } = projection;
  const parts = [mean, rowScale, components];
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), at);
    at += part.byteLength;
  }
  return bytes;
}
