import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { describe, expect, it } from 'vitest';
import type { UserModelRow } from '../database/schema.ts';
import { freshName, importPhoto, openLibrary, SPACE } from '../testing/library.ts';
import { CHOSEN_MODEL, chosenModel } from './models.ts';

const modelOf = (n: number): UserModelRow => ({
  id: `user-${n}`,
  title: `Model ${n}`,
  spaceId: `user-${n}/abc/3`,
  d: 3,
  bytes: 5,
  addedAt: n,
  spec: { any: 'thing' },
  calibration: null,
});
const bytes = (...values: number[]) => Uint8Array.from(values).buffer;
const files = { 'model.json': bytes(1, 2), 'weights.bin': bytes(3) };

describe('user models', () => {
  it('are saved with their own files and listed newest first', async () => {
    const store = await openLibrary();
    await store.models.add(modelOf(1), files);
    await store.models.add(modelOf(2), { 'model.json': bytes(9) });
    expect(await store.models.list()).toEqual([modelOf(2), modelOf(1)]);
    expect(await store.models.get('user-1')).toEqual(modelOf(1));
    expect(await store.models.get('user-3')).toBe(null);
    expect(Object.keys(await store.models.files('user-1'))).toEqual(['model.json', 'weights.bin']);
    expect(new Uint8Array((await store.models.files('user-2'))['model.json']!)).toEqual(
      Uint8Array.of(9),
    );
    // Added again: no earlier file remains.
    await store.models.add(modelOf(1), { 'model.json': bytes(7) });
    expect(Object.keys(await store.models.files('user-1'))).toEqual(['model.json']);
  });

  it('are removed with their files, except one in use or still needed by photos', async () => {
    const store = await openLibrary();
    await store.models.add(modelOf(1), files);
    await store.models.add({ ...modelOf(2), spaceId: SPACE.id }, files);
    await store.meta.set(CHOSEN_MODEL, { id: 'user-1', spaceId: 'user-1/abc/3' });
    await importPhoto(store, 1);
    await expect(store.models.remove('user-1')).rejects.toMatchObject({ code: 'invalid-argument' });
    await expect(store.models.remove('user-2')).rejects.toMatchObject({ code: 'invalid-argument' });
    await expect(store.models.remove('user-3')).rejects.toMatchObject({ code: 'not-found' });
    expect(await store.models.list()).toHaveLength(2);
    await store.meta.remove(CHOSEN_MODEL);
    await store.models.remove('user-1');
    expect(await store.models.get('user-1')).toBe(null);
    expect(await store.models.files('user-1')).toEqual({});
    expect(Object.keys(await store.models.files('user-2'))).toHaveLength(2);
  });

  it('count as content, and are deleted with everything else', async () => {
    const store = await openLibrary();
    expect(await store.isEmpty()).toBe(true);
    await store.models.add(modelOf(1), files);
    expect(await store.isEmpty()).toBe(false);
    await store.clear();
    expect(await store.isEmpty()).toBe(true);
    expect(await store.models.files('user-1')).toEqual({});
  });

  it('are skipped if their row is damaged', async () => {
    const name = freshName();
    const store = await openLibrary({ name });
    await store.models.add(modelOf(1), files);
    const raw = await openDB(name);
    await raw.put('models', { id: 'user-4', title: 5 });
    raw.close();
    expect(await store.models.list()).toEqual([modelOf(1)]);
    expect(await store.models.get('user-4')).toBe(null);
    // It can still be removed.
    await store.models.remove('user-4');
  });

  it('are selected by a setting that is validated', () => {
    expect(chosenModel({ id: 'a', spaceId: 'b', more: 1 })).toEqual({ id: 'a', spaceId: 'b' });
    for (const kept of [undefined, null, 'a', {}, { id: 'a' }, { id: 1, spaceId: 'b' }]) {
      expect(chosenModel(kept)).toBe(null);
    }
  });
});

it('keeps the vectors of a space that became the chosen one again', async () => {
  const store = await openLibrary();
  const id = await importPhoto(store, 1);
  await store.ledger.keep({ id, spaceId: 'next/1/3', vector: Float32Array.of(1, 0, 0) });
  await store.meta.set(CHOSEN_MODEL, { id: 'old', spaceId: SPACE.id });
  expect(await store.spaces.drop(SPACE.id, 'next/1/3')).toBe('needed');
  expect(await store.indexes.count(SPACE.id)).toBe(1);
  await store.meta.set(CHOSEN_MODEL, { id: 'next', spaceId: 'next/1/3' });
  expect(await store.spaces.drop(SPACE.id, 'next/1/3')).toBe('dropped');
});
