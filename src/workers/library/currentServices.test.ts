import { describe, expect, it } from 'vitest';
import type { AkinEvent } from '../../protocol/index.ts';
import { standardModel } from '../models/builtIn.ts';
import type { Model } from '../models/model.ts';
import { CurrentServices } from './currentServices.ts';
import type { LibraryServices } from './libraryServices.ts';

const other: Model = {
  ...standardModel,
  id: 'other',
  space: { ...standardModel.space, id: 'other/1/2' },
};

/** Services that record the events they receive, and when they were opened and closed. */
function tab() {
  const log: string[] = [];
  let chosen = standardModel;
  let fails = false;
  const current = new CurrentServices({
    chosen: async () => chosen,
    open: async (model) => {
      log.push(`open ${model.id}`);
      if (fails) throw new Error('no store');
      return {
        model,
        library: { hear: async ({ type }: AkinEvent) => log.push(`${model.id} hears ${type}`) },
        index: { hear: () => {} },
        finish: async () => log.push(`${model.id} finishes`),
        close: () => log.push(`close ${model.id}`),
      } as unknown as LibraryServices;
    },
  });
  return {
    current,
    log,
    choose: (model: Model) => {
      chosen = model;
    },
    break: (now: boolean) => {
      fails = now;
    },
  };
}

describe('CurrentServices', () => {
  it('opens once, on the first call, and again after a failure', async () => {
    const { current, log, break: breaks } = tab();
    await current.hear({ type: 'moved-all' });
    expect(log).toEqual([]);
    breaks(true);
    await expect(current.get()).rejects.toThrow('no store');
    breaks(false);
    const [a, b] = await Promise.all([current.get(), current.get()]);
    expect(a).toBe(b);
    expect(log).toEqual(['open visual-v2', 'open visual-v2']);
  });

  it('follows the model chosen in any tab, opening the new one before closing the old', async () => {
    const { current, log, choose } = tab();
    await current.get();
    choose(other);
    await current.hear({ type: 'model-chosen', id: 'other' });
    await current.hear({ type: 'moved-all' });
    expect(log).toEqual([
      'open visual-v2',
      'open other',
      'close visual-v2',
      'other hears model-chosen',
      'other hears moved-all',
      'other finishes',
    ]);
    // A model was chosen, then everything was deleted, so none is chosen any more.
    await current.follow();
    choose(standardModel);
    await current.hear({ type: 'cleared' });
    expect((await current.get()).model).toBe(standardModel);
    expect(log.slice(6)).toEqual(['open visual-v2', 'close other', 'visual-v2 hears cleared']);
  });

  it('ends up with the last of two concurrent choices', async () => {
    const { current, log, choose } = tab();
    await current.get();
    choose(other);
    const first = current.follow();
    choose(standardModel);
    await Promise.all([first, current.follow()]);
    expect((await current.get()).model).toBe(standardModel);
    const opened = log.filter((line) => line.startsWith('open')).length;
    expect(log.filter((line) => line.startsWith('close'))).toHaveLength(opened - 1);
  });
});
