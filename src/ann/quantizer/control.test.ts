import { expect, it } from 'vitest';
import { checkpoint, partOf } from './control.ts';

it('reports progress, then pauses', async () => {
  const calls: unknown[] = [];
  const control = {
    progress: (stage: string, share: number) => calls.push([stage, share]),
    pause: async () => void calls.push('pause'),
  };
  await checkpoint(control, 'coarse', 0.5);
  expect(calls).toEqual([['coarse', 0.5], 'pause']);
});

it('throws aborted before reporting progress, and after a pause during which it was aborted', async () => {
  const calls: string[] = [];
  const ended = { aborted: () => true, progress: (stage: string) => calls.push(stage) };
  await expect(checkpoint(ended, 'coarse', 0)).rejects.toMatchObject({ code: 'aborted' });
  expect(calls).toEqual([]);
  let aborted = false;
  const pausing = {
    aborted: () => aborted,
    pause: async () => {
      aborted = true;
    },
  };
  await expect(checkpoint(pausing, 'coarse', 0)).rejects.toMatchObject({ code: 'aborted' });
});

it('scales a part’s progress to the whole and passes on pause, aborted and pool', async () => {
  const shares: number[] = [];
  let paused = 0;
  let aborted = false;
  const pool = { share: (numbers: Float32Array) => numbers, assign: async () => {} };
  const part = partOf(
    {
      pool,
      progress: (_stage, share) => shares.push(share),
      pause: async () => {
        paused++;
      },
      aborted: () => aborted,
    },
    0.5,
    0.25,
  );
  expect(part?.pool).toBe(pool);
  await checkpoint(part, 'a', 0);
  await checkpoint(part, 'a', 1);
  expect(shares).toEqual([0.5, 0.75]);
  expect(paused).toBe(2);
  aborted = true;
  await expect(checkpoint(part, 'a', 1)).rejects.toMatchObject({ code: 'aborted' });
});
