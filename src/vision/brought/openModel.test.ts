import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { memory, setBackend } from '@tensorflow/tfjs-core';
import { layers, model, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ModelChoices } from '../../base/broughtModel.ts';
import { loadNet, netOf } from '../nets/loadNet.ts';
import { readNetSpec } from '../nets/spec.ts';
import { checkAnswers } from './checkAnswers.ts';
import { type OpenModel, openModel, specFor } from './openModel.ts';
import {
  conv,
  fileOf,
  filesOf,
  node,
  placeholder,
  type SavedModel,
  savedGraph,
  savedLayers,
  tinyGraph,
  values,
} from './testing/tinyModels.ts';

const code = (name: string, message = /./) =>
  expect.objectContaining({ code: name, message: expect.stringMatching(message) });

const spec = (opened: OpenModel, choices: Partial<ModelChoices> = {}) =>
  readNetSpec({ id: 'user-1', title: 'Test', ...specFor(opened, { ...opened.guess, ...choices }) });

/** The check pass over a model as it is guessed, or chosen, to be used. */
const check = (opened: OpenModel, choices: Partial<ModelChoices> = {}) =>
  checkAnswers(netOf(opened.graph, spec(opened, choices), 1));

const open = (saved: SavedModel) => openModel(filesOf(saved));

beforeEach(() => setBackend('cpu'));

/** A net of two layers and a head, with a side or without. */
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

