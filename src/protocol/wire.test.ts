import { expect, it } from 'vitest';
import type { AkinEvent } from './events.ts';
import { fromWire, toWire } from './wire.ts';

const scanning = { done: 1, total: 2, secondsLeft: null, loaded: 1 };

const outcomes = { duplicates: 2, failed: 3, skipped: 4 };
const counts = { importId: 'a', total: 10, done: 10, rate: null, secondsLeft: null, ...outcomes };
const member = { importId: 'a', begunAt: 5, member: 'b', unstaged: 0 };

it.each<[AkinEvent, unknown]>([
  [{ type: 'resync' }, { type: 'untold' }],
  [
    { type: 'imported', ids: [1, 2], aspects: [1, 1.5] },
    { type: 'kept', ids: [1, 2], aspects: [1, 1.5] },
  ],
  [
    { type: 'tally', tally: { ...member, tally: { imported: 1, ...outcomes } } },
    { type: 'tally', tally: { ...member, tally: { kept: 1, ...outcomes } } },
  ],
  [
    { type: 'progress', progress: { state: 'paused', ...counts, imported: 1 }, works: true },
    { type: 'progress', progress: { state: 'paused', ...counts, kept: 1 }, works: true },
  ],
  [
    { type: 'progress', progress: { state: 'idle' } },
    { type: 'progress', progress: { state: 'idle' } },
  ],
  [
    { type: 'reclustered', tab: 'a' },
    { type: 'gathered', tab: 'a' },
  ],
  [
    { type: 'face-work', work: { state: 'scanning', ...scanning } },
    { type: 'face-work', work: { state: 'looking', ...scanning } },
  ],
  [
    { type: 'face-work', work: { state: 'reclustering', progress: 0.5 } },
    { type: 'face-work', work: { state: 'gathering', share: 0.5 } },
  ],
  [
    { type: 'face-work', work: { state: 'stopped', left: 3 } },
    { type: 'face-work', work: { state: 'stopped', left: 3 } },
  ],
  [
    { type: 'people', tab: 'a' },
    { type: 'people', tab: 'a' },
  ],
])(
  '%j is sent and received under the names that tabs of earlier versions use',
  (event, message) => {
    expect(toWire(event)).toEqual(message);
    expect(fromWire(message)).toEqual(event);
  },
);
