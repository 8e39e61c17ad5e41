import { checkInteger } from '../../base/checks.ts';
import { AkinError } from '../../base/errors.ts';
import type { LabCellSpread, LabErrors, LabRequest } from '../../protocol/index.ts';
import { throwIfAborted, yieldToEventLoop } from '../shared/yieldToEventLoop.ts';
import type { BuildOptions, LabIndexes } from './labIndexes.ts';
import type { LabVectors } from './labVectors.ts';

/** Multiplications between two checks for cancellation. */
const WORK = 20_000_000;

/** @throws AkinError `invalid-argument`, `aborted`, `out-of-memory` */
export async function errorsOf(
  vectors: LabVectors,
  indexes: LabIndexes,
  request: LabRequest,
  options: BuildOptions,
): Promise<LabErrors> {
  const { index } = await indexes.get(request, options);
  const { vectors: rows } = vectors.of(request.dimensions);
  const { ids } = vectors;
  const { d } = index;
  const held = new Float32Array(d);
  const l2sq = new Float32Array(ids.length);
  // To decode a vector may take a rotation.
  const pauseEvery = Math.max(1, Math.floor(WORK / (d * d)));
  for (let row = 0; row < ids.length; row++) {
    index.reconstruct(ids[row]!, held);
    let sum = 0;
    for (let i = 0; i < d; i++) sum += (rows[row * d + i]! - held[i]!) ** 2;
    l2sq[row] = sum;
    if (row % pauseEvery !== pauseEvery - 1) continue;
    await yieldToEventLoop();
    throwIfAborted(options.signal);
  }
  return { l2sq, bytesPerVector: (index.bytes - index.rerankBytes) / index.ntotal };
}

/** @throws AkinError `invalid-argument`, `aborted`, `out-of-memory` */
export async function cellSpreadOf(
  vectors: LabVectors,
  indexes: LabIndexes,
  request: LabRequest,
  cell: number,
  options: BuildOptions,
): Promise<LabCellSpread> {
  const { index } = await indexes.get(request, options);
  const { ids, cells, local } = index.structure();
  if (!cells || !local) {
    throw new AkinError('invalid-argument', 'only LOPQ with single cells has local rotations');
  }
  checkInteger('cell', cell, 0, cells.starts.length - 2);
  const { d } = index;
  const { vectors: rows } = vectors.of(request.dimensions);
  const own = ids.subarray(cells.starts[cell]!, cells.starts[cell + 1]!);
  const rotation = local.rotationOf[cell]!;
  const R =
    rotation > 0 ? local.rotations.subarray((rotation - 1) * d * d, rotation * d * d) : null;
  const still = variances(d);
  const turned = variances(d);
  const residual = new Float64Array(d);
  const y = new Float64Array(d);
  const pauseEvery = Math.max(1, Math.floor(WORK / (d * d)));
  for (let at = 0; at < own.length; at++) {
    const row = vectors.rowOf(own[at]!);
    for (let i = 0; i < d; i++) {
      const center = cells.centroids[cell * d + i]! + local.mu[cell * d + i]!;
      residual[i] = rows[row * d + i]! - center;
    }
    still.add(residual);
    if (R) {
      for (let to = 0; to < d; to++) {
        let sum = 0;
        for (let i = 0; i < d; i++) sum += R[to * d + i]! * residual[i]!;
        y[to] = sum;
      }
    }
    turned.add(R ? y : residual);
    if (at % pauseEvery !== pauseEvery - 1) continue;
    await yieldToEventLoop();
    throwIfAborted(options.signal);
  }
  return {
    count: own.length,
    before: still.values(),
    after: turned.values(),
    isRotated: R !== null,
  };
}

/** The variance of each of `d` components of the vectors added. */
function variances(d: number) {
  const sums = new Float64Array(d);
  const squares = new Float64Array(d);
  let n = 0;
  return {
    add(x: Float64Array): void {
      n++;
      for (let i = 0; i < d; i++) {
        sums[i]! += x[i]!;
        squares[i]! += x[i]! ** 2;
      }
    },
    values: () =>
      squares.map((square, i) => (n === 0 ? 0 : Math.max(0, square / n - (sums[i]! / n) ** 2))),
  };
}
