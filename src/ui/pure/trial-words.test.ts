import { expect, it } from 'vitest';
import type { ModelFacts, TrialReport } from '../../protocol/index.ts';
import {
  differences,
  formatWords,
  ignoredWords,
  inputWords,
  movingWords,
  outputWords,
  paceWords,
  sampleWords,
  stageShare,
  stageWords,
} from './trial-words.ts';

it('tells what is done, and how far it is where that is known', () => {
  expect(stageWords({ stage: 'photos', done: 40, total: 200 })).toBe(
    'Looking at your photos: 40 of 200',
  );
  expect(stageWords({ stage: 'reading', done: 2e6, total: 8e6 })).toBe(
    'Reading the files: 2 MB of 8 MB',
  );
  expect(stageShare({ stage: 'photos', done: 50, total: 200 })).toBe(0.25);
  expect(stageShare({ stage: 'loading', done: 3, total: 0 })).toBeNull();
});

it('says what a model is, takes and answers', () => {
  const facts = {
    format: 'layers-model',
    bytes: 8_693_615,
    parameters: 2_162_880,
    input: { side: 224 },
  } as ModelFacts;
  expect(formatWords(facts)).toBe('TensorFlow.js layers model, 8.7 MB, 2.2 million parameters');
  expect(inputWords(facts)).toBe('A color picture of 224 × 224 pixels');
  const map = { name: 'out', shape: [1, 7, 7, 1024], problem: null };
  expect(outputWords(map, 'nhwc')).toBe('7 × 7 map of 1,024 numbers');
  expect(outputWords({ ...map, shape: [1, 1024, 7, 7] }, 'nchw')).toBe(
    '7 × 7 map of 1,024 numbers',
  );
  expect(outputWords({ ...map, shape: [1, 10] }, 'nchw')).toBe('10 numbers');
  const message = 'It gives text.';
  const problem = { code: 'model-no-output', message } as const;
  expect(outputWords({ ...map, problem }, 'nhwc')).toBe(message);
  expect(ignoredWords([])).toBe('');
  expect(ignoredWords(['a.md', 'b.txt', 'c'])).toBe('a.md and 2 other files');
});

it('says what a model costs', () => {
  expect(paceWords({ msPerPhoto: 4.56 })).toBe('4.6 ms a photo');
  expect(paceWords({ msPerPhoto: 41.2 })).toBe('41 ms a photo');
  expect(paceWords({ msPerPhoto: 1234 })).toBe('1.2 s a photo');
  expect(movingWords({ photosToMove: 1234, secondsToMove: 250 })).toBe(
    '1,234 photos, about 4 minutes',
  );
  expect(movingWords({ photosToMove: 0, secondsToMove: 0 })).toContain('Nothing to do');
});

it('says what was compared', () => {
  const report = { photos: 200, unreadable: 0, queries: Array(10) } as unknown as TrialReport;
  expect(sampleWords(report)).toBe(
    '10 photos of yours, and what each model finds most like them among 200.',
  );
  expect(sampleWords({ ...report, unreadable: 1 })).toMatch(
    /1 photo couldn’t be read and was left/,
  );
  expect(sampleWords({ ...report, photos: 0, queries: [] })).toContain('no photos in your library');
  expect(sampleWords({ ...report, photos: 2, queries: [] })).toContain('fewer than three');
});

it('marks what only one of two models shows', () => {
  const hits = (...ids: number[]) => ids.map((id) => ({ id, cosine: 0.5, chance: 0.1 }));
  const query = { photoId: 1, current: hits(2, 3, 4, 5, 6, 7), tried: hits(7, 2, 3, 4, 8) };
  const { current, tried } = differences(query);
  // 6 and 7 are the fifth and sixth there, and not shown.
  expect([...current]).toEqual([5]);
  expect([...tried]).toEqual([7]);
});
