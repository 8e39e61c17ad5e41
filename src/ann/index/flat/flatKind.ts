import { AkinError } from '../../../base/errors.ts';
import type { Kernels } from '../../kernels/kernels.ts';
import { checkId, checkVector } from '../checkVector.ts';
import type { KindOfIndex } from '../kind.ts';
import type { IndexBuilder, VectorIndex, VectorSpace } from '../vectorIndex.ts';
import { FlatIndex } from './flat.ts';
import { flatLayout, readSq8Flat } from './flatContainer.ts';
import { Sq8FlatBuilder, Sq8FlatIndex } from './sq8Flat.ts';

/** A flat index needs no training: vectors are added directly. */
class FlatBuilder implements IndexBuilder {
  readonly warnings = [];
  readonly #index: FlatIndex;
  #sealed = false;

  constructor(kernels: Kernels, space: VectorSpace) {
    this.#index = new FlatIndex(kernels, space);
  }

  add(ids: ArrayLike<number>, vectors: Float32Array): void {
    const { d } = this.#index;
    if (vectors.length !== ids.length * d) {
      throw new AkinError('bad-vector', `${vectors.length} components for ${ids.length} ids`);
    }
    const vectorAt = (i: number) => vectors.subarray(i * d, (i + 1) * d);
    const added = new Set<number>();
    for (let i = 0; i < ids.length; i++) {
      checkId(ids[i]!);
      checkVector(vectorAt(i), d);
      if (this.#index.holds(ids[i]!) || added.has(ids[i]!)) {
        throw new AkinError('invalid-argument', `the id ${ids[i]} was added twice`);
      }
      added.add(ids[i]!);
    }
    for (let i = 0; i < ids.length; i++) this.#index.add(ids[i]!, vectorAt(i));
  }

  seal(): VectorIndex {
    this.#sealed = true;
    this.#index.trim();
    return this.#index;
  }

  dispose(): void {
    if (!this.#sealed) this.#index.dispose();
  }
}

export const flatKind: KindOfIndex<'flat'> = {
  layout: flatLayout,

  specOf: ({ nbits }) => ({ kind: 'flat', store: nbits === 8 ? 'sq8' : 'float32' }),

  load: (kernels, container) =>
    container.header.nbits === 0
      ? new FlatIndex(kernels, container.header, container)
      : Sq8FlatIndex.of(kernels, container.header, readSq8Flat(container)),

  train: async (kernels, space, { store }, sample) =>
    store === 'float32'
      ? new FlatBuilder(kernels, space)
      : new Sq8FlatBuilder(kernels, space, sample),
};
