import { describe, expect, it } from 'vitest';
import type { PhotoId } from '../../protocol/index.ts';
import { MovePace } from './movePace.ts';
import { MoveQueue } from './moveQueue.ts';

describe('the move order', () => {
  const missing = (id: PhotoId, change: object = {}) => ({
    id,
    date: false,
    vector: true,
    colors: false,
    viewedAt: 0,
    ...change,
  });
  it('is: viewed now, last viewed, newest, date only', () => {
    const queue = new MoveQueue([
      missing(1),
      missing(2, { viewedAt: 5 }),
      missing(3, { viewedAt: 9 }),
      missing(4),
      missing(9, { date: true, vector: false }),
    ]);
    expect(queue.toFront(1)).toBe(true);
    expect(queue.toFront(77)).toBe(false);
    const order = [];
    for (let next = queue.take(); next; next = queue.take()) order.push(next.id);
    expect(order).toEqual([1, 3, 2, 4, 9]);
    expect(queue.toFront(1)).toBe(false);
  });
});

describe('the move pace', () => {
  it('rests while Akin is in use, and estimates the time left from the last photos', () => {
    let now = 0;
    const pace = new MovePace(() => now);
    expect(pace.restAfter(100)).toBe(0);
    pace.used();
    expect(pace.restAfter(100)).toBe(300);
    expect(pace.restAfter(10_000)).toBe(3_000);
    now = 5_000;
    expect(pace.restAfter(100)).toBe(0);
    expect(pace.secondsLeft(10)).toBe(null);
    for (let i = 0; i < 5; i++) {
      now += 200;
      pace.moved();
    }
    expect(pace.secondsLeft(10)).toBeCloseTo(2);
  });
});
