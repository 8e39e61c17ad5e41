import type { SourceLayer, SourceNet } from './source.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const text = (value: string) => ({ s: base64(value) });
const ints = (values: readonly number[]) => ({ list: { i: values.map(String) } });
const FLOAT = { type: 'DT_FLOAT' };

const shapeOf = (sides: readonly number[]) => ({
  dim: sides.map((side) => ({ size: String(side) })),
});

const constant = (name: string, shape: readonly number[], dtype = 'DT_FLOAT') => ({
  name,
  op: 'Const',
  attr: { dtype: { type: dtype }, value: { tensor: { dtype, tensorShape: shapeOf(shape) } } },
});

/** A convolution with bias and optional activation, fused into one node. */
function convolution(layer: SourceLayer) {
  const { name, op, input, stride, activation, kernel, bias } = layer;
  return {
    name,
    op: op === 'conv2d' ? '_FusedConv2D' : 'FusedDepthwiseConv2dNative',
    input: [input!, kernel!.name, bias!.name],
    attr: {
      T: FLOAT,
      data_format: text('NHWC'),
      dilations: ints([1, 1, 1, 1]),
      explicit_paddings: { list: {} },
      fused_ops: {
        list: { s: ['BiasAdd', ...(activation ? ['Relu6'] : [])].map(base64) },
      },
      num_args: { i: '1' },
      padding: text('SAME'),
      strides: ints([1, stride!, stride!, 1]),
    },
  };
}

/** Name of the constant with the axes that the features are averaged over. */
export const POOLED_AXES = 'features/axes';

function nodesOf(layer: SourceLayer): object[] {
  const { name, op, input, kernel, bias } = layer;
  const weights = [kernel, bias].flatMap((w) => (w ? [constant(w.name, w.shape)] : []));
  switch (op) {
    case 'conv2d':
    case 'depthwiseConv2d':
      return [...weights, convolution(layer)];
    case 'add':
      return [{ name, op: 'AddV2', input: [...layer.inputs!], attr: { T: FLOAT } }];
    case 'globalAveragePool':
      return [
        constant(POOLED_AXES, [2], 'DT_INT32'),
        {
          name,
          op: 'Mean',
          input: [input!, POOLED_AXES],
          attr: { T: FLOAT, Tidx: { type: 'DT_INT32' }, keep_dims: { b: false } },
        },
      ];
    case 'dense':
      return [
        ...weights,
        {
          name,
          op: '_FusedMatMul',
          input: [input!, kernel!.name, bias!.name],
          attr: {
            T: FLOAT,
            fused_ops: { list: { s: [base64('BiasAdd')] } },
            num_args: { i: '1' },
            transpose_a: { b: false },
            transpose_b: { b: false },
          },
        },
      ];
  }
}

const tensor = (name: string, sides: readonly number[]) => ({
  name,
  dtype: 'DT_FLOAT',
  tensorShape: shapeOf(sides),
});

/**
 * The model as a graph in the form of TF.js's converter. Input: a picture of any size. Outputs: the
 * last feature map, its mean and the logits.
 */
export function graphOf({ layers }: SourceNet): { modelTopology: object; signature: object } {
  const picture = [-1, -1, -1, 3];
  const classes = layers.at(-1)!.bias!.shape[0]!;
  const channels = layers.at(-3)!.bias!.shape[0]!;
  return {
    modelTopology: {
      node: [
        {
          name: 'image',
          op: 'Placeholder',
          attr: { dtype: FLOAT, shape: { shape: shapeOf(picture) } },
        },
        ...layers.flatMap(nodesOf),
      ],
      library: {},
      versions: { producer: 1 },
    },
    signature: {
      inputs: { image: tensor('image', picture) },
      outputs: {
        head: tensor('head', [-1, -1, -1, channels]),
        features: tensor('features', [-1, channels]),
        logits: tensor('logits', [-1, classes]),
      },
    },
  };
}
