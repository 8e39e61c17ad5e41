import type {
  IndexStructure,
  LabCellSpread,
  LabSample,
  PhotoId,
} from '../../../../protocol/index.ts';

/** A cell of a plane index before and after its rotation. */
export interface TurnedCell {
  /** (n × 2) its photos on the plane */
  readonly before: Float32Array;
  /** (n × 2) the same, centered and turned */
  readonly after: Float32Array;
  /** Where its axes meet on the plane. */
  readonly center: readonly [u: number, v: number];
  /** The directions of its axes on the plane, each two standard deviations long. */
  readonly axes: readonly (readonly [u: number, v: number])[];
  /** Variance along each axis of the plane, and of the cell. */
  readonly variances: { readonly before: readonly number[]; readonly after: readonly number[] };
}

/** The cell of a photo in an LOPQ index of the plane of the sample. */
export function turnedCell(
  { ids, plane }: LabSample,
  { ids: order, cells, local }: IndexStructure,
  cell: number,
): TurnedCell {
  const { centroids, starts } = cells!;
  const { mu, rotationOf, rotations } = local!;
  const rowOf = new Map(Array.from(ids, (id, row) => [id, row]));
  const own = order.subarray(starts[cell]!, starts[cell + 1]!);
  const center = [0, 1].map((i) => centroids[2 * cell + i]! + mu[2 * cell + i]!) as [
    number,
    number,
  ];
  const number = rotationOf[cell]!;
  const R = number > 0 ? rotations.subarray(4 * (number - 1), 4 * number) : [1, 0, 0, 1];
  const before = new Float32Array(2 * own.length);
  const after = new Float32Array(2 * own.length);
  own.forEach((id, i) => {
    const row = rowOf.get(id)!;
    before.set(plane.subarray(2 * row, 2 * row + 2), 2 * i);
    const [u, v] = [plane[2 * row]! - center[0], plane[2 * row + 1]! - center[1]];
    after[2 * i] = R[0]! * u + R[1]! * v;
    after[2 * i + 1] = R[2]! * u + R[3]! * v;
  });
  const variances = { before: variancesOf(before), after: variancesOf(after) };
  return {
    ...{ before, after, center, variances },
    axes: [0, 1].map((axis) => {
      const length = 2 * Math.sqrt(variances.after[axis]!);
      return [R[2 * axis]! * length, R[2 * axis + 1]! * length] as const;
    }),
  };
}

function variancesOf(points: Float32Array): readonly number[] {
  const n = points.length / 2 || 1;
  return [0, 1].map((axis) => {
    let [sum, squares] = [0, 0];
    for (let i = axis; i < points.length; i += 2) {
      sum += points[i]!;
      squares += points[i]! ** 2;
    }
    return Math.max(0, squares / n - (sum / n) ** 2);
  });
}

/** The cell that holds a photo. */
export function cellOf({ ids, cells }: IndexStructure, photo: PhotoId): number {
  const at = ids.indexOf(photo);
  return cells!.starts.findLastIndex((start) => start <= at);
}

/** How sub-vectors share the variance of a cell. */
export interface Shares {
  /** As the components come. */
  readonly still: readonly number[];
  /** Along the cell's axes, the largest first. */
  readonly sorted: readonly number[];
  /** As the index cuts them. */
  readonly shared: readonly number[];
}

/** Geometric means of the variances in each of `M` sub-vectors: what the allocation evens out. */
export function sharesOf({ before, after }: LabCellSpread, M: number): Shares {
  return {
    still: means(before, M),
    sorted: means(
      after.toSorted((a, b) => b - a),
      M,
    ),
    shared: means(after, M),
  };
}

function means(variances: Float64Array, M: number): readonly number[] {
  const dsub = variances.length / M;
  return Array.from({ length: M }, (_, m) => {
    const part = variances.subarray(m * dsub, (m + 1) * dsub);
    return Math.exp(part.reduce((sum, x) => sum + Math.log(Math.max(x, 1e-12)), 0) / dsub);
  });
}

/** Mean error of the photos of each cell. */
export function errorByCell(
  { ids }: LabSample,
  { ids: order, cells }: IndexStructure,
  l2sq: Float32Array,
): readonly number[] {
  const { starts } = cells!;
  const rowOf = new Map(Array.from(ids, (id, row) => [id, row]));
  return Array.from({ length: starts.length - 1 }, (_, cell) => {
    let sum = 0;
    for (let at = starts[cell]!; at < starts[cell + 1]!; at++) sum += l2sq[rowOf.get(order[at]!)!]!;
    return sum / Math.max(1, starts[cell + 1]! - starts[cell]!);
  });
}