describe('a graph model', () => {
  it('is read with its input, outputs, inner layers, and a guess', async () => {
    const opened = await open(tinyGraph());
    expect(opened.format).toBe('graph-model');
    expect(opened.input).toEqual({
      ...{ name: 'image', shape: [null, 64, 64, 3], layout: 'nhwc', side: 64 },
    });
    expect(opened.outputs).toEqual([{ name: 'classes', shape: [1, 5], problem: null }]);
    expect(opened.taps.map(({ name, shape, kind }) => [name, kind, ...shape])).toEqual([
      ['classes', 'vector', 1, 5],
      ['logits', 'vector', 1, 5],
      ['pooled', 'vector', 1, 40],
      ['second/relu', 'map', 1, 16, 16, 40],
      ['first/relu', 'map', 1, 32, 32, 8],
    ]);
    expect(opened.guess).toEqual({
      ...{ side: 64, aspect: 'crop', range: 'minus-one-to-one', channels: 'rgb' },
      ...{ tap: 'second/relu', pooling: 'mean' },
    });
    expect(opened.aspects).toEqual(['crop', 'squash']);
    const { vectors, ms } = await check(opened);
    expect(vectors[0]).toHaveLength(40);
    expect(ms).toHaveLength(vectors.length);
    opened.graph.dispose();
  });

  it('is kept under names of Akin’s own, and runs from them as it did', async () => {
    const opened = await open(tinyGraph());
    const { files } = opened.packed;
    expect(Object.keys(files)).toEqual(['model.json', 'weights-1.bin']);
    const kept = spec(opened, { pooling: 'central-square' });
    expect(kept.files['weights-1.bin']!.bytes).toBe(files['weights-1.bin']!.byteLength);
    const net = await loadNet(
      {
        sha256: (path) => kept.files[path]!.sha256,
        bytes: async (path) => new Uint8Array(files[path.replace('user-1/', '')]!),
        json: async (path) =>
          JSON.parse(new TextDecoder().decode(files[path.replace('user-1/', '')]!)) as unknown,
      },
      kept,
      1,
    );
    const before = (await check(opened)).vectors;
    const after = (await checkAnswers(net)).vectors;
    expect(after).toEqual(before);
    net.dispose();
    opened.graph.dispose();
  });

  it('leaves no tensor behind, whether it is taken or refused', async () => {
    const before = memory().numTensors;
    const opened = await open(tinyGraph());
    await check(opened);
    opened.graph.dispose();
    const wide = savedGraph(
      [
        placeholder('image', [-1, 32, 32, 3]),
        node('flat', 'Reshape', ['image', 'shape']),
        node('wide', 'Mul', ['flat', 'two']),
      ],
      { shape: { shape: [2], values: [-1, 3072], int: true }, two: { shape: [1], values: [2] } },
    );
    const refused = await open(wide);
    refused.graph.dispose();
    await expect(
      open(savedGraph([placeholder('image', [-1, 32, 32, 3]), node('it', 'Foo', ['image'])], {})),
    ).rejects.toThrow();
    expect(memory().numTensors).toBe(before);
  });

  const graph = (shape: number[], ...nodes: ReturnType<typeof node>[]) =>
    savedGraph([placeholder('image', shape), ...nodes], {
      filter: { shape: [3, 3, 3, 8], values: values(216) },
    });
  const plain = conv('map', 'image', 'filter');

  it.each<[string, string, RegExp, () => SavedModel]>([
    [
      'unknown operations, which it names',
      'model-unknown-op',
      /doesn’t have: FancyPool, Whirl\./,
      () =>
        graph(
          [-1, 64, 64, 3],
          plain,
          node('pool', 'FancyPool', ['map']),
          node('whirl', 'Whirl', ['pool']),
        ),
    ],
    ['gray pictures', 'model-wrong-input', /\[\?, 64, 64, 1\]/, () => graph([-1, 64, 64, 1])],
    ['rows of numbers', 'model-wrong-input', /\[\?, 784\]/, () => graph([-1, 784])],
    ['eight pictures at a time', 'model-wrong-input', /8 pictures/, () => graph([8, 64, 64, 3])],
    ['oblong pictures', 'model-wrong-input', /96 × 64/, () => graph([-1, 64, 96, 3])],
    ['huge pictures', 'model-wrong-input', /4096 × 4096/, () => graph([1, 4096, 4096, 3])],
    [
      'two pictures',
      'model-wrong-input',
      /2 inputs \(image, other\)/,
      () => graph([-1, 64, 64, 3], placeholder('other', [-1, 64, 64, 3])),
    ],
    [
      'no input',
      'model-wrong-input',
      /no input/,
      () => savedGraph([node('it', 'Relu', ['x'])], { x: { shape: [1, 4], values: [1, 2, 3, 4] } }),
    ],
    [
      'no output that depends on the picture',
      'model-no-output',
      /no output/,
      () => graph([-1, 64, 64, 3], node('it', 'Relu', ['filter'])),
    ],
    [
      'an output that is neither vector nor map',
      'model-no-output',
      /\[3\]/,
      () =>
        savedGraph([placeholder('image', [-1, 64, 64, 3]), node('it', 'Mean', ['image', 'axes'])], {
          axes: { shape: [3], values: [0, 1, 2], int: true },
        }),
    ],
    [
      '40,000 dimensions',
      'model-too-many-dims',
      /flat gives 40,000 values/,
      () =>
        savedGraph(
          [
            placeholder('image', [-1, 20, 20, 3]),
            node('wide', 'MatMul', ['rows', 'kernel'], {
              transpose_a: { b: false },
              transpose_b: { b: false },
            }),
            node('rows', 'Reshape', ['image', 'shape']),
            node('flat', 'Reshape', ['wide', 'one']),
          ],
          {
            shape: { shape: [2], values: [-1, 3], int: true },
            one: { shape: [2], values: [1, 40_000], int: true },
            kernel: { shape: [3, 100], values: values(300) },
          },
        ),
    ],
    [
      'weights that are not there',
      'model-wrong-weights',
      /no weights for filter/,
      () => {
        const saved = graph([-1, 64, 64, 3], plain);
        saved.json.weightsManifest[0].weights[0].name = 'another';
        return saved;
      },
    ],
    [
      'nodes that take what doesn’t exist',
      'model-failed',
      /can’t run/,
      () => graph([-1, 64, 64, 3], conv('map', 'nowhere', 'filter')),
    ],
    [
      'weights of another shape than it needs',
      'model-failed',
      /depth/,
      () => {
        const saved = graph([-1, 64, 64, 3], plain);
        saved.json.weightsManifest[0].weights[0].shape = [3, 3, 6, 4];
        return saved;
      },
    ],
    [
      'more memory than there is',
      'out-of-memory',
      /smaller/,
      () =>
        savedGraph(
          [
            placeholder('image', [-1, 64, 64, 3]),
            node('huge', 'ResizeNearestNeighbor', ['image', 'size']),
          ],
          { size: { shape: [2], values: [200_000, 200_000], int: true } },
        ),
    ],
  ])('is refused for %s', async (_, name, message, saved) => {
    await expect(open(saved())).rejects.toThrow(code(name, message));
  });

  it('offers inner layers where an output is of no use, and says why it isn’t', async () => {
    const opened = await open(
      graph([-1, 64, 64, 3], plain, node('boxes', 'Where', ['map'], { T: { type: 'DT_BOOL' } })),
    );
    expect(opened.outputs).toEqual([
      { name: 'boxes', shape: null, problem: expect.objectContaining({ code: 'model-no-output' }) },
    ]);
    expect(opened.guess.tap).toBe('map');
    expect(() => spec(opened, { tap: 'boxes' })).toThrow(code('model-no-output'));
    opened.graph.dispose();
  });
});

