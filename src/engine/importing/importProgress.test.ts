import { expect, it } from 'vitest';
import { type ImportProgress, NO_COUNTS } from '../../protocol/index.ts';
import { ImportProgressView } from './importProgress.ts';

const done = (importId: string, imported: number): ImportProgress => ({
  ...NO_COUNTS,
  state: 'done',
  cancelled: false,
  importId,
  imported,
  done: imported,
  total: imported,
});

it('shows the more complete of two results for one import, in either order', () => {
  for (const order of [
    [3, 5],
    [5, 3],
  ]) {
    const view = new ImportProgressView();
    for (const imported of order) view.hear(done('one', imported));
    expect(view.progress.get()).toMatchObject({ imported: 5 });
    view.hear(done('two', 1));
    expect(view.progress.get()).toMatchObject({ imported: 1 });
  }
});

it('hides only the dismissed result, even if it arrives again', () => {
  const view = new ImportProgressView();
  expect(view.dismiss()).toBeNull();
  view.hear(done('one', 3));
  view.putAway('another');
  expect(view.progress.get()).toMatchObject({ imported: 3 });
  expect(view.dismiss()).toBe('one');
  expect(view.hear(done('one', 4))).toBe(false);
  expect(view.progress.get()).toEqual({ state: 'idle' });
  view.hear({ ...NO_COUNTS, state: 'paused', importId: 'two' });
  expect(view.dismiss()).toBeNull();
  expect(view.progress.get().state).toBe('paused');
});
