import '@tensorflow/tfjs-backend-wasm';
import { memory, setBackend } from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { shownLayers, strongestChannels } from './layerMaps.ts';
import { loadNet } from './loadNet.ts';
import { readNetSpec } from './spec.ts';
import { committedFiles } from './testing/committedFiles.ts';
import { pattern } from './testing/pattern.ts';

it('picks the channels that differ most within a picture', () => {
  // Four cells of three channels; the second is high everywhere.
  const values = Float32Array.of(0, 9, 1, 0, 9, 2, 4, 9, 3, 0, 9, 2);
  const maps = strongestChannels(values, 3, 2);
  expect(maps.map(({ channel }) => channel)).toEqual([0, 2]);
  expect([...maps[0]!.weights]).toEqual([0, 0, 1, 0]);
  expect([...maps[1]!.weights]).toEqual([0, 0.5, 1, 0.5]);
  expect(maps[1]!.spread).toBeCloseTo(Math.sqrt(0.5));
  expect([...strongestChannels(Float32Array.of(7, 7), 1, 3)[0]!.weights]).toEqual([0, 0]);
});

it('knows no layers of other nets', () => {
  expect(shownLayers('brought')).toBeNull();
  expect(shownLayers('toString')).toBeNull();
});

it.each(['efficientnet-lite1', 'efficientnet-lite2'])(
  'runs %s up to its early, middle and late layers without leaking tensors',
  async (id) => {
    await setBackend('wasm');
    const spec = readNetSpec(await committedFiles.json(`${id}/spec.json`));
    const net = await loadNet(committedFiles, spec, 1);
    const kept = memory().numTensors;
    const layers = (await net.layers(pattern(spec.input.side), 4))!;
    expect(memory().numTensors).toBe(kept);
    expect(layers.map(({ depth }) => depth)).toEqual(['early', 'middle', 'late']);
    const { side } = spec.input;
    expect(layers.map(({ height }) => height)).toEqual([
      Math.ceil(side / 2),
      Math.ceil(side / 16),
      Math.ceil(side / 32),
    ]);
    expect(layers[2]!.channels).toBe(spec.tap.dims);
    for (const { height, width, maps } of layers) {
      expect(maps).toHaveLength(4);
      for (const { weights, spread } of maps) {
        expect(weights).toHaveLength(height * width);
        expect(spread).toBeGreaterThan(0);
        expect([Math.min(...weights), Math.max(...weights)]).toEqual([0, 1]);
      }
    }
    net.dispose();
  },
);
