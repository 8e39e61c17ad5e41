import { expect, it } from 'vitest';
import { createPrng } from '../../../base/prng.ts';
import { NodeQueue } from './nodeQueue.ts';

it('gives nodes by ascending bound, ties by ascending number', () => {
  const prng = createPrng(1);
  const queue = new NodeQueue(200);
  for (let round = 0; round < 20; round++) {
    queue.clear();
    const queued: { bound: number; node: number }[] = [];
    for (let step = 0; step < 300; step++) {
      if (queued.length > 0 && (queued.length === 200 || prng.below(3) === 0)) {
        queued.sort((a, b) => a.bound - b.bound || a.node - b.node);
        const { bound, node } = queued.shift()!;
        expect([queue.lowest, queue.pop()]).toEqual([bound, node]);
      } else {
        const entry = { bound: prng.below(40) - 20, node: step };
        queued.push(entry);
        queue.push(entry.bound, entry.node);
      }
      expect(queue.isEmpty).toBe(queued.length === 0);
    }
  }
});
