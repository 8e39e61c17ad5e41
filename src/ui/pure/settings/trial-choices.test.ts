import { expect, it } from 'vitest';
import type { ModelFacts, ModelTap } from '../../../protocol/index.ts';
import { asksForPooling, mapSize, sideProblem, tapName, withChoice } from './trial-choices.ts';

const map: ModelTap = {
  name: 'relu',
  shape: [1, 7, 9, 1024],
  dims: 1024,
  kind: 'map',
  isOutput: true,
};
const vector: ModelTap = {
  name: 'pool',
  shape: [1, 1024],
  dims: 1024,
  kind: 'vector',
  isOutput: false,
};
const guess = {
  side: 224,
  aspect: 'keep',
  range: 'bytes',
  channels: 'rgb',
  tap: 'relu',
  pooling: 'central-square',
} as const;
const facts = { taps: [map, vector], guess } as unknown as ModelFacts;

it('describes the size of each tap', () => {
  expect(tapName(map, 'nhwc')).toBe('relu: 1,024 channels, 9 × 7');
  expect(tapName({ ...map, shape: [1, 1024, 7, 9] }, 'nchw')).toContain(', 9 × 7');
  expect(tapName(vector, 'nhwc')).toBe('pool: 1,024 dimensions');
  expect(mapSize([null, null, null, 3])).toBe('any × any');
});

it('adapts the pooling to the tap', () => {
  const read = withChoice(facts, guess, { tap: 'pool' });
  expect(read.pooling).toBe('none');
  expect(asksForPooling(facts, read)).toBe(false);
  const again = withChoice(facts, read, { tap: 'relu' });
  expect(again.pooling).toBe('central-square');
  expect(asksForPooling(facts, again)).toBe(true);
  const mean = withChoice(facts, again, { pooling: 'mean' });
  expect(withChoice(facts, mean, { range: 'zero-to-one' }).pooling).toBe('mean');
  // A square map leaves no pooling to choose.
  expect(asksForPooling(facts, { ...mean, aspect: 'crop' })).toBe(false);
});

it.each(['', '15', '1025', 'a', '1e2', '-40', '24.5'])('rejects a side of "%s"', (text) => {
  expect(sideProblem(text)).toBe('Enter a whole number from 16 to 1,024.');
});

it.each(['16', '224', ' 1024 '])('accepts a side of "%s"', (text) => {
  expect(sideProblem(text)).toBeNull();
});
