import { expect, test, vi } from 'vitest';
import type { ImportProgress } from '../../protocol/index.ts';
import { ImportLedger } from './importLedger.ts';
import { ProgressMeter } from './progressMeter.ts';

function meterAt() {
  let now = 0;
  const told: ImportProgress[] = [];
  const ledger = new ImportLedger('mine', 'library');
  const meter = new ProgressMeter(
    (progress) => told.push(progress),
    ledger,
    () => now,
  );
  return { meter, ledger, told, tick: (ms: number) => (now += ms) };
}

test('total counts files that are done, queued or not yet staged', () => {
  const { meter, ledger } = meterAt();
  meter.announce(10);
  meter.staged({ files: 6, duplicates: 1, failed: 1, skipped: 0 });
  meter.setQueued(4);
  expect(meter.counts()).toMatchObject({ total: 10, done: 2, duplicates: 1, failed: 1 });
  meter.done('imported');
  meter.done('failed');
  expect(meter.counts()).toMatchObject({ total: 10, done: 4, imported: 1, failed: 2 });
  ledger.giveUp();
  expect(meter.counts()).toMatchObject({ total: 6, done: 4 });
});

test('skipped files count as done and as nothing else', () => {
  const { meter } = meterAt();
  meter.announce(10);
  meter.staged({ files: 10, duplicates: 0, failed: 1, skipped: 8 });
  meter.setQueued(1);
  expect(meter.counts()).toMatchObject({ total: 10, done: 9, skipped: 8, failed: 1, imported: 0 });
});

test('files remain unstaged while more may be found', () => {
  const { meter, ledger } = meterAt();
  meter.announce(0, true);
  expect(ledger.ownUnstaged).toBeGreaterThan(0);
  expect(meter.counts().done).toBe(0);
  // Files of another import don't affect it.
  meter.announce(2);
  meter.staged({ files: 2, duplicates: 0, failed: 2, skipped: 0 });
  expect(ledger.ownUnstaged).toBeGreaterThan(0);
  meter.announce(0, false);
  expect(ledger.ownUnstaged).toBe(0);
  meter.announce(3, true);
  ledger.giveUp();
  expect(ledger.ownUnstaged).toBe(0);
});

test('the rate covers the last seconds and is unknown for the first two', () => {
  const { meter, tick } = meterAt();
  meter.announce(100);
  meter.staged({ files: 100, duplicates: 0, failed: 0, skipped: 0 });
  meter.setQueued(100);
  expect(meter.counts().rate).toBeNull();
  for (let i = 0; i < 20; i++) {
    tick(250);
    meter.done('imported');
  }
  expect(meter.counts().rate).toBeCloseTo(4, 5);
  expect(meter.counts().secondsLeft).toBeCloseTo(20, 5);
  for (let i = 0; i < 40; i++) {
    tick(500);
    meter.done('imported');
  }
  expect(meter.counts().rate).toBeCloseTo(2, 1);
});

test('progress is reported at once on a state change, else at most four times a second', () => {
  vi.useFakeTimers();
  const { meter, told } = meterAt();
  meter.announce(50);
  meter.staged({ files: 50, duplicates: 0, failed: 0, skipped: 0 });
  meter.setQueued(50);
  meter.enter((counts) => ({ state: 'running', step: 'photos', ...counts }));
  expect(told).toHaveLength(1);
  for (let i = 0; i < 20; i++) meter.done('imported');
  expect(told).toHaveLength(1);
  vi.advanceTimersByTime(250);
  expect(told).toHaveLength(2);
  expect(told[1]).toMatchObject({ state: 'running', done: 20, total: 50 });
  vi.useRealTimers();
});
