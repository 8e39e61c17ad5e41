import { io, type NamedTensorMap, type Tensor } from '@tensorflow/tfjs-core';
import { type LayersModel, layers, loadLayersModel, model } from '@tensorflow/tfjs-layers';
import { AkinError } from '../../base/errors.ts';
import type { NetGraph } from './netGraph.ts';

type Layer = layers.Layer;
type Output = LayersModel['outputs'][number];

/** The layers of a layer that is itself a model; `null` for any other. */
export const layersWithin = (layer: Layer): readonly Layer[] | null =>
  (layer as unknown as { readonly layers?: readonly Layer[] }).layers ?? null;

/** A layer's output for the model's input; `null` if there is not exactly one tensor. */
export function outputOf(layer: Layer): Output | null {
  try {
    const { output } = layer;
    return Array.isArray(output) ? null : output;
  } catch {
    return null; /* used more than once, or never */
  }
}

/**
 * The model at the start of a sequential model, such as a trunk with a new head: its layers take
 * the same picture and can be read like the outer model's own.
 */
export function trunkOf(net: LayersModel): LayersModel | null {
  const [first, second] = net.layers;
  const begin = first?.getClassName() === 'InputLayer' ? second : first;
  if (!begin || layersWithin(begin) === null || net.inputs.length !== 1) return null;
  const inner = begin as unknown as LayersModel;
  return inner.inputs?.length === 1 ? inner : null;
}

/** The part of a model that ends at some of its layers; a trunk's are named `<trunk>/<layer>`. */
function partUpTo(net: LayersModel, names: readonly string[]): LayersModel | null {
  const found = names.map((name) => net.layers.find((each) => each.name === name));
  const outputs = found.flatMap((layer) => (layer && outputOf(layer)) ?? []);
  if (outputs.length === names.length) return model({ inputs: net.inputs, outputs });
  const trunk = trunkOf(net);
  const prefix = `${trunk?.name}/`;
  if (!trunk || !names.every((name) => name.startsWith(prefix))) return null;
  const within = names.map((name) => name.slice(prefix.length));
  return partUpTo(trunk, within);
}

/** Total size of weights of these shapes. */
const sizeOf = (shapes: readonly (readonly (number | null)[])[]): number =>
  shapes.reduce((sum, shape) => sum + shape.reduce((n: number, side) => n * (side ?? 1), 1), 0);

/**
 * Builds a model while limiting the weights of each layer to what was supplied: TF.js allocates
 * them before comparing, whatever size a layer declares.
 */
async function within<T>(brought: number, build: () => Promise<T>): Promise<T> {
  const { prototype } = layers.Layer as unknown as {
    readonly prototype: { addWeight(name: string, shape: number[], ...rest: unknown[]): unknown };
  };
  const { addWeight } = prototype;
  let left = brought;
  prototype.addWeight = function (name, shape, ...rest) {
    left -= sizeOf([shape]);
    if (!(left >= 0)) {
      throw new AkinError(
        'model-wrong-weights',
        `The model’s layers need more weights than come with it: it has none for ${name} of shape [${shape}].`,
      );
    }
    return addWeight.call(this, name, shape, ...rest);
  };
  try {
    return await build();
  } finally {
    prototype.addWeight = addWeight;
  }
}

export interface LayersNet extends NetGraph {
  readonly net: LayersModel;
}

/** Loads a layers model; taps are named like layers. */
export async function loadLayersNet(artifacts: io.ModelArtifacts): Promise<LayersNet> {
  const brought = sizeOf((artifacts.weightSpecs ?? []).map(({ shape }) => shape));
  const net = await within(brought, () => loadLayersModel(io.fromMemory(artifacts)));
  const parts = new Map<string, LayersModel | null>();
  const partOf = (names: readonly string[]): LayersModel | null => {
    const key = JSON.stringify(names);
    const known = parts.get(key);
    if (known !== undefined) return known;
    const part = partUpTo(net, names);
    parts.set(key, part);
    return part;
  };
  const run = (picture: Tensor, names: readonly string[]): Tensor[] => {
    const part = partOf(names);
    if (part) return [part.predictOnBatch(picture)].flat();
    // A trunk's layers and outer layers can't be run together.
    if (names.length > 1) return names.flatMap((name) => run(picture, [name]));
    throw new AkinError('model-corrupt', `The model has no layer ${names[0]}.`);
  };
  const batch = net.inputs[0]?.shape[0] ?? null;
  return {
    net,
    batch,
    execute(feeds: NamedTensorMap, names) {
      const [picture, ...others] = Object.values(feeds);
      if (!picture || others.length > 0) {
        throw new AkinError('model-corrupt', 'A model of layers is fed one picture.');
      }
      return run(picture, names);
    },
    dispose: () => {
      net.dispose();
    },
  };
}
