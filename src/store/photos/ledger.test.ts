import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import type { Store } from '../open.ts';
import { keysIn } from '../testing/faces.ts';
import { freshName, importPhoto, keepOf, openLibrary, SPACE, stage } from '../testing/library.ts';
import { decodeClasses, encodeClasses } from './classes.ts';

const NEXT = { id: 'next-v2', d: 3 };
const WANTED = { date: 2, space: NEXT.id, colors: 1 };
const vector = Float32Array.of(1, 0, 0);
const classes = encodeClasses({
  ids: Uint16Array.of(999, 5, 4, 3, 0),
  probabilities: Float32Array.of(0.5, 0.25, 0.1, 0.05, 0),
});

async function library(photos: number): Promise<{ store: Store; name: string; ids: number[] }> {
  const name = freshName();
  const store = await openLibrary({ name });
  const ids: number[] = [];
  for (let n = 1; n <= photos; n++) ids.push(await importPhoto(store, n));
  return { store, name, ids };
}

const move = (store: Store, id: number) => store.ledger.keep({ id, spaceId: NEXT.id, vector });

describe('the ledger', () => {
  it('reports what is missing: everything for old photos, nothing for new ones', async () => {
    const { store, ids } = await library(1);
    const staged = await stage(store, 2);
    await store.photos.keep({ ...keepOf(staged), spaceId: NEXT.id, classes, dateReader: 2 });
    expect(await store.ledger.missing(WANTED)).toEqual([
      { id: ids[0], date: true, vector: true, colors: false, viewedAt: 0 },
    ]);
    await store.ledger.dated(ids[0]!, 2, undefined);
    expect(await store.ledger.missing(WANTED)).toMatchObject([{ date: false, vector: true }]);
    await move(store, ids[0]!);
    expect(await store.ledger.missing(WANTED)).toEqual([]);
    // Another date reader, another space: existing data doesn't count.
    expect(await store.ledger.missing({ ...WANTED, date: 3 })).toHaveLength(2);
    expect(await store.ledger.missing({ ...WANTED, space: 'third' })).toHaveLength(2);
  });

  it('relies on the vectors, not on its own rows, so it notices photos added by an older tab', async () => {
    const { store, name } = await library(0);
    const id = await stage(store, 1);
    await store.photos.keep({ ...keepOf(id), dateReader: 2 });
    expect(await keysIn(name, 'ledger')).toEqual([String(id)]);
    expect(await store.ledger.missing(WANTED)).toMatchObject([{ id, vector: true, date: false }]);
    expect(await store.ledger.missing({ ...WANTED, space: SPACE.id })).toEqual([]);
  });

  it('saves a vector once, with its delta mark, classes and row, and none for a missing photo', async () => {
    const { store, name, ids } = await library(1);
    const [id] = ids as [number];
    expect(await store.ledger.keep({ id, spaceId: NEXT.id, vector, classes })).toBe(true);
    expect(await store.ledger.keep({ id, spaceId: NEXT.id, vector, classes })).toBe(false);
    expect((await store.indexes.load(NEXT)).delta.ids).toEqual(Uint32Array.of(id));
    expect(await keysIn(name, 'classes')).toEqual([String(id)]);
    expect(await move(store, 99)).toBe(false);
    expect(await keysIn(name, 'ledger')).toEqual([String(id)]);
    expect(await store.ledger.has(id, NEXT.id)).toBe(true);
    expect(await store.ledger.has(99, NEXT.id)).toBe(null);
    await expect(
      store.ledger.keep({ id, spaceId: 'third', vector: Float32Array.of(Number.NaN) }),
    ).rejects.toMatchObject({ code: 'bad-vector' });
  });

  it('lists photos that couldn’t be moved, with the reason, and clears them for a retry', async () => {
    const { store, ids } = await library(3);
    const [bad, small] = ids as [number, number];
    await store.ledger.fail(bad, {
      space: NEXT.id,
      code: 'damaged-picture',
      message: 'It is cut off.',
    });
    await store.ledger.keep({ id: small, spaceId: NEXT.id, vector, reduced: 'not-found' });
    expect(await store.ledger.missing(WANTED)).toMatchObject([
      { id: bad, vector: false },
      { id: small, vector: false },
      { id: ids[2], vector: true },
    ]);
    expect(await store.ledger.noted()).toEqual({ failed: 1, reduced: 1 });
    expect(await store.ledger.notes(10)).toMatchObject([
      { id: bad, name: 'photo 1.jpg', code: 'damaged-picture', failed: true },
      { id: small, name: 'photo 2.jpg', code: 'not-found', failed: false },
    ]);
    await store.ledger.completed(WANTED);
    await store.ledger.forgetFailures();
    expect(await store.ledger.isComplete(WANTED)).toBe(false);
    expect((await store.ledger.missing(WANTED)).filter((each) => each.vector)).toHaveLength(2);
    // Its original is back, for example from a backup, so the vector has full quality again.
    await store.ledger.keep({ id: small, spaceId: 'third', vector });
    expect(await store.ledger.noted()).toEqual({ failed: 0, reduced: 0 });
  });

  it('records when a photo was viewed, and ignores unknown photos', async () => {
    const { store, ids } = await library(1);
    await store.ledger.viewed(ids[0]!, 100_000);
    await store.ledger.viewed(ids[0]!, 100_500);
    await store.ledger.viewed(99, 100_000);
    expect(await store.ledger.missing(WANTED)).toMatchObject([{ viewedAt: 100_000 }]);
  });

  it('is complete only for the versions it was completed for', async () => {
    const { store } = await library(0);
    expect(await store.ledger.isComplete(WANTED)).toBe(false);
    await store.ledger.completed(WANTED);
    expect(await store.ledger.isComplete(WANTED)).toBe(true);
    expect(await store.ledger.isComplete({ ...WANTED, space: 'third' })).toBe(false);
    expect(await store.isEmpty()).toBe(true);
  });

  it('is deleted with its photo, in both spaces, and with everything', async () => {
    const { store, name, ids } = await library(2);
    for (const id of ids) await store.ledger.keep({ id, spaceId: NEXT.id, vector, classes });
    await store.trash.add([ids[0]!]);
    await store.trash.purge(null);
    for (const of of ['ledger', 'classes']) expect(await keysIn(name, of)).toEqual([`${ids[1]}`]);
    for (const of of ['vectors', 'delta']) {
      expect(await keysIn(name, of)).toEqual([
        `["${NEXT.id}",${ids[1]}]`,
        `["${SPACE.id}",${ids[1]}]`,
      ]);
    }
    await store.clear();
    for (const of of ['ledger', 'classes', 'vectors']) expect(await keysIn(name, of)).toEqual([]);
  });
});

