import { afterEach, expect, it } from 'vitest';
import type { MeasureRow } from '../../../protocol/index.ts';
import { de } from '../../text/de.ts';
import { en } from '../../text/en.ts';
import { setMessages } from '../../text/t.ts';
import {
  choiceName,
  duration,
  effortText,
  kindMeasured,
  measureDetail,
  measuredText,
  measureTitle,
  percent,
  specDetail,
  specName,
  workDetail,
  workTitle,
} from './index-text.ts';

afterEach(() => setMessages('en', en));

it('names an index by its type and distinguishing options', () => {
  expect(specName({ kind: 'flat' })).toBe('Flat');
  expect(specName({ kind: 'kdtree' })).toBe('k-d tree');
  expect(specName({ kind: 'forest' })).toBe('Forest');
  expect(specName({ kind: 'flat', store: 'sq8' })).toBe('Flat, compact');
  expect(specName({ kind: 'ivfpq', opq: true })).toBe('IVF-PQ');
  expect(specName({ kind: 'lopq', coarse: 'multi' })).toBe('LOPQ, multi-index');
  expect(choiceName({ kind: 'automatic' })).toBe('Automatic');
});

it('lists only the known parameters', () => {
  expect(specDetail({ kind: 'flat' })).toBe('');
  expect(specDetail({ kind: 'ivf', nlist: 1024, seed: 1 })).toBe('1,024 cells');
  expect(specDetail({ kind: 'ivfpq', nlist: 512, M: 32, nbits: 4, rerank: 'sq8' })).toBe(
    '512 cells · 32 × 4 bits · compact reranking',
  );
  expect(specDetail({ kind: 'lopq', coarse: 'multi', nlist: 32, codebooks: 'local' })).toBe(
    '2 × 32 cells · codebooks per cell',
  );
  expect(specDetail({ kind: 'itq', nbits: 128, rerank: 'sq8' })).toBe(
    '128 bits · compact reranking',
  );
  expect(specDetail({ kind: 'lsh', tables: 8, bits: 14, store: 'sq8' })).toBe(
    '8 tables · 14 bits · compact',
  );
  expect(specDetail({ kind: 'hnsw', M: 16, efConstruction: 100, store: 'sq8' })).toBe(
    '16 links · compact',
  );
  expect(specDetail({ kind: 'kdtree', leafSize: 32, store: 'float32' })).toBe(
    'up to 32 photos per leaf',
  );
  expect(specDetail({ kind: 'forest', trees: 10, leafSize: 64, store: 'sq8' })).toBe(
    '10 trees · up to 64 photos per leaf · compact',
  );
  expect(specDetail({ kind: 'ivfpq', M: 32, nbits: 4, opq: true })).toBe('32 × 4 bits · rotated');
  expect(specDetail({ kind: 'pq', rerank: 'none' })).toBe('no reranking');
});

it('describes how a search was done', () => {
  expect(effortText({})).toBe('All photos');
  expect(effortText({ nprobe: 1, rerank: 0 })).toBe('1 cell');
  expect(effortText({ nprobe: 16, rerank: 200 })).toBe('16 cells, 200 reranked');
  expect(effortText({ rerank: 50 })).toBe('All photos, 50 reranked');
  expect(effortText({ maxLeaves: 1 })).toBe('1 leaf');
  expect(effortText({ searchK: 2000 })).toBe('2,000 photos collected');
  expect(effortText({ efSearch: 64 })).toBe('64 candidates');
  expect(effortText({ probes: 8, rerank: 20 })).toBe('8 buckets per table, 20 reranked');
});

it('shows what is being built, and the progress', () => {
  const work = { state: 'building', kind: 'ivfpq', vectors: 24310, stage: 'training' } as const;
  expect(workTitle({ ...work, share: 0.4 })).toBe('Building IVF-PQ index for 24,310 photos');
  expect(workDetail({ ...work, share: 0.429 })).toMatch(/ · 42%$/);
  expect(workDetail({ ...work, share: 7 })).toMatch(/ · 100%$/);
  expect(workDetail({ ...work, share: Number.NaN })).toMatch(/ · 0%$/);
});

it('shows the progress of a measurement', () => {
  expect(measureTitle(null)).toBe('Getting ready to measure');
  expect(measureTitle({ done: 0, total: 7, stage: 'comparing' })).toBe('Getting ready to measure');
  expect(measureDetail({ done: 0, total: 7, stage: 'comparing' })).toBe(
    'Finding the exact results',
  );
  expect(measureTitle({ done: 2, total: 7, stage: 'training' })).toBe('Measuring type 3 of 7');
  expect(measureDetail({ done: 2, total: 7, stage: 'training' })).toBe('Learning from your photos');
  expect(measureTitle({ done: 7, total: 7, stage: 'done' })).toBe('Measuring type 7 of 7');
  expect(measureDetail({ done: 7, total: 7, stage: 'done' })).toBe('Finishing');
});

it('shows how many photos were used to measure', () => {
  expect(measuredText(48)).toBe('Measured with 48 photos');
  expect(measuredText(1_000_000)).toBe('Measured with 100,000 of 1,000,000 photos');
});

it('rounds percentages down, so that only 1 becomes 100%', () => {
  expect(percent(1)).toBe('100%');
  expect(percent(0.9996)).toBe('99.9%');
  expect(percent(0.982)).toBe('98.2%');
  expect(percent(0.57)).toBe('57%');
  expect(percent(0)).toBe('0%');
});

it('formats durations with sensible precision', () => {
  expect(duration(0.0842)).toBe('0.084\u00a0ms');
  expect(duration(0.6)).toBe('0.6\u00a0ms');
  expect(duration(123)).toBe('120\u00a0ms');
  expect(duration(999)).toBe('1\u00a0s');
  expect(duration(1440)).toBe('1.4\u00a0s');
  expect(duration(59_600)).toBe('0.99\u00a0min');
  expect(duration(185_000)).toBe('3.1\u00a0min');
  expect(duration(Number.NaN)).toBe('unknown');
});

it('summarizes measured index types, and returns null for others', () => {
  const row = (kind: 'ivf' | 'flat', recall10: number, msMedian: number) =>
    ({ spec: { kind }, recall10, msMedian }) as MeasureRow;
  const rows = [row('ivf', 0.982, 0.4), row('flat', 1, 2), row('ivf', 0.54, 0.084)];
  expect(kindMeasured('ivf', rows)).toBe(
    'Measured with your photos: 54% to 98.2% recall, 0.084\u00a0ms to 0.4\u00a0ms per search.',
  );
  expect(kindMeasured('flat', rows)).toBe(
    'Measured with your photos: 100% recall, 2\u00a0ms per search.',
  );
  expect(kindMeasured('pq', rows)).toBeNull();
});

it('formats numbers in German', () => {
  setMessages('de', de);
  expect(percent(0.982)).toBe('98,2\u00a0%');
  expect(duration(0.0842)).toBe('0,084\u00a0ms');
  const work = { state: 'building', kind: 'ivfpq', vectors: 24310, stage: 'adding' } as const;
  expect(workTitle({ ...work, share: 0 })).toBe('IVF-PQ-Index für 24.310 Fotos wird erstellt');
  expect(workDetail({ ...work, share: 0.42 })).toBe('Fotos werden hinzugefügt · 42\u00a0%');
});
