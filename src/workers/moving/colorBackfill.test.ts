import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import type { PhotoId } from '../../protocol/index.ts';
import type { Store } from '../../store/index.ts';
import { fileOf, keepOf, openLibrary } from '../../store/testing/library.ts';
import { NEXT, visit } from '../testing/moves.ts';

const WANTED = { date: 2, space: NEXT.id, colors: 1 };

/** Imports a photo like earlier versions, which stored no colors. */
async function old(store: Store, n: number, thumbnail = `thumbnail ${n}`): Promise<PhotoId> {
  const [staged] = await store.jobs.stage([fileOf(n)]);
  const thumb = new TextEncoder().encode(thumbnail).buffer as ArrayBuffer;
  const kept = { ...keepOf(staged!.id), spaceId: NEXT.id, thumb, colors: undefined, dateReader: 2 };
  await store.photos.keep(kept);
  return staged!.id;
}

describe('the color backfill', () => {
  it('makes the colors of existing photos once, from their thumbnails, and says which', async () => {
    const store = await openLibrary();
    const ids = [await old(store, 1), await old(store, 2), await old(store, 3)];
    await store.trash.add([ids[1]!]);
    const open = visit(store);
    await open.move();
    expect(open.colored).toEqual(['thumbnail 3', 'thumbnail 2', 'thumbnail 1']);
    expect([...(await store.colors.all()).ids]).toEqual(ids);
    expect(open.told.flatMap((event) => (event.type === 'colored' ? event.ids : []))).toEqual(
      ids.toReversed(),
    );
    // Without a model, and without a word about a move.
    expect(open.asked).toEqual([]);
    expect(open.works()).toEqual([]);
    expect(await store.ledger.isComplete(WANTED)).toBe(true);
    await open.move();
    expect(open.colored).toHaveLength(3);
  });

  it('skips photos whose thumbnail is damaged or missing', async () => {
    const store = await openLibrary();
    const damaged = await old(store, 1, 'no picture');
    const missing = await old(store, 2);
    const sound = await old(store, 3);
    const { thumbs } = store.photos;
    store.photos.thumbs = async (ids) =>
      ids.includes(missing) ? [] : thumbs.call(store.photos, ids);
    const open = visit(store);
    await open.move();
    expect([...(await store.colors.all()).ids]).toEqual([sound]);
    expect(damaged).not.toBe(missing);
    expect(await store.ledger.isComplete(WANTED)).toBe(true);
  });

  it('continues in the next visit where it was stopped', async () => {
    const store = await openLibrary();
    for (let n = 1; n <= 6; n++) await old(store, n);
    const open = visit(store);
    const { keepColors } = store.ledger;
    let kept = 0;
    store.ledger.keepColors = async (id, colors) => {
      if (++kept === 3) open.mover.end();
      return keepColors.call(store.ledger, id, colors);
    };
    await open.move();
    expect([...(await store.colors.all()).ids]).toHaveLength(3);
    const next = visit(store);
    await next.move();
    expect(next.colored).toEqual(['thumbnail 3', 'thumbnail 2', 'thumbnail 1']);
    expect((await store.colors.all()).ids).toHaveLength(6);
  });

  it('goes with a move to another model', async () => {
    const store = await openLibrary();
    const [staged] = await store.jobs.stage([fileOf(1)]);
    const thumb = new TextEncoder().encode('thumbnail 1').buffer as ArrayBuffer;
    await store.photos.keep({ ...keepOf(staged!.id), thumb, colors: undefined });
    const open = visit(store);
    await open.move();
    expect(open.asked).toEqual(['original 1']);
    expect(open.colored).toEqual(['thumbnail 1']);
  });
});
