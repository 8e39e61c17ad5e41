import type { Kernels } from '../../kernels/kernels.ts';
import type { TrainControl } from '../../quantizer/control.ts';
import type { KindOfIndex } from '../kind.ts';
import { decodeParams, defaultNprobe } from '../params.ts';
import type { PqBits, SpecOf } from '../spec.ts';
import type { IndexBuilder, VectorSpace } from '../vectorIndex.ts';
import { CodedBuilder } from './codedBuilder.ts';
import { codedLayout, readCoded } from './codedParts.ts';
import { trainResidualCodes } from './codedTrain.ts';
import { IvfPqIndex } from './ivfpq.ts';

async function train(
  kernels: Kernels,
  space: VectorSpace,
  { nlist, M, nbits, opq, rerank, seed }: SpecOf<'ivfpq'>,
  sample: Float32Array,
  control?: TrainControl,
): Promise<IndexBuilder> {
  const training = { d: space.d, M, nbits, opq, seed };
  const model = await trainResidualCodes(kernels, sample, nlist, training, control);
  const params = { rerank, nprobe: defaultNprobe(nlist), opq, seed };
  const make = IvfPqIndex.of.bind(null, kernels, space);
  return new CodedBuilder(kernels, space, params, model, sample, make);
}

export const ivfpqKind: KindOfIndex<'ivfpq'> = {
  layout: codedLayout('ivfpq'),
  specOf: ({ M, nbits, nlist }, params) => {
    const { opq, rerank, seed } = decodeParams('ivfpq', nlist, params)!;
    return { kind: 'ivfpq', nlist, M, nbits: nbits as PqBits, opq, rerank, seed };
  },
  load: (kernels, container) =>
    IvfPqIndex.of(kernels, container.header, readCoded('ivfpq', container)),
  train,
};