describe('a layers model', () => {
  it('is read like a graph model, by its layers', async () => {
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

  it('keeps the aspect where it takes any side', async () => {
    const opened = await open(await savedLayers(tinyLayers(null)));
    expect(opened.input.side).toBeNull();
    expect(opened.guess.side).toBe(224);
    expect(opened.aspects).toContain('keep');
    const kept = spec(opened, { side: 48, aspect: 'keep', pooling: 'central-square' });
    expect(kept.input.longSides).toEqual([48, 64, 85]);
    expect((await checkAnswers(netOf(opened.graph, kept, 1))).vectors).toHaveLength(12);
    opened.graph.dispose();
  });

  it('offers the layers of a trunk that a new head was put on', async () => {
    const whole = tinyLayers(33);
    const inner = model({
      ...{ name: 'trunk', inputs: whole.inputs, outputs: whole.getLayer('pool').output },
    });
    const net = sequential();
    net.add(inner);
    net.add(layers.dense({ name: 'mine', units: 3 }));
    const opened = await open(await savedLayers(net));
    expect(opened.taps.map(({ name }) => name)).toEqual([
      ...['mine', 'trunk', 'trunk/pool', 'trunk/two_relu', 'trunk/one'],
    ]);
    expect(opened.guess.tap).toBe('trunk/two_relu');
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
  ])('is refused for %s', async (_, name, message, change) => {
    await expect(open(await broken(change))).rejects.toThrow(code(name, message));
  });

  it('is refused where it needs more memory than there is', async () => {
    const net = sequential();
    net.add(layers.upSampling2d({ inputShape: [16, 16, 3], size: [20_000, 20_000] }));
    await expect(open(await savedLayers(withWeight(net)))).rejects.toThrow(code('out-of-memory'));
  });
});

/** A layer that does nothing, since a model without any weights is none. */
function withWeight(net: ReturnType<typeof sequential>) {
  const whole = sequential();
  const [shape] = net.inputs.map((input) => input.shape.slice(1));
  whole.add(layers.batchNormalization({ inputShape: shape as number[] }));
  for (const layer of net.layers) whole.add(layer);
  return whole;
}

describe('the check pass', () => {
  const kernel = (kernelValues: readonly number[]) =>
    savedGraph(
      [
        placeholder('image', [-1, 32, 32, 3]),
        conv('map', 'image', 'filter'),
        node('relu', 'Relu', ['map']),
      ],
      { filter: { shape: [1, 1, 3, 40], values: kernelValues } },
    );

  it.each<[string, string, RegExp, () => SavedModel, Partial<ModelChoices>]>([
    [
      'weights that aren’t numbers',
      'model-not-finite',
      /aren’t numbers/,
      () => kernel(values(120).map((value, i) => (i === 7 ? Number.NaN : value))),
      {},
    ],
    [
      'infinite answers',
      'model-not-finite',
      /another range/,
      () => kernel(values(120).map((value) => value * 3e38)),
      { range: 'bytes' },
    ],
    [
      'zeros',
      'model-same-answer',
      /zeros/,
      () => kernel(values(120).map(() => -1)),
      { range: 'zero-to-one' },
    ],
    [
      'the same answer for every picture',
      'model-same-answer',
      /same answer/,
      () =>
        savedGraph(
          [
            placeholder('image', [-1, 32, 32, 3]),
            conv('map', 'image', 'filter'),
            node('nothing', 'Mul', ['map', 'zero']),
            node('all', 'AddV2', ['nothing', 'bias']),
          ],
          {
            filter: { shape: [1, 1, 3, 40], values: values(120) },
            zero: { shape: [1], values: [0] },
            bias: { shape: [40], values: values(40) },
          },
        ),
      {},
    ],
  ])('refuses %s', async (_, name, message, saved, choices) => {
    const opened = await open(saved());
    await expect(check(opened, choices)).rejects.toThrow(code(name, message));
    opened.graph.dispose();
  });

  it('stops when it is told to', async () => {
    const opened = await open(tinyGraph());
    const controller = new AbortController();
    const net = netOf(opened.graph, spec(opened), 1);
    const running = checkAnswers(net, {
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(running).rejects.toThrow(code('aborted'));
    opened.graph.dispose();
  });
});

it.each<[string, Partial<ModelChoices>]>([
  ['another layer', { tap: 'elsewhere' }],
  ['another side', { side: 65 }],
  ['an aspect that it can’t keep', { aspect: 'keep' }],
  ['no pooling of a map', { pooling: 'none' }],
  ['an unknown range', { range: 'toString' as 'bytes' }],
])('refuses to use a model with %s', async (_, choices) => {
  const opened = await open(tinyGraph());
  expect(() => spec(opened, choices)).toThrow(code('invalid-argument'));
  opened.graph.dispose();
});

describe('MobileNet v1', () => {
  const folder = fileURLToPath(
    new URL('../../../../shared/data/models/mobilenet_v1_trunk/', import.meta.url),
  );
  const isThere = existsSync(folder);
  if (!isThere) process.stdout.write(`Skipped: ${folder} isn’t there.\n`);

  beforeAll(() => setBackend('wasm'));

  it.skipIf(!isThere)('is read, checked, and tells pictures apart', async () => {
    await setBackend('wasm');
    const files = ['model.json', 'weights.bin'].map((name) =>
      fileOf(`mobilenet_v1_trunk/${name}`, readFileSync(`${folder}${name}`)),
    );
    const opened = await openModel(files);
    expect(opened).toMatchObject({
      ...{ format: 'layers-model', title: 'mobilenet v1 trunk', ignored: [] },
      input: { name: 'input_1', shape: [null, 224, 224, 3], layout: 'nhwc', side: 224 },
      outputs: [{ name: 'conv_pw_12_relu', shape: [1, 7, 7, 1024], problem: null }],
      guess: { tap: 'conv_pw_12_relu', pooling: 'mean', range: 'minus-one-to-one' },
    });
    expect(opened.taps.slice(0, 3).map(({ name, dims }) => [name, dims])).toEqual([
      ['conv_pw_12_relu', 1024],
      ['conv_dw_12_relu', 512],
      ['conv_pw_11_relu', 512],
    ]);
    const { vectors } = await check(opened);
    expect(vectors[0]).toHaveLength(1024);
    opened.graph.dispose();
  });
});
