import { serialization } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { AkinError } from '../../base/errors.ts';
import { isRecord } from '../../base/isRecord.ts';
import { layersWithin, outputOf, trunkOf } from '../nets/layersNet.ts';
import { listOf } from './explain.ts';
import type { ModelJson } from './readModelJson.ts';
import type { Place, Skeleton } from './skeleton.ts';

const MOST_DEPTH = 20;

/** Class names of all layers, including nested ones. */
function* classesIn(value: unknown, depth = 0): Generator<string> {
  if (!isRecord(value) || depth > MOST_DEPTH) return;
  if (typeof value.class_name === 'string') yield value.class_name;
  const config = value.config;
  const layers = isRecord(config) ? config.layers : config;
  if (Array.isArray(layers)) for (const layer of layers) yield* classesIn(layer, depth + 1);
  if (isRecord(config) && isRecord(config.layer)) yield* classesIn(config.layer, depth + 1);
}

/** @throws AkinError `model-unknown-op` for layers that TF.js lacks, such as Lambda */
export function checkLayerClasses({ topology }: ModelJson): void {
  // Importing TF.js's layers, as this file does through `layersNet.ts`, has registered them there.
  const known = serialization.SerializationMap.getMap().classNameMap;
  const classes = new Set(classesIn(topology.model_config ?? topology));
  const unknown = [...classes].filter((name) => !Object.hasOwn(known, name));
  if (unknown.length === 0) return;
  throw new AkinError(
    'model-unknown-op',
    `The model needs layers that TensorFlow.js doesn’t have: ${listOf(unknown)}. Layers of one’s own, Lambda among them, stay behind in Python: convert the model as a graph model.`,
    { details: { reason: 'layers', names: listOf(unknown) } },
  );
}

function placesIn(net: LayersModel, prefix: string): Place[] {
  const names = new Map<object, string>();
  const places: Place[] = [];
  for (const layer of net.layers) {
    const output = outputOf(layer);
    if (output === null || layer.getClassName() === 'InputLayer') continue;
    names.set(output, layer.name);
    const { input } = layer;
    const from = (Array.isArray(input) ? input : [input]).flatMap((each) => {
      const name = names.get(each);
      return name === undefined ? [] : `${prefix}${name}`;
    });
    // A nested model also has its own layers.
    const op = layersWithin(layer) ? 'Model' : layer.getClassName();
    places.push({ name: `${prefix}${layer.name}`, op, from, constants: [] });
  }
  return places;
}

/**
 * Reads the structure of a layers model.
 *
 * @throws AkinError `model-wrong-input`
 */
export function layersSkeleton(net: LayersModel): Skeleton {
  const [input] = net.inputs;
  if (!input || net.inputs.length !== 1) {
    throw new AkinError(
      'model-wrong-input',
      net.inputs.length === 0
        ? 'The model doesn’t say what it takes. Akin needs a model that takes one picture.'
        : `The model takes ${net.inputs.length} inputs (${listOf(net.inputNames)}). Akin needs a model that takes one picture.`,
      { details: { reason: 'inputs', count: net.inputs.length } },
    );
  }
  const trunk = trunkOf(net);
  const outer = placesIn(net, '');
  const inner: Place[] = [];
  for (let each = trunk, prefix = ''; each; each = trunkOf(each)) {
    prefix = `${prefix}${each.name}/`;
    inner.unshift(...placesIn(each, prefix));
  }
  const names = net.outputs.map((output) => {
    const layer = net.layers.find((each) => outputOf(each) === output);
    return layer?.name ?? output.name;
  });
  const known = new Set(outer.map(({ name }) => name));
  return {
    input: { name: net.inputNames?.[0] ?? input.name, shape: [...input.shape] },
    places: [...inner, ...outer],
    outputs: names.map((name) => ({
      name,
      problem: known.has(name)
        ? null
        : new AkinError('model-no-output', `${name} can’t be read on its own.`, {
            details: { reason: 'alone', name },
          }),
    })),
  };
}
