import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Akin, AkinError, Subject } from '../../engine/index.ts';
import type { FacesReport, FaceWork } from '../../protocol/index.ts';
import { FacesWatch } from './faces-watch.ts';

const REPORT: FacesReport = {
  on: true,
  photos: 10,
  scanned: 4,
  failed: 0,
  faces: 5,
  people: 0,
  groups: 1,
  unparsed: 0,
};

/** A fake engine with a given report; the watch itself is real. */
function setUp(report: FacesReport = REPORT) {
  const work = new Subject<FaceWork>({ state: 'idle' });
  const version = new Subject(0);
  const gallery = new Subject({ length: 10 });
  const ask = vi.fn(async () => report);
  const akin = { faces: { work, version, report: ask }, gallery };
  const watch = new FacesWatch(akin as unknown as Pick<Akin, 'faces' | 'gallery'>);
  return { watch, work, version, ask };
}

describe('FacesWatch', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('requests a report at once, then at most once a second', async () => {
    const { watch, version, ask } = setUp({ ...REPORT, scanned: 10 });
    const stop = watch.start();
    await vi.advanceTimersByTimeAsync(0);
    expect(watch.state.get().report?.faces).toBe(5);
    for (let n = 1; n <= 20; n++) version.set(n);
    await vi.advanceTimersByTimeAsync(1500);
    expect(ask).toHaveBeenCalledTimes(2);
    stop();
    version.set(99);
    await vi.advanceTimersByTimeAsync(5000);
    expect(ask).toHaveBeenCalledTimes(2);
  });

  it('requests a new report when the scan runs or stops', async () => {
    const { watch, work, ask } = setUp();
    const stop = watch.start();
    await vi.advanceTimersByTimeAsync(0);
    const works: FaceWork[] = [
      { state: 'scanning', done: 0, total: 6, secondsLeft: null, loaded: 1 },
      { state: 'stopped', left: 5 },
    ];
    for (const [asked, now] of works.entries()) {
      work.set(now);
      await vi.advanceTimersByTimeAsync(1000);
      expect(ask).toHaveBeenCalledTimes(asked + 2);
    }
    stop();
  });

  it('keeps the last report if a request fails', async () => {
    const { watch, ask } = setUp();
    const stop = watch.start();
    await vi.advanceTimersByTimeAsync(0);
    ask.mockRejectedValueOnce(new AkinError('worker-died', 'It stopped.'));
    await watch.refresh();
    expect(watch.state.get()).toMatchObject({ report: REPORT, error: { code: 'worker-died' } });
    await watch.refresh();
    expect(watch.state.get().error).toBeNull();
    stop();
  });
});
