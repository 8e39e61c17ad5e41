import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import type { PhotoId } from '../../src/protocol/index.ts';
import { testColors } from '../../src/store/testing/library.ts';
import { Mover } from '../../src/workers/moving/mover.ts';
import { upTo, vectorOf } from '../../src/workers/testing/indexedLibrary.ts';
import {
  movingTab,
  NEW,
  NEW_TABLE,
  newVectorOf,
  OLD_TABLE,
  oldLibrary,
} from '../../src/workers/testing/movingLibrary.ts';
import { K, recallAmong, recallOf, type TruthLibrary } from './truth.ts';

const PHOTOS = 60;
const ids = upTo(PHOTOS);
const library: TruthLibrary = {
  ids,
  from: { calibration: OLD_TABLE, vectorOf },
  to: { calibration: NEW_TABLE, vectorOf: newVectorOf },
};

describe('moving to another model under constant searches', () => {
  it('gives nearly the same results as exact searches of both spaces combined', async () => {
    const { store } = await oldLibrary(PHOTOS);
    store.photos.original = async (id) => new Blob([String(id)]);
    const tab = await movingTab(store);
    const moved: PhotoId[] = [];
    let searches = 0;
    let sum = 0;
    /** Runs between two batches, like a user's search. */
    const search = async () => {
      for (const query of [1 + (searches % PHOTOS), PHOTOS - (searches % PHOTOS)]) {
        const { hits } = await tab.library.search({ photoId: query, k: K });
        sum += recallOf(library, { query, hits: hits.map(({ id }) => id) }, new Set(moved));
        searches++;
      }
    };
    let heard = Promise.resolve();
    const mover = new Mover<PhotoId>({
      store,
      space: NEW.id,
      read: async (picture) => Number(await picture.text()),
      embed: async (pictures) => {
        await heard;
        await search();
        return { spaceId: NEW.id, vectors: pictures.map((id) => newVectorOf(id)) };
      },
      colorsOf: async () => testColors(),
      inTurn: (work) => work(),
      broadcast: (event) => {
        if (event.type !== 'moved') return;
        heard = tab.library.hear(event).then(() => void moved.push(...event.ids));
      },
    });
    await mover.wake();
    await mover.settled();
    await heard;
    await search();
    expect(moved.toSorted((a, b) => a - b)).toEqual(ids);
    expect(searches).toBeGreaterThanOrEqual(2 * Math.ceil(PHOTOS / 4));
    expect(sum / searches).toBeGreaterThanOrEqual(0.98);
  });
});

describe('the recall measure', () => {
  const nearest = (query: PhotoId, moved: ReadonlySet<PhotoId>) =>
    ids
      .filter((id) => id !== query)
      .map((id) => ({ id, recall: recallOf(library, { query, hits: [id] }, moved) }))
      .filter(({ recall }) => recall > 0)
      .map(({ id }) => id);

  it('gives 1 for the true top ten, and less when some are missing or repeated', () => {
    const moved = new Set<PhotoId>([1, 2, 3]);
    const hits = nearest(1, moved);
    expect(hits).toHaveLength(K);
    expect(recallOf(library, { query: 1, hits }, moved)).toBe(1);
    expect(recallOf(library, { query: 1, hits: hits.slice(1) }, moved)).toBeCloseTo(0.9);
    const twice = [...hits.slice(1), hits[1]!];
    expect(recallOf(library, { query: 1, hits: twice }, moved)).toBeCloseTo(0.9);
  });

  it('judges results by the state of the move that fits them best', () => {
    const hits = nearest(7, new Set(ids));
    const answered = { query: 7, hits };
    expect(recallAmong(library, answered, new Set(), [])).toBeLessThan(1);
    expect(recallAmong(library, answered, new Set(), [[1, 2], ids])).toBe(1);
  });
});
