import { expect, it } from 'vitest';
import type { ModelFacts, TrialReport } from '../../../protocol/index.ts';
import {
  differences,
  formatText,
  ignoredText,
  inputText,
  outputText,
  paceText,
  sampleText,
  stageShare,
  stageText,
  switchingText,
} from './trial-text.ts';

it('shows the current stage, and its progress if known', () => {
  expect(stageText({ stage: 'photos', done: 40, total: 200 })).toBe(
    'Analyzing your photos: 40 of 200',
  );
  expect(stageText({ stage: 'reading', done: 2e6, total: 8e6 })).toBe(
    'Reading files: 2 MB of 8 MB',
  );
  expect(stageShare({ stage: 'photos', done: 50, total: 200 })).toBe(0.25);
  expect(stageShare({ stage: 'loading', done: 3, total: 0 })).toBeNull();
});

it('describes the format, input and output of a model', () => {
  const facts = {
    format: 'layers-model',
    bytes: 8_693_615,
    parameters: 2_162_880,
    input: { side: 224 },
  } as ModelFacts;
  expect(formatText(facts)).toBe('TensorFlow.js layers model, 8.7 MB, 2.2 million parameters');
  expect(inputText(facts)).toBe('Color image, 224 × 224 pixels');
  const map = { name: 'out', shape: [1, 7, 7, 1024], problem: null };
  expect(outputText(map, 'nhwc')).toBe('Feature map, 7 × 7, 1,024 channels');
  expect(outputText({ ...map, shape: [1, 1024, 7, 7] }, 'nchw')).toBe(
    'Feature map, 7 × 7, 1,024 channels',
  );
  expect(outputText({ ...map, shape: [1, 10] }, 'nchw')).toBe('Vector, 10 dimensions');
  const problem = { code: 'model-no-output', message: '' } as const;
  expect(outputText({ ...map, problem }, 'nhwc')).toBe(
    'This model has no output that Akin can use.',
  );
  expect(ignoredText([])).toBe('');
  expect(ignoredText(['a.md'])).toBe('a.md');
  expect(ignoredText(['a.md', 'b.txt', 'c'])).toBe('a.md and 2 other files');
});

it('describes the cost of a model', () => {
  expect(paceText({ msPerPhoto: 4.56 })).toBe('4.6\u00a0ms per photo');
  expect(paceText({ msPerPhoto: 41.2 })).toBe('41\u00a0ms per photo');
  expect(paceText({ msPerPhoto: 1234 })).toBe('1.2\u00a0s per photo');
  expect(switchingText({ photosToMove: 1234, secondsToMove: 250 })).toBe(
    '1,234 photos, about 4 minutes',
  );
  expect(switchingText({ photosToMove: 0, secondsToMove: 0 })).toBe('No photos to analyze yet');
});

it('describes what was compared', () => {
  const report = { photos: 200, unreadable: 0, queries: Array(10) } as unknown as TrialReport;
  expect(sampleText(report)).toBe(
    'The most similar photos each model finds for 10 photos, out of 200.',
  );
  expect(sampleText({ ...report, unreadable: 1 })).toMatch(
    / 1 photo couldn’t be opened and was skipped\.$/,
  );
  expect(sampleText({ ...report, photos: 0, queries: [] })).toContain('There are no photos');
  expect(sampleText({ ...report, photos: 2, queries: [] })).toContain('at least three photos');
});

it('marks photos shown by only one of two models', () => {
  const hits = (...ids: number[]) => ids.map((id) => ({ id, cosine: 0.5, pValue: 0.1 }));
  const query = { photoId: 1, current: hits(2, 3, 4, 5, 6, 7), tried: hits(7, 2, 3, 4, 8) };
  const { current, tried } = differences(query);
  // 6 and 7 are fifth and sixth in that list, so they aren't shown.
  expect([...current]).toEqual([5]);
  expect([...tried]).toEqual([7]);
});
