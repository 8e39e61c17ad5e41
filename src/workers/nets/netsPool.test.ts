import { describe, expect, it } from 'vitest';
import type { BackendName, NetOutput } from '../../protocol/index.ts';
import { type NetsMember, NetsPool } from './netsPool.ts';

/** Members that answer on demand, in the order of the calls. */
function pool(backend: BackendName, most: number) {
  const asked: number[] = [];
  const chosen: number[] = [];
  const forgotten: number[] = [];
  const answers: (() => void)[] = [];
  const running = new Set<number>();
  const made = new NetsPool({
    add: (place) =>
      ({
        get isRunning() {
          return running.has(place);
        },
        async call(method: string) {
          running.add(place);
          if (method === 'choose') chosen.push(place);
          if (method === 'forgetFaces') forgotten.push(place);
          if (method !== 'embed') return { place };
          asked.push(place);
          await new Promise<void>((resolve) => answers.push(resolve));
          return { status: { backend, tensors: 1 } } as NetOutput;
        },
      }) as NetsMember,
    size: (name) => (name === 'wasm' ? most : 1),
  });
  const embed = () => made.work('embed', [[]]);
  return { pool: made, asked, chosen, forgotten, running, embed, answer: () => answers.shift()!() };
}

describe('NetsPool', () => {
  it('unloads the face models in every running worker and starts none for it', async () => {
    const { pool: nets, forgotten, running, embed, answer } = pool('wasm', 3);
    await nets.forgetFaces();
    expect(forgotten).toEqual([]);
    const first = embed();
    answer();
    await first;
    const all = [embed(), embed(), embed()];
    for (let i = 0; i < 3; i++) answer();
    await Promise.all(all);
    running.delete(1);
    await nets.forgetFaces();
    expect(forgotten).toEqual([0, 2]);
  });

  it('has one worker until its backend is known', async () => {
    const { pool: nets, asked, embed, answer } = pool('wasm', 3);
    const first = [embed(), embed()];
    expect([nets.width, asked]).toEqual([1, [0, 0]]);
    answer();
    answer();
    await Promise.all(first);
    expect(nets.width).toBe(3);
  });

  it('grows while all workers are busy and gives work to the least busy one', async () => {
    const { asked, embed, answer } = pool('wasm', 3);
    const first = embed();
    answer();
    await first;
    const all = Array.from({ length: 7 }, () => embed());
    expect(asked.slice(1)).toEqual([0, 1, 2, 0, 1, 2, 0]);
    for (let i = 0; i < 7; i++) answer();
    await Promise.all(all);
    // Sequential calls need only one.
    for (let i = 0; i < 3; i++) {
      const one = embed();
      answer();
      await one;
    }
    expect(asked.slice(8)).toEqual([0, 0, 0]);
  });

  it('uses a single worker on a GPU', async () => {
    const { asked, embed, answer } = pool('webgpu', 3);
    const first = embed();
    answer();
    await first;
    const all = [embed(), embed(), embed()];
    expect(asked).toEqual([0, 0, 0, 0]);
    for (let i = 0; i < 3; i++) answer();
    await Promise.all(all);
  });

  it('counts a failed call as finished', async () => {
    let fails = true;
    const nets = new NetsPool({
      add: () =>
        ({
          isRunning: true,
          call: async () => {
            if (fails) throw new Error('gone');
            return { status: { backend: 'wasm', tensors: 1 } };
          },
        }) as unknown as NetsMember,
      size: () => 2,
    });
    await expect(nets.work('embed', [[]])).rejects.toThrow('gone');
    fails = false;
    await nets.work('embed', [[]]);
    expect(nets.width).toBe(2);
  });

  it('changes the backend of every running worker', async () => {
    const { pool: nets, chosen, running, embed, answer } = pool('wasm', 3);
    const first = embed();
    answer();
    await first;
    const all = [embed(), embed(), embed()];
    for (let i = 0; i < 3; i++) answer();
    await Promise.all(all);
    running.delete(2);
    await nets.choose('cpu');
    expect(chosen.sort()).toEqual([0, 1]);
    expect(nets.width).toBe(1);
  });
});
