import { expect, test } from 'vitest';
import { chunk, mapAhead } from './pipeline.ts';

async function* upTo(n: number, log: number[] = []) {
  for (let i = 0; i < n; i++) {
    log.push(i);
    yield i;
  }
}

const collect = async <T>(stream: AsyncIterable<T>) => {
  const all: T[] = [];
  for await (const item of stream) all.push(item);
  return all;
};

const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test('results keep the source order, whichever is ready first', async () => {
  const slowFirst = mapAhead(upTo(5), 3, async (i) => {
    await later(i === 0 ? 30 : 1);
    return i * 10;
  });
  expect(await collect(slowFirst)).toEqual([0, 10, 20, 30, 40]);
});

test('no more items than the width run at once, with at most one more read ahead', async () => {
  let running = 0;
  let most = 0;
  const read: number[] = [];
  const stream = mapAhead(upTo(20, read), 4, async (i) => {
    most = Math.max(most, ++running);
    await later(2);
    running--;
    return i;
  });
  const first = await stream.next();
  expect(first.value).toBe(0);
  expect(read.length).toBeLessThanOrEqual(6);
  await collect(stream);
  expect(most).toBe(4);
});

test('a stalled source does not hold back finished results', async () => {
  let release = () => {};
  async function* stalling() {
    yield 1;
    await new Promise<void>((resolve) => {
      release = resolve;
    });
    yield 2;
  }
  const stream = mapAhead(stalling(), 3, async (i) => i);
  expect((await stream.next()).value).toBe(1);
  release();
  expect(await collect(stream)).toEqual([2]);
});

test('an empty source yields an empty stream', async () => {
  expect(await collect(mapAhead(upTo(0), 3, async (i) => i))).toEqual([]);
});

test('a failing source rejects the stream', async () => {
  async function* failing() {
    yield 1;
    throw new Error('gone');
  }
  await expect(collect(mapAhead(failing(), 2, async (i) => i))).rejects.toThrow('gone');
});

test('all chunks but the last are full', async () => {
  expect(await collect(chunk(upTo(7), 3))).toEqual([[0, 1, 2], [3, 4, 5], [6]]);
  expect(await collect(chunk(upTo(6), 3))).toEqual([
    [0, 1, 2],
    [3, 4, 5],
  ]);
});
