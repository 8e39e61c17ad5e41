import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { PhotoId, Thumb } from '../../protocol/index.ts';
import { ThumbCache } from './thumbs.ts';

/** A fake library and a fake frame clock, both advanced by the test. */
function setUp(capacity = 1200) {
  const calls: {
    ids: readonly PhotoId[];
    answer: (thumbs: readonly Thumb[]) => void;
    fail: () => void;
  }[] = [];
  const frames: (() => void)[] = [];
  const cache = new ThumbCache<Thumb>({
    capacity,
    fetch: (ids) =>
      new Promise((resolve, reject) => {
        calls.push({ ids, answer: resolve, fail: () => reject(new Error('worker died')) });
      }),
    schedule: (task) => frames.push(task),
  });
  const frame = () => {
    for (const task of frames.splice(0)) task();
  };
  const settle = async (call: number) => {
    const { ids, answer } = calls[call]!;
    answer(ids.map((id) => ({ id, name: `${id}.jpg`, src: `data:,${id}` })));
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { cache, calls, frame, settle };
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

describe('ThumbCache', () => {
  beforeEach(() => void vi.useRealTimers());

  it('requests all thumbnails of a frame at once and notifies each tile once', async () => {
    const { cache, calls, frame, settle } = setUp();
    const told = vi.fn();
    for (const id of [3, 1, 2]) cache.subscribe(id, told);
    const again = vi.fn();
    cache.subscribe(3, again);
    frame();
    expect(calls.map((call) => call.ids)).toEqual([[3, 1, 2]]);
    await settle(0);
    expect(told).toHaveBeenCalledTimes(3);
    expect(again).toHaveBeenCalledTimes(1);
    expect(cache.get(3)?.name).toBe('3.jpg');
    cache.subscribe(3, told);
    frame();
    expect(calls).toHaveLength(1);
  });

  it('does not request prefetched thumbnails again', async () => {
    const { cache, calls, frame, settle } = setUp();
    cache.prefetch([1, 2]);
    expect(calls.map((call) => call.ids)).toEqual([[1, 2]]);
    cache.subscribe(1, () => {});
    cache.subscribe(3, () => {});
    frame();
    expect(calls.map((call) => call.ids)).toEqual([[1, 2], [3]]);
    await settle(0);
    cache.prefetch([1, 2]);
    expect(cache.get(2)?.name).toBe('2.jpg');
    expect(calls).toHaveLength(2);
  });

  it('skips thumbnails that were scrolled past', async () => {
    const { cache, calls, frame, settle } = setUp();
    for (const id of range(1, 201)) cache.subscribe(id, () => {});
    frame();
    expect(calls.map((call) => call.ids.length)).toEqual([64, 64]);
    const gone = range(201, 1201).map((id) => cache.subscribe(id, () => {}));
    cache.subscribe(5000, () => {});
    for (const leave of gone) leave();
    await settle(0);
    await settle(1);
    frame();
    expect(calls).toHaveLength(4);
    expect([...calls[2]!.ids, ...calls[3]!.ids]).toEqual([...range(129, 201), 5000]);
  });

  it('evicts the least recently shown thumbnails beyond its capacity, but none in view', async () => {
    const { cache, frame, settle } = setUp(10);
    const leave = new Map(range(1, 11).map((id) => [id, cache.subscribe(id, () => {})]));
    frame();
    await settle(0);
    for (const id of range(2, 11)) leave.get(id)!();
    cache.subscribe(2, () => {})();
    for (const id of range(11, 15)) cache.subscribe(id, () => {});
    frame();
    await settle(1);
    expect(cache.size).toBe(10);
    expect(cache.get(1)).toBeDefined();
    expect(cache.get(2)).toBeDefined();
    for (const id of range(3, 7)) expect(cache.get(id)).toBeUndefined();
  });

  it('retries thumbnails in view after a failed call', async () => {
    vi.useFakeTimers();
    const { cache, calls, frame } = setUp();
    cache.subscribe(1, () => {});
    const leave = cache.subscribe(2, () => {});
    frame();
    leave();
    calls[0]!.fail();
    await vi.advanceTimersByTimeAsync(2000);
    frame();
    expect(calls[1]!.ids).toEqual([1]);
  });
});
