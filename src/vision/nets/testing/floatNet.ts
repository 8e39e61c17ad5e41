import { graphOf, POOLED_AXES } from '../../../../scripts/nets/graph.ts';
import { readSource } from '../../../../scripts/nets/source.ts';
import type { ModelFiles } from '../../models.ts';

/** The original net with float32 weights, converted to a graph by our own script. */
export function floatNet(folder: string): ModelFiles {
  const source = readSource(folder);
  const weights = source.net.layers
    .flatMap(({ kernel, bias }) => [kernel, bias])
    .filter((weight) => weight !== undefined);
  const axes = { name: POOLED_AXES, shape: [2], dtype: 'int32' };
  const model = {
    format: 'graph-model',
    ...graphOf(source.net),
    weightsManifest: [
      {
        paths: ['weights.bin'],
        weights: [...weights.map(({ name, shape }) => ({ name, shape, dtype: 'float32' })), axes],
      },
    ],
  };
  const bytes = Buffer.concat([
    ...weights.map((weight) => {
      const values = source.values(weight);
      return Buffer.from(values.buffer, values.byteOffset, values.byteLength);
    }),
    Buffer.from(Int32Array.of(1, 2).buffer),
  ]);
  return {
    sha256: () => '',
    json: async () => model,
    bytes: async () => Uint8Array.from(bytes),
  };
}
