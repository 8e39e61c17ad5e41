import { io } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { BroughtFile } from '../readFiles.ts';

export const fileOf = (name: string, content: BlobPart): BroughtFile => ({
  name,
  file: new Blob([content]),
});

/** A saved model as parsed JSON and bytes, to modify and turn into files. */
export interface SavedModel {
  // biome-ignore lint/suspicious/noExplicitAny: tests break it in every way
  json: any;
  bytes: Uint8Array<ArrayBuffer>;
}

export const filesOf = ({ json, bytes }: SavedModel, folder = ''): BroughtFile[] => [
  fileOf(`${folder}model.json`, typeof json === 'string' ? json : JSON.stringify(json)),
  fileOf(`${folder}weights.bin`, bytes),
];

/** Saves a layers model in TF.js's format. */
export async function savedLayers(net: LayersModel): Promise<SavedModel> {
  let saved: io.ModelArtifacts | undefined;
  await net.save(
    io.withSaveHandler(async (artifacts) => {
      saved = artifacts;
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
    }),
  );
  const { modelTopology, weightSpecs, weightData } = saved!;
  return {
    json: {
      format: 'layers-model',
      generatedBy: 'a test',
      convertedBy: null,
      modelTopology,
      weightsManifest: [{ paths: ['./weights.bin'], weights: weightSpecs }],
    },
    bytes: new Uint8Array(io.CompositeArrayBuffer.join(weightData)),
  };
}

interface TinyNode {
  readonly name: string;
  readonly op: string;
  readonly input?: readonly string[];
  readonly attr?: Readonly<Record<string, unknown>>;
}

const FLOAT = { type: 'DT_FLOAT' };
const ints = (...values: number[]) => ({ list: { i: values.map(String) } });

export const placeholder = (name: string, shape: readonly number[]): TinyNode => ({
  name,
  op: 'Placeholder',
  attr: { dtype: FLOAT, shape: { shape: { dim: shape.map((size) => ({ size: String(size) })) } } },
});

export const node = (
  name: string,
  op: string,
  input: readonly string[],
  attr: Readonly<Record<string, unknown>> = {},
): TinyNode => ({ name, op, input, attr: { T: FLOAT, ...attr } });

export const conv = (name: string, input: string, filter: string, stride = 2): TinyNode =>
  node(name, 'Conv2D', [input, filter], {
    strides: ints(1, stride, stride, 1),
    dilations: ints(1, 1, 1, 1),
    padding: { s: Buffer.from('SAME').toString('base64') },
    data_format: { s: Buffer.from('NHWC').toString('base64') },
  });

/** A graph model with the given weights and shapes. */
export function savedGraph(
  nodes: readonly TinyNode[],
  weights: Readonly<Record<string, { shape: number[]; values: readonly number[]; int?: boolean }>>,
): SavedModel {
  const entries = Object.entries(weights);
  const constants = entries.map(([name, { int }]): TinyNode => {
    return { name, op: 'Const', attr: { dtype: int ? { type: 'DT_INT32' } : FLOAT } };
  });
  const parts = entries.map(([, { values, int }]) =>
    int ? Int32Array.from(values) : Float32Array.from(values),
  );
  return {
    json: {
      format: 'graph-model',
      modelTopology: { node: [...constants, ...nodes], versions: { producer: 22 } },
      weightsManifest: [
        {
          paths: ['weights.bin'],
          weights: entries.map(([name, { shape, int }]) => ({
            name,
            shape,
            dtype: int ? 'int32' : 'float32',
          })),
        },
      ],
    },
    bytes: new Uint8Array(Buffer.concat(parts.map((part) => Buffer.from(part.buffer)))),
  };
}

/** Distinct small values, always the same. */
export const values = (n: number): number[] =>
  Array.from({ length: n }, (_, i) => Math.sin(12.9898 * (i + 1)) * 0.3);

/** Two convolutions, a mean and a product: `[1, 16, 16, 40]`, `[1, 40]` and `[1, 5]`. */
export function tinyGraph(): SavedModel {
  return savedGraph(
    [
      placeholder('image', [-1, 64, 64, 3]),
      conv('first', 'image', 'first/filter'),
      node('first/relu', 'Relu', ['first']),
      conv('second', 'first/relu', 'second/filter'),
      node('second/relu', 'Relu6', ['second']),
      node('pooled', 'Mean', ['second/relu', 'axes'], { keep_dims: { b: false } }),
      node('logits', 'MatMul', ['pooled', 'kernel'], {
        transpose_a: { b: false },
        transpose_b: { b: false },
      }),
      node('classes', 'Softmax', ['logits']),
    ],
    {
      'first/filter': { shape: [3, 3, 3, 8], values: values(216) },
      'second/filter': { shape: [3, 3, 8, 40], values: values(2880) },
      axes: { shape: [2], values: [1, 2], int: true },
      kernel: { shape: [40, 5], values: values(200) },
    },
  );
}
