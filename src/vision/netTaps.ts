import type { GraphModel } from '@tensorflow/tfjs-converter';
import { loadGraphModel } from '@tensorflow/tfjs-converter';
import type { Tensor } from '@tensorflow/tfjs-core';
import { io, mean, tensor4d, tidy } from '@tensorflow/tfjs-core';
import type { ModelFiles } from './models.ts';
import { loadArtifacts } from './models.ts';
import type { NetPictures } from './types.ts';
import { LARGE_SIDE, SMALL_SIDE } from './types.ts';

const SMALL_NET = 'mobilenet-v2-140';
const SMALL_TAP =
  'StatefulPartitionedCall/sequential/keras_layer/StatefulPartitionedCall/StatefulPartitionedCall/StatefulPartitionedCall/predict/MobilenetV2/Logits/AvgPool';
const LARGE_NET = 'mobilenet-v3-centernet';
const LARGE_TAP = 'tower_0/extern1/hard_swish/mul_1';

/** Raw taps of one photo: `NET_DIMS` values a net. */
export type Taps = readonly [Float32Array, Float32Array];

/** The two nets of `visual-v1` on whatever backend TF.js runs on. */
export interface TapNets {
  /** @returns one pair of taps a photo, and the wall time of the nets, in ms */
  run(photos: readonly NetPictures[]): Promise<{ taps: Taps[]; netMs: number }>;
  /** Runs each net once: shaders compile and memory is laid out before the first photo. */
  warmUp(): Promise<void>;
  dispose(): void;
}

/**
 * Drops alpha and scales: RGBA bytes to RGB floats, side by side for a batch.
 * @returns `pictures.length × side × side × 3` values
 */
function toInput(
  pictures: readonly Uint8ClampedArray[],
  side: number,
  scale: number,
): Float32Array {
  const values = new Float32Array(pictures.length * side * side * 3);
  let to = 0;
  for (const rgba of pictures) {
    for (let from = 0; from < side * side * 4; from += 4) {
      values[to] = rgba[from]! * scale;
      values[to + 1] = rgba[from + 1]! * scale;
      values[to + 2] = rgba[from + 2]! * scale;
      to += 3;
    }
  }
  return values;
}

/** Runs a net up to its tap only: TF.js executes no node that the output does not need. */
function tap(net: GraphModel, input: Float32Array, side: number, name: string): Tensor {
  return tidy(() => {
    const out = net.execute(
      tensor4d(input, [input.length / (side * side * 3), side, side, 3]),
      name,
    );
    // Asked for one output by name, it gives one tensor: [n, h, w, c], pooled here over h and w.
    return mean(out as Tensor, [1, 2]);
  });
}

async function read(tensor: Tensor): Promise<Float32Array> {
  try {
    return (await tensor.data()) as Float32Array;
  } finally {
    tensor.dispose();
  }
}

/**
 * Loads both nets on the backend that TF.js runs on.
 * @throws AkinError `model-missing`, `model-corrupt`
 */
export async function loadTapNets(files: ModelFiles): Promise<TapNets> {
  const artifacts = await Promise.all([SMALL_NET, LARGE_NET].map((id) => loadArtifacts(files, id)));
  const nets: GraphModel[] = [];
  const dispose = (): void => {
    for (const net of nets.splice(0)) net.dispose();
  };
  try {
    for (const artifact of artifacts) nets.push(await loadGraphModel(io.fromMemory(artifact)));
    const [small, large] = nets as [GraphModel, GraphModel];

    const run: TapNets['run'] = async (photos) => {
      let netMs = 0;
      const timed = async (net: GraphModel, input: Float32Array, side: number, name: string) => {
        const start = performance.now();
        const values = await read(tap(net, input, side, name));
        netMs += performance.now() - start;
        return values;
      };
      const taps: Taps[] = [];
      for (const photo of photos) {
        const smallInput = toInput([photo.small], SMALL_SIDE, 1 / 255);
        const smallTap = await timed(small, smallInput, SMALL_SIDE, SMALL_TAP);
        const largeInput = toInput([photo.large], LARGE_SIDE, 1);
        taps.push([smallTap, await timed(large, largeInput, LARGE_SIDE, LARGE_TAP)]);
      }
      return { taps, netMs };
    };
    const warmUp = async (): Promise<void> => {
      const black = (side: number) => new Uint8ClampedArray(side * side * 4);
      await run([{ small: black(SMALL_SIDE), large: black(LARGE_SIDE) }]);
    };
    return { run, warmUp, dispose };
  } catch (error) {
    dispose();
    throw error;
  }
}
