import '@tensorflow/tfjs-backend-cpu';
import { memory, setBackend } from '@tensorflow/tfjs-core';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ModelChoices } from '../../base/broughtModel.ts';
import { loadNet } from '../nets/loadNet.ts';
import { checkAnswers } from './checkAnswers.ts';
import { check, code, open, spec } from './testing/opened.ts';
import {
  conv,
  node,
  placeholder,
  type SavedModel,
  savedGraph,
  tinyGraph,
  values,
} from './testing/tinyModels.ts';

beforeEach(() => setBackend('cpu'));

describe('a graph model', () => {
  it('opens with its input, outputs, inner layers and suggested choices', async () => {
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

  it('is packed under Akin’s own file names and gives the same results when loaded from them', async () => {
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

  it('leaks no tensors, whether accepted or rejected', async () => {
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
  ])('is rejected for %s', async (_, name, message, saved) => {
    await expect(open(saved())).rejects.toThrow(code(name, message));
  });

  it.each<[string, string, [string, number][]]>([
    ['minus-one-to-one', 'does nothing with it', []],
    [
      'bytes',
      'brings it down to 1',
      [
        ['Mul', 1 / 127.5],
        ['Sub', 1],
      ],
    ],
    [
      'bytes',
      'takes a mean of bytes away',
      [
        ['Sub', 123.7],
        ['RealDiv', 58.4],
      ],
    ],
    [
      'zero-to-one',
      'stretches it',
      [
        ['Mul', 2],
        ['Sub', 1],
      ],
    ],
    [
      'zero-to-one',
      'takes a mean of shares away',
      [
        ['Sub', 0.485],
        ['RealDiv', 0.229],
      ],
    ],
  ])('is assumed to expect %s if it %s', async (range, _, steps) => {
    const nodes = steps.map(([op], i) =>
      node(`step${i}`, op, [i === 0 ? 'image' : `step${i - 1}`, `by${i}`]),
    );
    const last = steps.length === 0 ? 'image' : `step${steps.length - 1}`;
    const weights = steps.map(([, value], i) => [`by${i}`, { shape: [1], values: [value] }]);
    // A decomposed batch norm also multiplies.
    const map = [
      conv('map', last, 'filter'),
      node('norm', 'Mul', ['map', 'scale']),
      node('relu', 'Relu', ['norm']),
    ];
    const opened = await open(
      savedGraph([placeholder('image', [-1, 32, 32, 3]), ...nodes, ...map], {
        filter: { shape: [1, 1, 3, 40], values: values(120) },
        scale: { shape: [1], values: [0.05] },
        ...(Object.fromEntries(weights) as Parameters<typeof savedGraph>[1]),
      }),
    );
    expect(opened.guess.range).toBe(range);
    opened.graph.dispose();
  });

  it('runs at a side that works if it declares none', async () => {
    const opened = await open(
      savedGraph(
        [
          placeholder('image', [-1, -1, -1, 3]),
          conv('map', 'image', 'filter', 8),
          node('rows', 'Reshape', ['map', 'shape']),
          node('vector', 'MatMul', ['rows', 'kernel'], {
            transpose_a: { b: false },
            transpose_b: { b: false },
          }),
        ],
        {
          filter: { shape: [3, 3, 3, 2], values: values(54) },
          // For 96 pixels per side.
          shape: { shape: [2], values: [1, 12 * 12 * 2], int: true },
          kernel: { shape: [288, 33], values: values(288 * 33) },
        },
      ),
    );
    expect(opened.input.side).toBeNull();
    expect(opened.guess).toMatchObject({ side: 96, tap: 'vector' });
    opened.graph.dispose();
  });

  it('offers inner layers if an output is unusable, and reports why', async () => {
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

it.each<[string, Partial<ModelChoices>]>([
  ['another layer', { tap: 'elsewhere' }],
  ['another side', { side: 65 }],
  ['an aspect that it can’t keep', { aspect: 'keep' }],
  ['no pooling of a map', { pooling: 'none' }],
  ['an unknown range', { range: 'toString' as 'bytes' }],
])('rejects choices with %s', async (_, choices) => {
  const opened = await open(tinyGraph());
  expect(() => spec(opened, choices)).toThrow(code('invalid-argument'));
  opened.graph.dispose();
});
