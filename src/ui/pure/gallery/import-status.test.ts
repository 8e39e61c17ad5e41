import { expect, it } from 'vitest';
import { de } from '../../text/de.ts';
import { en } from '../../text/en.ts';
import { setMessages } from '../../text/t.ts';
import {
  doneTitle,
  importSummary,
  progressDetails,
  progressTitle,
  skippedText,
} from './import-status.ts';

const counts = {
  importId: '',
  total: 1500,
  done: 12,
  imported: 10,
  duplicates: 1,
  failed: 1,
  skipped: 0,
  rate: 4.13,
  secondsLeft: 360,
};

it('shows the progress of an import', () => {
  const running = { state: 'running', step: 'photos', ...counts } as const;
  expect(progressTitle(running)).toBe('Importing 12 of 1,500');
  expect(progressDetails(running)).toEqual(['About 6 minutes left', '4.1 photos/s']);
  expect(progressDetails({ ...running, rate: null, secondsLeft: null })).toEqual([
    'You can keep using Akin.',
  ]);
  expect(progressTitle({ ...running, total: 0, done: 0 })).toBe('Looking for photos…');
  expect(progressTitle({ state: 'paused', ...counts })).toBe('Paused at 12 of 1,500');
});

it('shows why it stopped', () => {
  expect(
    progressDetails({ state: 'stopped', code: 'quota-exceeded', message: '', ...counts }),
  ).toEqual([expect.stringMatching(/^There’s no space left/)]);
});

it('says how an import ended', () => {
  const done = { state: 'done', cancelled: false, ...counts } as const;
  expect(doneTitle(done)).toBe('Import complete');
  expect(doneTitle({ ...done, cancelled: true })).toBe('Import stopped');
  expect(doneTitle({ ...done, imported: 0 })).toBe('No photos imported');
  expect(doneTitle({ ...done, imported: 0, failed: 0 })).toBe('Import complete');
});

it('summarizes an import, omitting counts of 0', () => {
  expect(importSummary({ ...counts, imported: 497, duplicates: 2, failed: 1 })).toBe(
    '497 imported, 2 already in your library, and 1 not imported',
  );
  expect(importSummary({ ...counts, imported: 3, duplicates: 0, failed: 0 })).toBe('3 imported');
  expect(importSummary({ ...counts, imported: 0, duplicates: 2, failed: 0 })).toBe(
    '2 already in your library',
  );
  const nothing = { ...counts, imported: 0, duplicates: 0, failed: 0 };
  expect(importSummary(nothing)).toBe('No photos found');
  expect(importSummary(nothing, true)).toBe('No photos imported');
});

it('shows in one line how many files aren’t photos', () => {
  expect(skippedText({ ...counts, skipped: 1200 })).toBe('Skipped 1,200 files that aren’t photos');
  expect(skippedText({ ...counts, skipped: 1 })).toBe('Skipped 1 file that isn’t a photo');
  expect(skippedText(counts)).toBe('');
});

it('formats counts in German', () => {
  setMessages('de', de);
  try {
    expect(importSummary({ ...counts, imported: 1497, duplicates: 2, failed: 1 })).toBe(
      '1.497 importiert, 2 bereits in deiner Mediathek und 1 nicht importiert',
    );
    expect(skippedText({ ...counts, skipped: 1 })).toBe('1 Datei übersprungen, die kein Foto ist');
    expect(progressTitle({ state: 'paused', ...counts })).toBe('Pausiert bei 12 von 1.500');
  } finally {
    setMessages('en', en);
  }
});
