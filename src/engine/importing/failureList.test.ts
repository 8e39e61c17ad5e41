import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ImportFailure } from '../../protocol/index.ts';
import { FailureList } from './failureList.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const failure = (id: number): ImportFailure => ({
  id,
  name: `${id}.jpg`,
  path: '',
  bytes: 1,
  code: 'damaged-picture',
  message: '',
  failedAt: 0,
});

it('is complete for a caller that refreshes during an older read', async () => {
  const stored = [failure(1)];
  const failures = new FailureList(async () => {
    const seen = [...stored];
    await new Promise((resolve) => setTimeout(resolve, 100));
    return seen;
  });
  const first = failures.refresh();
  await vi.advanceTimersByTimeAsync(50);
  stored.push(failure(2));
  let isComplete = false;
  void failures.refresh().then(() => {
    isComplete = failures.list.get().length === 2;
  });
  await vi.advanceTimersByTimeAsync(2_000);
  await first;
  expect(isComplete).toBe(true);
});

it('reads again for a caller that refreshes just as a read ends', async () => {
  const stored = [failure(1)];
  const failures = new FailureList(async () => [...stored]);
  const stop = failures.list.subscribe(() => {
    stop();
    // The list has been published, and its read has finished except for the last microtask.
    void Promise.resolve().then(() => {
      stored.push(failure(2));
      void failures.refresh();
    });
  });
  await failures.refresh();
  await vi.advanceTimersByTimeAsync(2_000);
  expect(failures.list.get()).toHaveLength(2);
});
