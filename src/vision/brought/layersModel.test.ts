import '@tensorflow/tfjs-backend-cpu';
import { setBackend } from '@tensorflow/tfjs-core';
import { layers, model, sequential } from '@tensorflow/tfjs-layers';
import { beforeEach, describe, expect, it } from 'vitest';
import { netOf } from '../nets/loadNet.ts';
import { checkAnswers } from './checkAnswers.ts';
import { check, code, open, spec } from './testing/opened.ts';
import { type SavedModel, savedLayers } from './testing/tinyModels.ts';

beforeEach(() => setBackend('cpu'));

/** A net of two layers and a head, with a fixed or variable input size. */
function tinyLayers(side: number | null) {
  const net = sequential({ name: 'tiny' });
  net.add(
    layers.conv2d({
      inputShape: [side, side, 3] as [number, number, 3],
      ...{ name: 'one', filters: 8, kernelSize: 3, strides: 2, activation: 'relu' },
    }),
  );
  net.add(layers.conv2d({ name: 'two', filters: 36, kernelSize: 3, strides: 2 }));
  net.add(layers.activation({ name: 'two_relu', activation: 'relu' }));
  net.add(layers.globalAveragePooling2d({ name: 'pool' }));
  net.add(layers.dense({ name: 'head', units: 4, activation: 'softmax' }));
  return net;
}

describe('a layers model', () => {
  it('opens like a graph model, with its layers as taps', async () => {
    const opened = await open(await savedLayers(tinyLayers(33)));
    expect(opened.format).toBe('layers-model');
    expect(opened.input).toMatchObject({ shape: [null, 33, 33, 3], layout: 'nhwc', side: 33 });
    expect(opened.outputs).toEqual([{ name: 'head', shape: [1, 4], problem: null }]);
    expect(opened.taps.map(({ name, shape }) => [name, ...shape])).toEqual([
      ['head', 1, 4],
      ['pool', 1, 36],
      ['two_relu', 1, 7, 7, 36],
      ['one', 1, 16, 16, 8],
    ]);
    expect(opened.guess.tap).toBe('two_relu');
    const pooled = await check(opened);
    const vector = await check(opened, { tap: 'pool', pooling: 'none' });
    for (const [i, value] of vector.vectors[0]!.entries()) {
      expect(value).toBeCloseTo(pooled.vectors[0]![i]!, 5);
    }
    opened.graph.dispose();
  });

  it('can keep the aspect ratio if it accepts any side', async () => {
    const opened = await open(await savedLayers(tinyLayers(null)));
    expect(opened.input.side).toBeNull();
    expect(opened.guess.side).toBe(224);
    expect(opened.aspects).toContain('keep');
    const kept = spec(opened, { side: 48, aspect: 'keep', pooling: 'central-square' });
    expect(kept.input.longSides).toEqual([48, 64, 85]);
    expect((await checkAnswers(netOf(opened.graph, kept, 1))).vectors).toHaveLength(12);
    opened.graph.dispose();
  });

  it('offers the layers of a nested trunk under a new head', async () => {
    const whole = tinyLayers(33);
    const inner = model({
      ...{ name: 'trunk', inputs: whole.inputs, outputs: whole.getLayer('pool').output },
    });
    const trunk = sequential({ name: 'outer' });
    trunk.add(inner);
    const net = sequential();
    net.add(trunk);
    net.add(layers.dense({ name: 'mine', units: 3 }));
    const opened = await open(await savedLayers(net));
    expect(opened.taps.map(({ name }) => name)).toEqual([
      ...['mine', 'outer', 'outer/trunk', 'outer/trunk/pool', 'outer/trunk/two_relu'],
      'outer/trunk/one',
    ]);
    expect(opened.guess.tap).toBe('outer/trunk/two_relu');
    expect((await check(opened)).vectors[0]).toHaveLength(36);
    opened.graph.dispose();
  });

  const broken = async (change: (saved: SavedModel) => void) => {
    const saved = await savedLayers(tinyLayers(33));
    change(saved);
    return saved;
  };
  const configOf = ({ json }: SavedModel) =>
    json.modelTopology.config ?? json.modelTopology.model_config.config;

  it.each<[string, string, RegExp, (saved: SavedModel) => void]>([
    [
      'layers of one’s own',
      'model-unknown-op',
      /doesn’t have: Lambda\./,
      (saved) => {
        configOf(saved).layers[2].class_name = 'Lambda';
      },
    ],
    [
      'an unknown activation',
      'model-unknown-op',
      /activations .*: Whirl/,
      (saved) => {
        configOf(saved).layers[2].config.activation = 'Whirl';
      },
    ],
    [
      'layers far larger than its weights, before they are made',
      'model-wrong-weights',
      /need more weights/,
      (saved) => {
        configOf(saved).layers[4].config.units = 1e9;
      },
    ],
    [
      'no word of its input',
      'model-wrong-input',
      /doesn’t say/,
      (saved) => {
        delete configOf(saved).layers[0].config.batch_input_shape;
      },
    ],
    [
      'weights under another name',
      'model-wrong-weights',
      /x\/kernel/,
      (saved) => {
        saved.json.weightsManifest[0].weights[0].name = 'x/kernel';
      },
    ],
  ])('is rejected for %s', async (_, name, message, change) => {
    await expect(open(await broken(change))).rejects.toThrow(code(name, message));
  });

  it('is rejected if it needs more memory than there is', async () => {
    const net = sequential();
    net.add(layers.upSampling2d({ inputShape: [16, 16, 3], size: [20_000, 20_000] }));
    await expect(open(await savedLayers(withWeight(net)))).rejects.toThrow(code('out-of-memory'));
  });
});

/** A no-op layer, since a model without weights is invalid. */
function withWeight(net: ReturnType<typeof sequential>) {
  const whole = sequential();
  const [shape] = net.inputs.map((input) => input.shape.slice(1));
  whole.add(layers.batchNormalization({ inputShape: shape as number[] }));
  for (const layer of net.layers) whole.add(layer);
  return whole;
}
