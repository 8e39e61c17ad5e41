import { createPrng } from '../../../base/prng.ts';
import { checkpoint } from '../../quantizer/control.ts';
import { randomHyperplanes } from '../../quantizer/hashing/randomHyperplanes.ts';
import { meanOf } from '../../quantizer/rotation/pca.ts';
import type { KindOfIndex } from '../kind.ts';
import type { LshStore } from '../spec/hash.ts';
import { decodeHashParams } from './hashParams.ts';
import { LshIndex } from './lsh.ts';
import { LshBuilder } from './lshBuilder.ts';
import { lshLayout, readLsh } from './lshContainer.ts';

export const lshKind: KindOfIndex<'lsh'> = {
  layout: lshLayout,

  specOf({ M, nbits }, params) {
    const { store, seed } = decodeHashParams(params)!;
    return { kind: 'lsh', tables: M, bits: nbits, store: store as LshStore, seed };
  },

  load: (kernels, container) => LshIndex.of(kernels, container.header, readLsh(container)),

  async train(kernels, space, spec, sample, control) {
    await checkpoint(control, 'hyperplanes', 0);
    const { tables, bits, seed } = spec;
    const normals = randomHyperplanes(tables, bits, space.d, createPrng(seed));
    const mean = Float32Array.from(meanOf(sample, space.d));
    return new LshBuilder(kernels, space, { mean, normals }, spec, sample);
  },
};
