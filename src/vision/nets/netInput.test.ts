import { describe, expect, it } from 'vitest';
import { batchShape, callsFor, netInput } from './netInput.ts';
import { readNetSpec } from './spec.ts';
import { committedFiles } from './testing/committedFiles.ts';

const visualInput = readNetSpec(await committedFiles.json('efficientnet-lite1/spec.json')).input;

const picture = (width: number, height: number, first = 0) => ({
  width,
  height,
  rgba: Uint8ClampedArray.from({ length: 4 * width * height }, (_, i) => first + i),
});

describe('netInput', () => {
  it('normalizes the RGB bytes of each picture in turn and drops alpha', () => {
    const values = netInput([picture(2, 1), picture(2, 1, 100)], visualInput);
    const bytes = [0, 1, 2, 4, 5, 6, 100, 101, 102, 104, 105, 106];
    expect([...values]).toEqual(bytes.map((byte) => (byte - 127) / 128));
    expect(batchShape(2, picture(2, 1), visualInput)).toEqual([2, 1, 2, 3]);
  });

  it('uses the channel order and layout of the spec', () => {
    const plain = { ...visualInput, subtract: 0, divide: 1 };
    const values = (spec: typeof visualInput) => [...netInput([picture(2, 1)], spec)];
    expect(values({ ...plain, channels: 'bgr' })).toEqual([2, 1, 0, 6, 5, 4]);
    expect(values({ ...plain, layout: 'nchw' })).toEqual([0, 4, 1, 5, 2, 6]);
    expect(values({ ...plain, layout: 'nchw', channels: 'bgr' })).toEqual([2, 6, 1, 5, 0, 4]);
    expect(batchShape(3, picture(2, 1), { layout: 'nchw' })).toEqual([3, 3, 1, 2]);
  });
});

describe('callsFor', () => {
  const sizes = [
    [2, 1],
    [1, 2],
    [2, 1],
    [2, 1],
    [1, 2],
    [2, 1],
    [2, 1],
  ].map(([width, height]) => ({ width: width!, height: height! }));

  it('groups pictures of one size into full batches and single calls', () => {
    expect(callsFor(sizes, 4)).toEqual([[0, 2, 3, 5], [6], [1], [4]]);
    expect(callsFor(sizes, 2)).toEqual([[0, 2], [3, 5], [6], [1, 4]]);
    expect(callsFor(sizes, 1).flat().sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(callsFor([], 4)).toEqual([]);
  });
});
