import { afterEach, expect, it } from 'vitest';
import type { ModelInfo } from '../../../protocol/index.ts';
import { de } from '../../text/de.ts';
import { en } from '../../text/en.ts';
import { setMessages } from '../../text/t.ts';
import {
  modelDetails,
  modelHint,
  modelTitle,
  moveCost,
  moveRoute,
  moveSentences,
  roughly,
} from './model-text.ts';

afterEach(() => setMessages('en', en));

const model = (id: string, more: Partial<ModelInfo> = {}): ModelInfo => ({
  id,
  title: id,
  kind: 'built-in',
  spaceId: `${id}/0123456789ab/384`,
  d: 384,
  bytes: 5_400_000,
  addedAt: null,
  isChosen: false,
  photos: 0,
  ...more,
});

it('describes each model', () => {
  expect(modelTitle(model('visual-v2'))).toBe('Standard');
  expect(modelTitle(model('visual-v2-detailed'))).toBe('Detailed');
  const own = model('user-0123456789ab', { title: 'Birds\n', kind: 'user', addedAt: 1.76e12 });
  expect(modelTitle(own)).toBe('Birds�');
  expect(modelHint(own)).toMatch(/^Your own model, added .+2025/);
  expect(modelDetails(own)).toBe('Model files: 5.4 MB');
});

it.each([
  [3, 'a few seconds'],
  [9, 'about 10 seconds'],
  [31, 'about 30 seconds'],
  [70, 'about a minute'],
  [600, 'about 10 minutes'],
  [3500, 'about 58 minutes'],
  [3580, 'about an hour'],
  [9000, 'about 3 hours'],
  [Number.NaN, 'a long time'],
])('formats %s seconds as %s', (seconds, words) => expect(roughly(seconds)).toBe(words));

it('counts only the photos that still have to be moved', () => {
  expect(moveCost(model('visual-v2', { photos: 990 }), 1000)).toEqual({ photos: 10, seconds: 1 });
  expect(moveCost(model('visual-v2', { photos: 12 }), 10).photos).toBe(0);
  // There are no timings for user models.
  expect(moveCost(model('user-a'), 10)).toEqual({ photos: 10, seconds: null });
});

it('explains a move before it starts', () => {
  expect(moveSentences({ photos: 1234, seconds: 247 }, 'Standard', 'now')).toBe(
    'Akin analyzes 1,234 photos again. This takes about 4 minutes on this device. Search keeps working. Until it’s done, you can pause or go back to Standard at any time.',
  );
  expect(moveSentences({ photos: 1, seconds: null }, null, 'later')).toBe(
    'When you use it, Akin analyzes 1 photo again. Search keeps working, and you can pause at any time.',
  );
});

it('finds the model to go back to in a move report', () => {
  const standard = model('visual-v2', { photos: 40 });
  const detailed = model('visual-v2-detailed', { photos: 7 });
  const own = model('user-a', { photos: 3 });
  const all = [standard, detailed, own];
  const to = { target: detailed.spaceId };
  expect(moveRoute({ ...to, from: [standard.spaceId] }, all)).toEqual({
    to: 'Detailed',
    back: standard,
  });
  // An update: the previous model no longer exists.
  expect(moveRoute({ ...to, from: ['visual-v1/abc/512'] }, all).back).toBeNull();
  // The choice changed again midway: most photos are in Standard.
  const twice = { ...to, from: [own.spaceId, standard.spaceId, 'visual-v1/abc/512'] };
  expect(moveRoute(twice, all).back).toBe(standard);
  // All photos have moved, but the report still lists the target as a source.
  expect(moveRoute({ ...to, from: [detailed.spaceId] }, all).back).toBeNull();
  expect(moveRoute({ target: 'gone', from: [] }, all)).toEqual({ to: null, back: null });
});

it('uses German word order', () => {
  setMessages('de', de);
  const cost = { photos: 1234, seconds: 70 };
  expect(moveSentences(cost, null, 'now')).toMatch(
    /^Akin analysiert 1\.234 Fotos noch einmal\. Das dauert auf diesem Gerät etwa eine Minute\. /,
  );
  expect(moveSentences(cost, null, 'later')).toMatch(
    /^Wenn du es verwendest, analysiert Akin 1\.234 Fotos noch einmal\. /,
  );
});
