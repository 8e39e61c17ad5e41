import 'fake-indexeddb/auto';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { PhotoId } from '../../protocol/index.ts';
import type { Store } from '../../store/index.ts';
import { fileOf, keepOf, openLibrary } from '../../store/testing/library.ts';
import { NEXT, visit } from '../testing/moves.ts';

const WANTED = { date: 2, space: NEXT.id, colors: 1 };

describe('the date backfill', () => {
  const TAKEN = Date.UTC(2019, 4, 3, 14, 5, 9);
  async function jpeg(date?: string): Promise<Blob> {
    const picture = sharp({ create: { width: 8, height: 8, channels: 3, background: '#468' } });
    const exif = date ? picture.withExif({ IFD2: { DateTimeOriginal: date } }) : picture;
    return new Blob([await exif.jpeg().toBuffer()]);
  }
  /** Imports a photo like earlier versions, which read no dates. */
  async function old(store: Store, n: number, blob: Blob, taken: object = {}): Promise<PhotoId> {
    const [staged] = await store.jobs.stage([{ ...fileOf(n), blob, ...taken }]);
    await store.photos.keep({ ...keepOf(staged!.id), spaceId: NEXT.id });
    return staged!.id;
  }
  const datesOf = async (store: Store, ids: readonly PhotoId[]) =>
    (await store.photos.dates(ids)).map(({ takenAt }) => takenAt);

  it('finds the dates of existing photos once, without running a model', async () => {
    const store = await openLibrary();
    const dated = await jpeg('2019:05:03 14:05:09');
    const ids = [
      await old(store, 1, dated),
      await old(store, 2, await jpeg()),
      await old(store, 3, new Blob(['no picture at all'])),
      await old(store, 4, dated, { takenAt: TAKEN + 1 }),
      await old(store, 5, dated, { takenAt: TAKEN + 2, fileDated: true }),
    ];
    const open = visit(store);
    await open.move();
    expect(await datesOf(store, ids)).toEqual([TAKEN, undefined, undefined, TAKEN + 1, TAKEN]);
    expect(open.told.flatMap((event) => (event.type === 'dated' ? event.ids : []))).toEqual([
      ids[4],
      ids[0],
    ]);
    expect(open.asked).toEqual([]);
    expect(open.works()).toEqual([]);
    expect(await store.ledger.isComplete(WANTED)).toBe(true);
    let opened = 0;
    store.photos.original = async () => {
      opened++;
      return dated;
    };
    await open.move();
    expect(opened).toBe(0);
  });

  it.each([
    [{ reader: 2, after: 'all' }, 0],
    [{ reader: 2, after: 1 }, 1],
    [{ reader: 1, after: 'all' }, 2],
    ['all', 2],
    [null, 2],
  ])('resumes from where the previous version stopped: %j', async (mark, opened) => {
    const store = await openLibrary();
    const dated = await jpeg('2019:05:03 14:05:09');
    const ids = [await old(store, 1, dated), await old(store, 2, dated)];
    await store.meta.set('dates.looked', mark);
    await visit(store).move();
    expect((await datesOf(store, ids)).filter((date) => date === TAKEN)).toHaveLength(opened);
  });

  it('continues while the move is paused', async () => {
    const store = await openLibrary();
    const [staged] = await store.jobs.stage([
      { ...fileOf(1), blob: await jpeg('2019:05:03 14:05:09') },
    ]);
    await store.photos.keep(keepOf(staged!.id));
    const open = visit(store);
    await open.mover.pause();
    await open.mover.settled();
    expect(open.asked).toEqual([]);
    expect(await datesOf(store, [staged!.id])).toEqual([TAKEN]);
    expect(open.works().at(-1)).toMatchObject({ state: 'paused' });
  });
});
