import { expect, it } from 'vitest';
import { importSummary, progressDetail, progressTitle, skippedWords } from './import-words.ts';

const counts = {
  importId: '',
  total: 1500,
  done: 12,
  kept: 10,
  duplicates: 1,
  failed: 1,
  skipped: 0,
  rate: 4.13,
  secondsLeft: 360,
};

it('says what runs', () => {
  const running = { state: 'running', step: 'photos', ...counts } as const;
  expect(progressTitle(running)).toBe('Reading 12 of 1,500');
  expect(progressDetail(running)).toBe('4.1 photos/s · about 6 minutes left');
  expect(progressDetail({ ...running, rate: null, secondsLeft: null })).not.toBe('');
  expect(progressTitle({ ...running, total: 0, done: 0 })).toBe('Looking for photos…');
  expect(progressTitle({ state: 'paused', ...counts })).toBe('Paused at 12 of 1,500');
});

it('says why it stopped', () => {
  const message = 'The disk is full.';
  expect(progressDetail({ state: 'stopped', code: 'quota-exceeded', message, ...counts })).toBe(
    message,
  );
});

it('sums up, leaving out what did not happen', () => {
  expect(importSummary({ ...counts, kept: 497, duplicates: 2, failed: 1 })).toBe(
    '497 added, 2 already here, 1 item couldn’t be read',
  );
  expect(importSummary({ ...counts, kept: 3, duplicates: 0, failed: 0 })).toBe('3 added');
  const nothing = { ...counts, kept: 0, duplicates: 0, failed: 0 };
  expect(importSummary(nothing)).toBe('No photos found');
  expect(importSummary(nothing, true)).toBe('No photos added');
});

it('says in one line how many files are no photos', () => {
  expect(skippedWords({ ...counts, skipped: 1200 })).toBe('Skipped 1,200 files that aren’t photos');
  expect(skippedWords({ ...counts, skipped: 1 })).toBe('Skipped 1 file that isn’t a photo');
  expect(skippedWords(counts)).toBe('');
});