describe('vector spaces', () => {
  it('are dropped in slices once every photo has left them', async () => {
    const { store, name, ids } = await library(3);
    await store.indexes.save({
      spaceId: SPACE.id,
      expectedGeneration: 0,
      keptSegments: [],
      segments: [{ kind: 'flat', formatVersion: 1, blob: new ArrayBuffer(4) }],
      includedDeltaIds: ids,
      droppedTombstones: [],
    });
    await move(store, ids[0]!);
    await move(store, ids[1]!);
    expect([...(await store.spaces.photoSpaces())].sort()).toEqual([NEXT.id, SPACE.id]);
    expect(await store.spaces.drop(SPACE.id, NEXT.id)).toBe('needed');
    expect(await keysIn(name, 'segments')).toHaveLength(1);
    // A photo with a recorded failure doesn't block dropping.
    await store.ledger.fail(ids[2]!, { space: NEXT.id, code: 'internal', message: '' });
    expect(await store.spaces.drop(SPACE.id, NEXT.id)).toBe('dropped');
    expect(await store.spaces.photoSpaces()).toEqual([NEXT.id]);
    for (const of of ['segments', 'manifest']) expect(await keysIn(name, of)).toEqual([]);
    expect(await store.spaces.drop(SPACE.id, NEXT.id)).toBe('dropped');
  });
});

it('encodes classes in 16 bytes, and decodes malformed ones as null', () => {
  expect(classes.byteLength).toBe(16);
  const { ids, probabilities } = decodeClasses(classes)!;
  expect([...ids]).toEqual([999, 5, 4, 3, 0]);
  expect(probabilities[0]).toBeCloseTo(0.5, 2);
  expect(decodeClasses(new ArrayBuffer(15))).toBe(null);
  expect(decodeClasses('dog')).toBe(null);
});
