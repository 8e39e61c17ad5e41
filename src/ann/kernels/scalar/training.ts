import type { Block } from '../block.ts';
import { float32View, uint32View } from '../block.ts';
import type { RowRun } from '../training.ts';

const { fround } = Math;

/** Views the rows' floats from the first row on; empty if there are no rows. */
export function runView({ block, offset, stride, d, count }: RowRun): Float32Array {
  return float32View(block, count === 0 ? 0 : (count - 1) * stride + d, count === 0 ? 0 : offset);
}

/** `TrainingKernels.assign`, with checked arguments. */
export function assign(
  rows: RowRun,
  centroids: Block,
  nlist: number,
  cells: Block,
  l2sq: Block | null,
): void {
  const { stride, d, count } = rows;
  const from = runView(rows);
  const to = float32View(centroids, nlist * d);
  const cellView = uint32View(cells, count);
  const l2sqView = l2sq && float32View(l2sq, count);
  for (let row = 0; row < count; row++) {
    let cell = 0;
    let least = Number.POSITIVE_INFINITY;
    for (let j = 0; j < nlist; j++) {
      const distance = l2sqAt(from, row * stride, to, j * d, d);
      if (distance < least) {
        least = distance;
        cell = j;
      }
    }
    cellView[row] = cell;
    if (l2sqView) l2sqView[row] = least;
  }
}

/** `TrainingKernels.transform`, with checked arguments. */
export function transform(matrix: Block, dOut: number, rows: RowRun, out: Block): void {
  const { stride, d, count } = rows;
  const from = runView(rows);
  const by = float32View(matrix, dOut * d);
  const to = float32View(out, count * dOut);
  for (let row = 0; row < count; row++) {
    for (let j = 0; j < dOut; j++) to[row * dOut + j] = ipAt(by, j * d, from, row * stride, d);
  }
}

/** The squared L2 distance of `a` from `atA` and `b` from `atB`, added in the twins' order. */
export function l2sqAt(
  a: Float32Array,
  atA: number,
  b: Float32Array,
  atB: number,
  d: number,
): number {
  let sum = 0;
  for (let i = 0; i < d; i++) {
    const difference = fround(a[atA + i]! - b[atB + i]!);
    sum = fround(sum + fround(difference * difference));
  }
  return sum;
}

/** The inner product of `a` from `atA` and `b` from `atB`, added in the twins' order. */
export function ipAt(
  a: Float32Array,
  atA: number,
  b: Float32Array,
  atB: number,
  d: number,
): number {
  let sum = 0;
  for (let i = 0; i < d; i++) sum = fround(sum + fround(a[atA + i]! * b[atB + i]!));
  return sum;
}
