import { expect, it } from 'vitest';
import {
  moveDetail,
  moveIntro,
  moveName,
  moveReason,
  moveShare,
  moveTitle,
  notesWords,
} from './move-words.ts';

const moving = { state: 'moving', done: 120, total: 1000, secondsLeft: 240, loaded: 1 } as const;

it('tells how far the move is, and how long it takes yet', () => {
  expect(`${moveTitle(moving, 'Improving search')}, ${moveDetail(moving)}`).toBe(
    'Improving search: 120 of 1,000 photos, about 4 minutes left',
  );
  expect(moveShare(moving)).toBeCloseTo(0.12);
  expect(moveDetail({ ...moving, secondsLeft: null, loaded: 0.3 })).toBe('Getting ready…');
  const paused = { state: 'paused', done: 3, total: 9 } as const;
  expect([moveTitle(paused, 'Switching to Detailed'), moveDetail(paused)]).toEqual([
    'Switching to Detailed is paused',
    '3 of 9 photos done',
  ]);
  expect(moveShare({ state: 'finishing', total: 9 })).toBe(1);
  const stopped = { state: 'stopped', code: 'quota-exceeded', done: 0, total: 0 } as const;
  expect(moveDetail({ ...stopped, message: 'The disk is full.' })).toBe('The disk is full.');
});

it('says why a photo was not moved as it should', () => {
  const note = { id: 1, name: 'a.jpg', code: 'not-found', message: '', failed: false } as const;
  expect(moveReason(note)).toBe('Its original is missing. Its thumbnail was used.');
  expect(moveReason({ ...note, code: 'internal', message: 'No luck.', failed: true })).toBe(
    'No luck.',
  );
  expect(notesWords(2, 0)).toBe('2 photos couldn’t be looked at again and can’t be searched.');
  expect(notesWords(0, 1)).toBe('1 photo could be looked at only by its thumbnail.');
  expect(notesWords(1, 2)).toContain('; 2 could be looked at only by their thumbnails.');
});

it('offers the way back only where there is one', () => {
  const back = { id: 'visual-v2', title: 'visual-v2' };
  const chosen = { to: 'Detailed', back };
  expect(moveName(chosen)).toBe('Switching to Detailed');
  expect(moveIntro(chosen)).toMatch(/you can go back to Standard\.$/);
  const update = { to: 'Standard', back: null };
  expect(moveName(update)).toBe('Improving search');
  expect(moveIntro(update)).not.toContain('go back');
});
