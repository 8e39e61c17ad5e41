import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { describe, expect, it } from 'vitest';
import { COLORS_VERSION } from '../../base/colors/descriptor.ts';
import type { AkinSchema } from '../database/schema.ts';
import { keysIn } from '../testing/faces.ts';
import {
  freshName,
  importPhoto,
  keepOf,
  openLibrary,
  SPACE,
  stage,
  testColors,
} from '../testing/library.ts';

const WANTED = { date: 1, space: SPACE.id, colors: COLORS_VERSION };

/** A library with a photo as an import stores it, and one of an earlier version, without colors. */
async function library() {
  const name = freshName();
  const store = await openLibrary({ name });
  const colored = await importPhoto(store, 1);
  const plain = await stage(store, 2);
  await store.photos.keep({ ...keepOf(plain), colors: undefined });
  return { name, store, colored, plain };
}

describe('the colors of photos', () => {
  it('are stored with new photos, and missing for earlier ones until they are made', async () => {
    const { store, colored, plain } = await library();
    const missing = async () =>
      (await store.ledger.missing(WANTED)).filter(({ colors }) => colors).map(({ id }) => id);
    expect(await store.colors.all()).toEqual({
      ids: Uint32Array.of(colored),
      bytes: testColors(),
    });
    expect(await missing()).toEqual([plain]);
    expect(await store.ledger.keepColors(plain, testColors(7))).toBe(true);
    expect(await missing()).toEqual([]);
    expect(await store.colors.of([plain])).toEqual({
      ids: Uint32Array.of(plain),
      bytes: testColors(7),
    });
    // A later version makes them again.
    expect(await store.ledger.missing({ ...WANTED, colors: 2 })).toHaveLength(2);
  });

  it('that can’t be made are not tried again, and a missing photo gets none', async () => {
    const { name, store, plain } = await library();
    expect(await store.ledger.keepColors(plain, null)).toBe(true);
    expect((await store.ledger.missing(WANTED)).some(({ colors }) => colors)).toBe(false);
    expect(await store.ledger.keepColors(99, testColors())).toBe(false);
    expect(await keysIn(name, 'colors')).toEqual(['1']);
  });

  it('are deleted with their photo, and not before', async () => {
    const { name, store, colored } = await library();
    await store.trash.add([colored]);
    expect(await keysIn(name, 'colors')).toEqual([String(colored)]);
    await store.trash.purge(null);
    expect(await keysIn(name, 'colors')).toEqual([]);
    await importPhoto(store, 3);
    await store.clear();
    expect(await keysIn(name, 'colors')).toEqual([]);
  });

  it('that are malformed on disk are skipped', async () => {
    const { name, store, colored, plain } = await library();
    const db = await openDB<AkinSchema>(name);
    await db.put('colors', new ArrayBuffer(5), plain);
    await db.put('colors', 'red' as unknown as ArrayBuffer, 98);
    db.close();
    expect([...(await store.colors.all()).ids]).toEqual([colored]);
    expect([...(await store.colors.of([colored, plain, 98])).ids]).toEqual([colored]);
  });
});
