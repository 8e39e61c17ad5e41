import type { IndexKind } from '../format/header.ts';
import type { Container, KindLayout } from '../format/read.ts';
import type { Kernels } from '../kernels/kernels.ts';
import type { TrainControl } from '../quantizer/control.ts';
import type { SpecOf } from './spec.ts';
import type { IndexBuilder, VectorIndex, VectorSpace } from './vectorIndex.ts';

/** What a kind of index tells of itself: how it is laid out in a container, loaded and trained. */
export interface KindOfIndex<K extends IndexKind> {
  readonly layout: KindLayout;

  /**
   * Makes the index of a container whose layout was checked; what is in the sections is not.
   *
   * @throws `corrupt`, `out-of-memory`
   */
  load(kernels: Kernels, container: Container): VectorIndex;

  /**
   * Trains on a sample, and returns what takes the vectors.
   *
   * @param spec resolved
   * @param sample `n × d`, checked
   * @throws `invalid-argument`, `out-of-memory`, `aborted`
   */
  train(
    kernels: Kernels,
    space: VectorSpace,
    spec: SpecOf<K>,
    sample: Float32Array,
    control?: TrainControl,
  ): Promise<IndexBuilder>;
}
