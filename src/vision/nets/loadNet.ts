import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import { concat, mean, slice, tensor4d, tidy } from '@tensorflow/tfjs-core';
import { AkinError } from '../../base/errors.ts';
import type { ModelFiles } from '../models.ts';
import { loadArtifacts } from '../models.ts';
import type { NetPicture } from '../types.ts';
import { loadNetGraph } from './loadNetGraph.ts';
import type { NetGraph } from './netGraph.ts';
import { batchShape, callsFor, netInput } from './netInput.ts';
import type { NetSpec } from './spec.ts';

/** A net's output for one picture. */
export interface NetReading {
  /** `tap.dims` values, pooled. */
  readonly features: Float32Array;
  /** (4 × `tap.dims`) the quarters of the map, row by row; `null` if the tap is no map. */
  readonly regions: Float32Array | null;
  /** `classes.count` values; `null` for a net without a classifier. */
  readonly logits: Float32Array | null;
}

/** A net on TF.js's current backend. */
export interface Net {
  readonly spec: NetSpec;
  /** @returns one reading per picture, in order, and the wall time of the net, in ms */
  run(pictures: readonly NetPicture[]): Promise<{ readings: NetReading[]; netMs: number }>;
  /**
   * Runs the net once, so that shaders are compiled and memory is allocated before the first photo.
   */
  warmUp(): Promise<void>;
  dispose(): void;
}

/** The central square of a map; a square map is returned unchanged. */
function centralSquare(map: Tensor4D, { layout }: NetSpec['input']): Tensor4D {
  const [down, across] = layout === 'nhwc' ? [1, 2] : [2, 3];
  const sides = [map.shape[down!]!, map.shape[across!]!];
  const side = Math.min(...sides);
  if (sides[0] === sides[1]) return map;
  const begin = [0, 0, 0, 0];
  const size = [...map.shape];
  for (const [i, axis] of [down!, across!].entries()) {
    begin[axis] = Math.floor((sides[i]! - side) / 2);
    size[axis] = side;
  }
  return slice(map, begin, size);
}

/** The features of a batch: `[n, dims]`. */
function pool(tap: Tensor, { input, tap: { pooling } }: NetSpec): Tensor2D {
  if (pooling === 'none') return tap as Tensor2D;
  const map = pooling === 'mean' ? (tap as Tensor4D) : centralSquare(tap as Tensor4D, input);
  return mean(map, input.layout === 'nhwc' ? [1, 2] : [2, 3]);
}

/** The means of a map's quarters, `[n, 4 · dims]`. Those of an odd side share its middle line. */
function poolQuarters(map: Tensor4D, { layout }: NetSpec['input']): Tensor2D {
  const [down, across] = layout === 'nhwc' ? [1, 2] : [2, 3];
  const [height, width] = [map.shape[down!]!, map.shape[across!]!];
  const halves = (side: number) => [0, Math.floor(side / 2)];
  const quarters = halves(height).flatMap((top) =>
    halves(width).map((left) => {
      const begin = [0, 0, 0, 0];
      const size = [...map.shape];
      [begin[down!], begin[across!]] = [top, left];
      [size[down!], size[across!]] = [Math.ceil(height / 2), Math.ceil(width / 2)];
      return mean(slice(map, begin, size), [down!, across!]) as Tensor2D;
    }),
  );
  return concat(quarters, 1);
}

const unlike = (what: string): AkinError =>
  new AkinError('model-corrupt', `The model isn’t what its description says: ${what}.`);

/** Runs a net up to its taps only: TF.js executes nothing beyond them. */
function forward(graph: NetGraph, pictures: readonly NetPicture[], spec: NetSpec): Tensor[] {
  const { input, tap, classes } = spec;
  return tidy(() => {
    const values = netInput(pictures, input);
    const picture = tensor4d(values, batchShape(pictures.length, pictures[0]!, input));
    const [tapped] = graph.execute({ [input.name]: picture }, [tap.name]);
    const mapped = tap.pooling === 'none' ? 2 : 4;
    if (tapped?.rank !== mapped) throw unlike(`${tap.name} has the shape [${tapped?.shape}]`);
    const features = pool(tapped, spec);
    if (features.rank !== 2 || features.shape[1] !== tap.dims) {
      throw unlike(`${tap.name} has the shape [${features.shape}]`);
    }
    const regions = tap.pooling === 'none' ? [] : [poolQuarters(tapped as Tensor4D, input)];
    if (classes === null) return [features, ...regions];
    const [logits] = graph.execute({ [classes.from]: features }, [classes.name]);
    if (logits?.rank !== 2 || logits.shape[1] !== classes.count) {
      throw unlike(`${classes.name} has the shape [${logits?.shape}]`);
    }
    return [features, ...regions, logits];
  });
}

async function readAll(tensors: readonly Tensor[]): Promise<Float32Array[]> {
  try {
    return (await Promise.all(tensors.map((tensor) => tensor.data()))) as Float32Array[];
  } finally {
    for (const tensor of tensors) tensor.dispose();
  }
}

/**
 * Loads a net on TF.js's current backend.
 *
 * @param batch pictures of one size per call of the net; 1 if more gain nothing
 * @throws AkinError `model-missing`, `model-corrupt`
 */
export async function loadNet(files: ModelFiles, spec: NetSpec, batch: number): Promise<Net> {
  return netOf(await loadNetGraph(await loadArtifacts(files, spec.id), spec.format), spec, batch);
}

/** Creates a net from a loaded model, which is disposed with it. */
export function netOf(graph: NetGraph, spec: NetSpec, batch: number): Net {
  const { dims } = spec.tap;
  const atOnce = graph.batch ?? batch;

  const run: Net['run'] = async (pictures) => {
    const readings: NetReading[] = new Array(pictures.length);
    let netMs = 0;
    for (const call of callsFor(pictures, atOnce)) {
      const start = performance.now();
      const tensors = forward(
        graph,
        call.map((i) => pictures[i]!),
        spec,
      );
      const read = await readAll(tensors);
      netMs += performance.now() - start;
      const features = read[0]!;
      const regions = spec.tap.pooling === 'none' ? null : read[1]!;
      const logits = spec.classes ? read.at(-1)! : null;
      const count = spec.classes?.count ?? 0;
      for (const [at, i] of call.entries()) {
        readings[i] = {
          features: features.subarray(at * dims, (at + 1) * dims),
          regions: regions?.subarray(4 * at * dims, 4 * (at + 1) * dims) ?? null,
          logits: logits ? logits.subarray(at * count, (at + 1) * count) : null,
        };
      }
    }
    return { readings, netMs };
  };

  return {
    spec,
    run,
    warmUp: async () => {
      const { side, longSides } = spec.input;
      const width = longSides[1] ?? side;
      const rgba = new Uint8ClampedArray(4 * width * side);
      await run([{ rgba, width, height: side }]);
    },
    dispose: () => graph.dispose(),
  };
}
