import 'fake-indexeddb/auto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CHOSEN_MODEL, type UserModelRow } from '../../store/index.ts';
import { openLibrary } from '../../store/testing/library.ts';
import { builtInModels, standardModel } from './builtIn.ts';
import { ModelRegistry } from './modelRegistry.ts';

const spec = JSON.parse(readFileSync('models/efficientnet-lite1/spec.json', 'utf8')) as unknown;
const calibration = { cosine: [0, 1], log10Chance: [0, -4] };
const files = { 'model.json': new ArrayBuffer(2) };
const own = (n: number, change: Partial<UserModelRow> = {}): UserModelRow => ({
  id: `user-${n}`,
  title: `Mine ${n}`,
  spaceId: `user-${n}/0123456789ab/1024`,
  d: 1024,
  bytes: 2,
  addedAt: n,
  spec,
  calibration,
  ...change,
});

async function registry() {
  const store = await openLibrary();
  return { store, models: new ModelRegistry(store) };
}

describe('ModelRegistry', () => {
  it('lists the built-in models, then the user’s, and defaults to the standard one', async () => {
    const { store, models } = await registry();
    expect(await models.all()).toEqual(builtInModels);
    expect(await models.chosen()).toBe(standardModel);
    await store.models.add(own(1), files);
    await store.models.add(own(2), files);
    const list = await models.list();
    expect(list.slice(builtInModels.length).map(({ id }) => id)).toEqual(['user-2', 'user-1']);
    expect(list.filter(({ isChosen }) => isChosen).map(({ id }) => id)).toEqual([standardModel.id]);
    expect(list[0]).toMatchObject({ kind: 'built-in', spaceId: standardModel.space.id, photos: 0 });
  });

  it('keeps the chosen model and falls back to the standard one if it is gone', async () => {
    const { store, models } = await registry();
    await store.models.add(own(1), files);
    await models.choose('user-1');
    const again = new ModelRegistry(store);
    expect(await again.chosen()).toMatchObject({ id: 'user-1', space: { d: 1024, calibration } });
    await expect(again.choose('user-9')).rejects.toMatchObject({ code: 'not-found' });
    expect((await again.chosen()).id).toBe('user-1');
    await store.meta.set(CHOSEN_MODEL, { id: 'user-9', spaceId: 'user-9/a/3' });
    expect(await again.chosen()).toBe(standardModel);
    await store.meta.set(CHOSEN_MODEL, 7);
    expect(await again.chosen()).toBe(standardModel);
  });

  it('omits damaged models and refuses to remove built-in ones', async () => {
    const { store, models } = await registry();
    await store.models.add(own(1, { spec: { version: 1 } }), files);
    await store.models.add(own(2, { calibration: { cosine: [1], log10Chance: [0] } }), files);
    await store.models.add(own(3, { d: 40_000 }), files);
    await store.models.add(own(4, { spaceId: standardModel.space.id }), files);
    expect(await models.all()).toEqual(builtInModels);
    expect(await models.get('user-1')).toBe(null);
    await expect(models.remove(standardModel.id)).rejects.toMatchObject({
      code: 'invalid-argument',
    });
    await models.remove('user-1');
    expect(await store.models.get('user-1')).toBe(null);
  });
});

it('resolves earlier spaces by id, even those without a table of their own', async () => {
  const { store, models } = await registry();
  await store.models.add(own(1), files);
  expect(await models.space('user-1/0123456789ab/1024')).toMatchObject({ d: 1024, calibration });
  expect(await models.space('visual-v1/9b14ec044e26/256')).toMatchObject({ d: 256 });
  expect(await models.space('visual-v1/000000000000/128')).toMatchObject({ d: 128, metric: 'ip' });
  for (const id of ['', 'a/b', 'a/b/-1', 'a/b/1e3', 'a/b/99999', 'a/b/c/4']) {
    expect(await models.space(id)).toBe(null);
  }
});
