import { expect, it } from 'vitest';
import type { AkinEvent } from './events.ts';
import { fromWire, toWire } from './wire.ts';

const scanning = { done: 1, total: 2, secondsLeft: null, loaded: 1 };

it.each<[AkinEvent, unknown]>([
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
  '%j is told in the names that tabs of earlier versions know, and heard in them',
  (event, message) => {
    expect(toWire(event)).toEqual(message);
    expect(fromWire(message)).toEqual(event);
  },
);
