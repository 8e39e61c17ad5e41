import type { RowReader } from '../../rerank/rowReader.ts';
import type { Metric } from '../../vectorIndex.ts';
import type { Growing } from '../treeBuilder.ts';
import { STEP_ROWS } from '../treeBuilder.ts';
import { lengthOf } from '../treeStore.ts';

/**
 * What a forest splits: the vectors, each with one more component, its tail.
 *
 * With `l2sq` tails are 0. With `ip` they make all vectors as long as the longest, which reduces
 * search by inner product to that of nearest neighbors (Bachrach et al., 2014): a query of that
 * length, with a tail of 0, is nearest to those of the highest product.
 */
export class Points {
  readonly vectors: RowReader;
  readonly d: number;
  readonly tails: Float32Array<ArrayBuffer>;
  /** What offsets are divided by, for a query of length 1 with `ip`. */
  readonly unit: number;

  private constructor(vectors: RowReader, tails: Float32Array<ArrayBuffer>, unit: number) {
    this.vectors = vectors;
    this.d = vectors.d;
    this.tails = tails;
    this.unit = unit;
  }

  static *of(vectors: RowReader, metric: Metric): Growing<Points> {
    const { count, d } = vectors;
    const tails = new Float32Array(count);
    if (metric === 'l2sq') return new Points(vectors, tails, 1);
    const lengths = new Float64Array(count);
    let longest = 0;
    for (let at = 0; at < count; at++) {
      vectors.seek(at);
      lengths[at] = lengthOf(vectors.array, vectors.at, d);
      longest = Math.max(longest, lengths[at]!);
      if (at % STEP_ROWS === STEP_ROWS - 1) yield { work: STEP_ROWS * d, share: 0 };
    }
    for (let at = 0; at < count; at++) {
      tails[at] = Math.sqrt(Math.max(0, longest ** 2 - lengths[at]! ** 2));
    }
    return new Points(vectors, tails, longest > 0 ? longest : 1);
  }

  /** The place of a point along a normal of `d + 1` components. */
  place(position: number, normal: Float32Array): number {
    this.vectors.seek(position);
    const { array, at } = this.vectors;
    return project(normal, 0, this.d, array, at) + normal[this.d]! * this.tails[position]!;
  }
}

/** The inner product of `d` components of two arrays. */
export function project(
  normals: Float32Array,
  from: number,
  d: number,
  vectors: Float32Array | Float64Array,
  at: number,
): number {
  // Four running sums: one would wait for each addition.
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  const whole = d & ~3;
  for (let i = 0; i < whole; i += 4) {
    s0 += normals[from + i]! * vectors[at + i]!;
    s1 += normals[from + i + 1]! * vectors[at + i + 1]!;
    s2 += normals[from + i + 2]! * vectors[at + i + 2]!;
    s3 += normals[from + i + 3]! * vectors[at + i + 3]!;
  }
  for (let i = whole; i < d; i++) s0 += normals[from + i]! * vectors[at + i]!;
  return s0 + s1 + (s2 + s3);
}
