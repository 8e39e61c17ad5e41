import type { Kernels } from '../../kernels/kernels.ts';
import type { TrainControl } from '../../quantizer/control.ts';
import type { KindOfIndex } from '../kind.ts';
import { decodeParams } from '../params.ts';
import type { PqBits, SpecOf } from '../spec.ts';
import type { IndexBuilder, VectorSpace } from '../vectorIndex.ts';
import { CodedBuilder } from './codedBuilder.ts';
import { codedLayout, readCoded } from './codedParts.ts';
import { trainCodes } from './codedTrain.ts';
import { PqIndex } from './pq.ts';

function pqKindOf<K extends 'pq' | 'opq'>(kind: K): KindOfIndex<K> {
  return {
    layout: codedLayout(kind),
    specOf: ({ M, nbits, nlist }, params) => {
      const { rerank, seed } = decodeParams(kind, nlist, params)!;
      return { kind, M, nbits: nbits as PqBits, rerank, seed } as SpecOf<K>;
    },
    load: (kernels, container) => PqIndex.of(kernels, container.header, readCoded(kind, container)),
    train,
  };
}

async function train(
  kernels: Kernels,
  space: VectorSpace,
  { kind, M, nbits, rerank, seed }: SpecOf<'pq' | 'opq'>,
  sample: Float32Array,
  control?: TrainControl,
): Promise<IndexBuilder> {
  const training = { d: space.d, M, nbits, opq: kind === 'opq', seed };
  const model = await trainCodes(kernels, sample, training, control);
  const make = PqIndex.of.bind(null, kernels, space);
  return new CodedBuilder(kernels, space, { rerank, seed }, model, sample, make);
}

export const pqKind = pqKindOf('pq');
export const opqKind = pqKindOf('opq');
