import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { setBackend } from '@tensorflow/tfjs-core';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ModelChoices } from '../../base/broughtModel.ts';
import { netOf } from '../nets/loadNet.ts';
import { checkAnswers } from './checkAnswers.ts';
import { openModel } from './openModel.ts';
import { check, code, open, spec } from './testing/opened.ts';
import {
  conv,
  fileOf,
  node,
  placeholder,
  type SavedModel,
  savedGraph,
  tinyGraph,
  values,
} from './testing/tinyModels.ts';

beforeEach(() => setBackend('cpu'));

describe('checkAnswers', () => {
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
  ])('rejects %s', async (_, name, message, saved, choices) => {
    const opened = await open(saved());
    await expect(check(opened, choices)).rejects.toThrow(code(name, message));
    opened.graph.dispose();
  });

  it('stops when aborted', async () => {
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

describe('MobileNet v1', () => {
  const folder = fileURLToPath(
    new URL('../../../../shared/data/models/mobilenet_v1_trunk/', import.meta.url),
  );
  const isThere = existsSync(folder);
  if (!isThere) process.stdout.write(`Skipped: ${folder} isn’t there.\n`);

  it.skipIf(!isThere)('opens, passes the check and distinguishes pictures', async () => {
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
