import { nodeSimdKernels } from '../../../bench/nodeKernels.ts';
import { clusteredUnitVectors } from '../../ann/index.ts';
import { createPrng } from '../../base/prng.ts';
import type { AkinEvent, PhotoId, SearchHit } from '../../protocol/index.ts';
import type { Store } from '../../store/index.ts';
import { oneIn } from '../../vision/calibration.ts';
import type { CalibrationTable } from '../../vision/types.ts';
import { openIndex } from '../indexing/openIndex.ts';
import { LibraryService } from '../library/libraryService.ts';
import { FormerIndexes } from '../moving/formerIndexes.ts';
import { libraryOf, lockOf, MANY, SPACE, trainerOf, vectorOf } from './indexedLibrary.ts';

// Libraries moving from the space of `indexedLibrary.ts` to another, and tabs that search them.

export const OLD_TABLE: CalibrationTable = {
  cosine: [-1, 0, 0.5, 1],
  log10Chance: [0, -0.3, -2, -5],
};
export const NEW = { id: 'new/8', d: 8, metric: 'ip' } as const;
export const NEW_TABLE: CalibrationTable = {
  cosine: [-1, 0.2, 0.7, 1],
  log10Chance: [0, -0.5, -3, -6],
};

const drawn = clusteredUnitVectors({ d: NEW.d, centres: 12 }, createPrng(6))(MANY);
export const newVectorOf = (id: number) => drawn.slice((id - 1) * NEW.d, id * NEW.d);

/** A library of `photos` photos in the old space. */
export const oldLibrary = libraryOf;

export function moveOne(store: Store, id: PhotoId): Promise<boolean> {
  return store.ledger.keep({ id, spaceId: NEW.id, vector: newVectorOf(id) });
}

/** A tab with both indexes open, assembled like in the library worker. */
export async function movingTab(store: Store) {
  const shared = {
    store,
    kernels: async () => nodeSimdKernels(),
    trainer: trainerOf(store),
    withIndexLock: lockOf(),
    report: () => {},
  };
  const told: AkinEvent[] = [];
  const made = await openIndex({ ...shared, space: NEW });
  const former = new FormerIndexes({
    store,
    target: NEW.id,
    async open(spaceId) {
      if (spaceId !== SPACE.id) return null;
      const { index, maintainer } = await openIndex({ ...shared, space: SPACE });
      return { space: { ...SPACE, calibration: OLD_TABLE }, index, maintainer };
    },
  });
  await former.refresh();
  const library = new LibraryService({
    ...made,
    store,
    former,
    calibration: NEW_TABLE,
    broadcast: (event) => told.push(event),
    photosOf: async (people) => (people.all ?? []).map(Number),
  });
  return { ...made, former, library, told };
}

export type MovingTab = Awaited<ReturnType<typeof movingTab>>;

const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, x, i) => sum + x * b[i]!, 0);

/**
 * The exact results of both spaces, merged by their odds: each photo in its newest space in which
 * the query also has a vector.
 *
 * @param moved the photos with a vector in the new space; all have one in the old
 */
export function exactAnswer(
  query: PhotoId,
  ids: readonly PhotoId[],
  moved: ReadonlySet<PhotoId>,
  k: number,
): SearchHit[] {
  const hits = ids
    .filter((id) => id !== query)
    .map((id) => {
      const inNew = moved.has(id) && moved.has(query);
      const of = inNew ? newVectorOf : vectorOf;
      const cosine = dot(of(query), of(id));
      return { id, cosine, pValue: 1 / oneIn(inNew ? NEW_TABLE : OLD_TABLE, cosine) };
    });
  return hits.sort((a, b) => a.pValue - b.pValue || a.id - b.id).slice(0, k);
}
