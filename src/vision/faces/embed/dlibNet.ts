import type { NamedTensorMap, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import {
  add,
  avgPool,
  dispose,
  fused,
  io,
  keep,
  matMul,
  maxPool,
  mean,
  mul,
  pad,
  relu,
  sub,
  tensor1d,
  tensor4d,
  tidy,
} from '@tensorflow/tfjs-core';
import { AkinError } from '../../../base/errors.ts';
import { CHIP_SIDE } from '../align/chip.ts';

/** Mean colour in the net's training; values are then divided by 255. */
const MEAN_RGB = [122.782, 117.001, 104.298];

/** Residual blocks in order; `_down` halves the sides, and doubles the channels if it has more. */
const BLOCKS = [
  ...['conv32_1', 'conv32_2', 'conv32_3'],
  ...['conv64_down', 'conv64_1', 'conv64_2', 'conv64_3'],
  ...['conv128_down', 'conv128_1', 'conv128_2'],
  ...['conv256_down', 'conv256_1', 'conv256_2', 'conv256_down_out'],
];

const LAYERS = ['conv32_down', ...BLOCKS.flatMap((name) => [`${name}/conv1`, `${name}/conv2`])];

/**
 * A convolution with the following scale layer folded in: s · (w∗x + c) + t = (s·w)∗x + (s·c + t).
 */
interface Convolution {
  readonly filter: Tensor4D;
  readonly bias: Tensor4D;
}

/**
 * dlib's face recognition net: a ResNet of 29 convolutions (He et al. 2016, with half the filters;
 * King, dlib 19.3). Its package contains weights without a graph, so this is the graph.
 */
export interface DlibNet {
  /**
   * @param rgb `n × 150 × 150 × 3` values from 0 to 255: aligned chips
   * @returns `[n, 128]`; the caller disposes of it
   */
  run(rgb: Float32Array, n: number): Tensor2D;
  dispose(): void;
}

/** @throws AkinError `model-corrupt` for a missing weight */
export function createDlibNet(artifacts: io.ModelArtifacts): DlibNet {
  const { weightData, weightSpecs } = artifacts;
  if (weightData === undefined || weightSpecs === undefined) {
    throw new AkinError('model-corrupt', 'The face recognition model holds no weights.');
  }
  const weights: NamedTensorMap = io.decodeWeights(weightData, weightSpecs);
  const convolutions = new Map<string, Convolution>();
  const disposeConvolutions = (): void => {
    for (const { filter, bias } of convolutions.values()) dispose([filter, bias]);
  };
  const take = (name: string) => {
    const weight = weights[name];
    if (weight !== undefined) return weight;
    throw new AkinError('model-corrupt', `The face recognition model lacks its weight ${name}.`);
  };
  let fc: Tensor2D;
  try {
    tidy(() => {
      for (const layer of LAYERS) {
        const scale = take(`${layer}/scale/weights`);
        const shift = take(`${layer}/scale/biases`);
        convolutions.set(layer, {
          filter: keep(mul(take(`${layer}/conv/filters`), scale)),
          bias: keep(add(mul(take(`${layer}/conv/bias`), scale), shift)),
        });
      }
    });
    fc = take('fc').clone() as Tensor2D;
  } catch (error) {
    disposeConvolutions();
    throw error;
  } finally {
    dispose(weights);
  }
  const meanRgb = tensor1d(MEAN_RGB);

  const convolve = (x: Tensor4D, name: string, strides: 1 | 2, activation: 'relu' | 'linear') =>
    fused.conv2d({
      x,
      ...convolutions.get(name)!,
      strides,
      pad: strides === 1 ? 'same' : 'valid',
      activation,
    });

  /** Pads the last row, column and channel with zeros to a shape. */
  const grow = (x: Tensor4D, [, height, width, channels]: readonly number[]): Tensor4D =>
    pad(x, [
      [0, 0],
      [0, Math.max(0, height! - x.shape[1])],
      [0, Math.max(0, width! - x.shape[2])],
      [0, Math.max(0, channels! - x.shape[3])],
    ]);

  const block = (x: Tensor4D, name: string): Tensor4D => {
    const down = name.includes('_down');
    const inner = convolve(x, `${name}/conv1`, down ? 2 : 1, 'relu');
    const branch = convolve(inner, `${name}/conv2`, 1, 'linear');
    const straight: Tensor4D = down ? avgPool(x, 2, 2, 'valid') : x;
    return relu(add(grow(branch, straight.shape), grow(straight, branch.shape)));
  };

  return {
    run: (rgb, n) =>
      tidy(() => {
        const input = mul(sub(tensor4d(rgb, [n, CHIP_SIDE, CHIP_SIDE, 3]), meanRgb), 1 / 255);
        const stem = convolve(input as Tensor4D, 'conv32_down', 2, 'relu');
        const top = BLOCKS.reduce<Tensor4D>(block, maxPool(stem, 3, 2, 'valid'));
        return matMul(mean(top, [1, 2]) as Tensor2D, fc);
      }),
    dispose: () => {
      disposeConvolutions();
      dispose([fc, meanRgb]);
    },
  };
}
