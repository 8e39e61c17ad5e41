import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import { tensor4d, tidy, transpose } from '@tensorflow/tfjs-core';
import { AkinError } from '../../base/errors.ts';
import type { ModelFiles } from '../models.ts';
import { loadArtifacts } from '../models.ts';
import type { LayerMap, NetPicture } from '../types.ts';
import type { FeatureMap } from './contributions.ts';
import { shownLayers, strongestChannels } from './layerMaps.ts';
import { loadNetGraph } from './loadNetGraph.ts';
import type { NetGraph } from './netGraph.ts';
import { batchShape, callsFor, netInput } from './netInput.ts';
import { pool, poolWindows, WINDOWS } from './pooling.ts';
import type { NetSpec } from './spec.ts';

/** Windows of a map. */
const REGIONS = WINDOWS * WINDOWS;

/** A net's output for one picture. */
export interface NetReading {
  /** `tap.dims` values, pooled. */
  readonly features: Float32Array;
  /** (9 × `tap.dims`) the windows of the map up to a factor; `null` if the tap is no map. */
  readonly regions: Float32Array | null;
  /** `classes.count` values; `null` for a net without a classifier. */
  readonly logits: Float32Array | null;
}

/** A net on TF.js's current backend. */
export interface Net {
  readonly spec: NetSpec;
  /** @returns one reading per picture, in order, and the wall time of the net, in ms */
  run(pictures: readonly NetPicture[]): Promise<{ readings: NetReading[]; netMs: number }>;
  /** The map of one picture and its pooled features; `null` if the tap is no map. */
  map(picture: NetPicture): Promise<FeatureMap | null>;
  /**
   * What an early, a middle and a late layer respond to in one picture, `count` channels of each;
   * `null` for a net whose layers aren't known.
   */
  layers(picture: NetPicture, count: number): Promise<readonly LayerMap[] | null>;
  /**
   * Runs the net once, so that shaders are compiled and memory is allocated before the first photo.
   */
  warmUp(): Promise<void>;
  dispose(): void;
}

const unlike = (what: string): AkinError =>
  new AkinError('model-corrupt', `The model isn’t what its description says: ${what}.`);

/** The tap of pictures of one size, and the features pooled from it: runs the net no further. */
function tapped(graph: NetGraph, pictures: readonly NetPicture[], spec: NetSpec) {
  const { input, tap } = spec;
  const values = netInput(pictures, input);
  const picture = tensor4d(values, batchShape(pictures.length, pictures[0]!, input));
  const [output] = graph.execute({ [input.name]: picture }, [tap.name]);
  const rank = tap.pooling === 'none' ? 2 : 4;
  if (output?.rank !== rank) throw unlike(`${tap.name} has the shape [${output?.shape}]`);
  const features: Tensor2D = pool(output, spec);
  if (features.rank !== 2 || features.shape[1] !== tap.dims) {
    throw unlike(`${tap.name} has the shape [${features.shape}]`);
  }
  return { output, features };
}

/** The features, windows and logits of pictures of one size, as far as the net has them. */
function forward(graph: NetGraph, pictures: readonly NetPicture[], spec: NetSpec): Tensor[] {
  const { tap, classes } = spec;
  return tidy(() => {
    const { output, features } = tapped(graph, pictures, spec);
    const regions = tap.pooling === 'none' ? [] : [poolWindows(output as Tensor4D, spec)];
    if (classes === null) return [features, ...regions];
    const [logits] = graph.execute({ [classes.from]: features }, [classes.name]);
    if (logits?.rank !== 2 || logits.shape[1] !== classes.count) {
      throw unlike(`${classes.name} has the shape [${logits?.shape}]`);
    }
    return [features, ...regions, logits];
  });
}

/** The features and the map, row by row whatever the net's layout. */
function forwardMap(graph: NetGraph, picture: NetPicture, spec: NetSpec): Tensor[] {
  return tidy(() => {
    const { output, features } = tapped(graph, [picture], spec);
    const map = output as Tensor4D;
    return [features, spec.input.layout === 'nhwc' ? map : transpose(map, [0, 2, 3, 1])];
  });
}

/** The outputs of some nodes for one picture, row by row. */
function forwardTo(
  graph: NetGraph,
  picture: NetPicture,
  { input }: NetSpec,
  names: readonly string[],
): Tensor[] {
  return tidy(() => {
    const values = netInput([picture], input);
    const feeds = { [input.name]: tensor4d(values, batchShape(1, picture, input)) };
    return graph.execute(feeds, names).map((output, i) => {
      if (output.rank !== 4) throw unlike(`${names[i]} has the shape [${output.shape}]`);
      return input.layout === 'nhwc' ? output : transpose(output, [0, 2, 3, 1]);
    });
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
          regions: regions?.subarray(REGIONS * at * dims, REGIONS * (at + 1) * dims) ?? null,
          logits: logits ? logits.subarray(at * count, (at + 1) * count) : null,
        };
      }
    }
    return { readings, netMs };
  };

  const map: Net['map'] = async (picture) => {
    if (spec.tap.pooling === 'none') return null;
    const tensors = forwardMap(graph, picture, spec);
    const [, height = 0, width = 0] = tensors[1]!.shape;
    const [features, cells] = await readAll(tensors);
    return { height, width, cells: cells!, features: features! };
  };

  const layers: Net['layers'] = async (picture, count) => {
    const shown = shownLayers(spec.id);
    if (shown === null) return null;
    const names = shown.map(({ name }) => name);
    const tensors = forwardTo(graph, picture, spec, names);
    const shapes = tensors.map(({ shape }) => shape);
    const values = await readAll(tensors);
    return shown.map((layer, i) => {
      const [, height = 0, width = 0, channels = 0] = shapes[i]!;
      const maps = strongestChannels(values[i]!, channels, count);
      return { ...layer, height, width, channels, maps };
    });
  };

  return {
    spec,
    run,
    map,
    layers,
    warmUp: async () => {
      const { side, longSides } = spec.input;
      const width = longSides[1] ?? side;
      const rgba = new Uint8ClampedArray(4 * width * side);
      await run([{ rgba, width, height: side }]);
    },
    dispose: () => graph.dispose(),
  };
}
