import { trainItq } from '../../quantizer/hashing/itq.ts';
import type { KindOfIndex } from '../kind.ts';
import type { ItqBits } from '../spec/hash.ts';
import { decodeHashParams } from './hashParams.ts';
import { ItqIndex } from './itq.ts';
import { ItqBuilder } from './itqBuilder.ts';
import { itqLayout, readItq } from './itqContainer.ts';

export const itqKind: KindOfIndex<'itq'> = {
  layout: itqLayout,

  specOf({ nbits }, params) {
    const { store, seed } = decodeHashParams(params)!;
    return { kind: 'itq', nbits: nbits as ItqBits, rerank: store, seed };
  },

  load: (kernels, container) => ItqIndex.of(kernels, container.header, readItq(container)),

  async train(kernels, space, { nbits, rerank, seed }, sample, control) {
    const options = { d: space.d, nbits, seed };
    const { mean, directions } = await trainItq(kernels, sample, options, control);
    const planes = { mean, normals: directions };
    return new ItqBuilder(kernels, space, planes, { rerank, seed }, sample);
  },
};
