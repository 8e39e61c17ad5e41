import type { IndexKind } from '../format/header.ts';
import type { Container, IndexNumbers, KindLayout } from '../format/read.ts';
import type { Kernels } from '../kernels/kernels.ts';
import type { TrainControl } from '../quantizer/control.ts';
import type { SpecOf } from './spec.ts';
import type { IndexBuilder, VectorIndex, VectorSpace } from './vectorIndex.ts';

/** Defines an index kind: its container layout, loading and training. */
export interface KindOfIndex<K extends IndexKind> {
  readonly layout: KindLayout;

  /**
   * The specification of a saved index.
   *
   * @param numbers of its header, checked by `layout`
   * @param params of its params section, checked by `layout`
   */
  specOf(numbers: IndexNumbers, params: readonly number[]): SpecOf<K>;

  /**
   * Creates the index of a container with a checked layout; the section contents are unchecked.
   *
   * @throws `corrupt`, `out-of-memory`
   */
  load(kernels: Kernels, container: Container): VectorIndex;

  /**
   * Trains on a sample and returns the builder for the vectors.
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
