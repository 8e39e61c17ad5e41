import { expect, it } from 'vitest';
import { ChangeSignal } from './changeSignal.ts';

const never = new AbortController().signal;

it('checks again after each change, including one during a check', async () => {
  const change = new ChangeSignal();
  let looks = 0;
  const until = change.until(async () => {
    looks++;
    if (looks === 1) change.notify();
    await Promise.resolve();
    return looks === 3;
  }, never);
  await new Promise((resolve) => setTimeout(resolve));
  expect(looks).toBe(2);
  change.notify();
  await until;
  expect(looks).toBe(3);
});

it('rejects with the abort reason or the error of the check', async () => {
  const change = new ChangeSignal();
  const controller = new AbortController();
  const waiting = change.until(async () => false, controller.signal);
  controller.abort(new Error('enough'));
  await expect(waiting).rejects.toThrow('enough');
  const failing = change.until(() => Promise.reject(new Error('no look')), never);
  await expect(failing).rejects.toThrow('no look');
});
