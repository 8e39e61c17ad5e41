import { expect, it } from 'vitest';
import {
  moveDetail,
  moveIntro,
  moveName,
  moveReason,
  moveShare,
  moveTitle,
  notesText,
} from './move-text.ts';

const UPDATE = { to: 'Standard', back: null };
const CHOSEN = { to: 'Detailed', back: { id: 'visual-v2', title: 'visual-v2' } };
const moving = { state: 'moving', done: 120, total: 1000, secondsLeft: 240, loaded: 1 } as const;

it('shows the progress of the move and the time left', () => {
  expect(`${moveTitle(moving, UPDATE)}. ${moveDetail(moving)}`).toBe(
    'Improving search: 120 of 1,000 photos. About 4 minutes left',
  );
  expect(moveShare(moving)).toBeCloseTo(0.12);
  expect(moveDetail({ ...moving, secondsLeft: null, loaded: 0.3 })).toBe('Getting ready…');
  const paused = { state: 'paused', done: 3, total: 9 } as const;
  expect([moveTitle(paused, CHOSEN), moveDetail(paused)]).toEqual([
    'Switching to Detailed is paused',
    '3 of 9 photos done',
  ]);
  expect(moveShare({ state: 'finishing', total: 9 })).toBe(1);
  const stopped = { state: 'stopped', code: 'quota-exceeded', done: 0, total: 0 } as const;
  expect(moveTitle({ ...stopped, message: '' }, CHOSEN)).toBe(
    'Couldn’t finish switching to Detailed',
  );
  expect(moveDetail({ ...stopped, message: '' })).toMatch(/^There’s no space left/);
});

it('explains why a photo couldn’t be moved normally', () => {
  const note = { id: 1, name: 'a.jpg', code: 'not-found', message: '', failed: false } as const;
  expect(moveReason(note)).toBe('The original is missing. Its thumbnail was used instead.');
  expect(moveReason({ ...note, code: 'device-lost', failed: true })).toBe(
    'The graphics processor stopped responding. Try again.',
  );
  expect(moveReason({ ...note, code: 'decoder-failed', failed: true })).toBe(
    'Akin can’t open the original.',
  );
  expect(notesText(0, 1)).toBe('1 photo was analyzed by its thumbnail only.');
  expect(notesText(2, 2)).toBe(
    '2 photos couldn’t be analyzed again and won’t appear in search results. 2 photos were analyzed by their thumbnails only.',
  );
});

it('mentions going back only if it is possible', () => {
  expect(moveName(CHOSEN)).toBe('Switching to Detailed');
  expect(moveIntro(CHOSEN)).toMatch(/you can go back to Standard until it’s done\.$/);
  expect(moveName(UPDATE)).toBe('Improving search');
  expect(moveIntro(UPDATE)).not.toContain('go back');
});
