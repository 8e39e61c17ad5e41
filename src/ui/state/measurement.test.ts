import { describe, expect, it } from 'vitest';
import { type Akin, AkinError } from '../../engine/index.ts';
import type { MeasureRow } from '../../protocol/index.ts';
import { LibraryMeasure, measureOf } from './measurement.ts';

type MeasureOptions = NonNullable<Parameters<Akin['measureIndexes']>[0]>;

const ROW: MeasureRow = {
  spec: { kind: 'flat' },
  search: {},
  recall10: 1,
  msMedian: 2,
  bytesPerVector: 512,
  rerankBytesPerVector: 0,
  trainMs: 0,
};

/** A fake engine whose measurement the test advances; rejects concurrent calls. */
function engine() {
  const calls: {
    options: MeasureOptions;
    end: (rows: readonly MeasureRow[]) => void;
    fail: (error: Error) => void;
  }[] = [];
  const measureIndexes: Akin['measureIndexes'] = (options = {}) =>
    new Promise((end, fail) => {
      calls.push({ options, end, fail });
      options.signal?.addEventListener('abort', () => fail(new AkinError('aborted', 'ended')));
    });
  return { calls, measure: new LibraryMeasure({ measureIndexes }) };
}

describe('LibraryMeasure', () => {
  it('publishes rows as they arrive, and the final rows at the end', async () => {
    const { calls, measure } = engine();
    const ended = measure.start(40);
    expect(measure.now.get()).toMatchObject({ state: 'running', rows: [], photos: 40 });
    calls[0]?.options.onProgress?.({ done: 1, total: 6, stage: 'flat' }, null);
    calls[0]?.options.onProgress?.({ done: 2, total: 6, stage: 'ivf' }, ROW);
    expect(measure.now.get()).toMatchObject({ rows: [ROW], progress: { done: 2, stage: 'ivf' } });
    calls[0]?.end([ROW, ROW]);
    await ended;
    expect(measure.now.get()).toMatchObject({ state: 'done', rows: [ROW, ROW], progress: null });
  });

  it('keeps its rows when canceled, and ignores late ones', async () => {
    const { calls, measure } = engine();
    const ended = measure.start(40);
    calls[0]?.options.onProgress?.({ done: 1, total: 6, stage: 'flat' }, ROW);
    measure.cancel();
    await ended;
    calls[0]?.options.onProgress?.({ done: 2, total: 6, stage: 'ivf' }, ROW);
    expect(measure.now.get()).toMatchObject({ state: 'cancelled', rows: [ROW], progress: null });
  });

  it('keeps the error until it is restarted', async () => {
    const { calls, measure } = engine();
    const failing = measure.start(40);
    calls[0]?.fail(new AkinError('out-of-memory', 'too much'));
    await failing;
    expect(measure.now.get().error?.message).toBe('too much');
    const again = measure.start(41);
    expect(measure.now.get()).toMatchObject({ state: 'running', error: null, photos: 41 });
    calls[1]?.end([]);
    await again;
  });

  it('runs only one measurement at a time', async () => {
    const { calls, measure } = engine();
    const first = measure.start(40);
    await measure.start(40);
    expect(calls).toHaveLength(1);
    calls[0]?.end([]);
    await first;
  });

  it('has one instance per library', () => {
    const akin = { measureIndexes: async () => [] };
    expect(measureOf(akin)).toBe(measureOf(akin));
    expect(measureOf({ ...akin })).not.toBe(measureOf(akin));
  });
});
