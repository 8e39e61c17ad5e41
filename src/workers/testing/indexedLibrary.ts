import { openDB } from 'idb';
import { nodeSimdKernels } from '../../../bench/nodeKernels.ts';
import { clusteredUnitVectors, groundTruth } from '../../ann/index.ts';
import { createPrng } from '../../base/prng.ts';
import { photoHash } from '../../identity/testing/ids.ts';
import type { IndexChoice, IndexWork, PhotoId } from '../../protocol/index.ts';
import { type OpenOptions, openStore, type Store } from '../../store/index.ts';
import { type OpenedIndex, openIndex } from '../indexing/openIndex.ts';
import { buildIndex } from '../training/buildIndex.ts';
import { compactSegment } from '../training/compactSegment.ts';
import { measureKinds } from '../training/measureKinds.ts';
import type { Trainer } from '../training/trainer.ts';
import { trueNeighbours } from '../training/trueNeighbours.ts';
import { searchFor } from './searchFor.ts';

// Shared by the tests of this folder: libraries in a database of their own, and tabs that open
// them.

export const SPACE = { id: 'test/16', d: 16, metric: 'ip' } as const;
export const MANY = 3_000;
export const IVFPQ = { kind: 'ivfpq', nlist: 16, M: 8 } as const;

export const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

/** Vectors of ids from 1 on: `vectorOf(id)`. */
const drawn = clusteredUnitVectors({ d: SPACE.d, centres: 12 }, createPrng(5))(MANY);
export const vectorOf = (id: number) => drawn.slice((id - 1) * SPACE.d, id * SPACE.d);

let libraries = 0;

export function freshName(): string {
  libraries++;
  return `indexed-${libraries}`;
}

/** A test photo's row, identified by its number alone. */
export function photoRow(id: PhotoId) {
  return {
    id,
    hash: photoHash(id),
    name: `${id}.webp`,
    path: '',
    type: 'image/webp',
    bytes: 1,
    width: 1,
    height: 1,
    thumbWidth: 1,
    thumbHeight: 1,
    addedAt: id,
  };
}

/** Writes photos `from` to `to` as imports leave them. */
export async function writePhotos(name: string, from: number, to: number): Promise<number[]> {
  const database = await openDB(name);
  const tx = database.transaction(['photos', 'vectors', 'delta'], 'readwrite');
  const ids = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  for (const id of ids) {
    tx.objectStore('photos').put(photoRow(id));
    tx.objectStore('vectors').put(vectorOf(id).buffer, [SPACE.id, id]);
    tx.objectStore('delta').put(true, [SPACE.id, id]);
  }
  await tx.done;
  database.close();
  return ids;
}

export async function libraryOf(
  photos: number,
  options: Omit<OpenOptions, 'name'> = {},
): Promise<{ name: string; store: Store }> {
  const name = freshName();
  const store = await openStore({ name, ...options });
  if (photos > 0) await writePhotos(name, 1, photos);
  return { name, store };
}

/** A lock across tabs, in place of the browser's Web Locks. */
export function lockOf(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work, work);
    last = turn.catch(() => {});
    return turn;
  };
}

/** Trains in this thread; waits for `gate`, if given, before returning the result. */
export function trainerOf(store: Store, gate: () => Promise<void> = async () => {}): Trainer {
  return {
    async build(job, follow) {
      const built = await buildIndex(store, nodeSimdKernels(), job, follow);
      await gate();
      return built;
    },
    async compact(job, follow) {
      const built = await compactSegment(store, nodeSimdKernels(), job, follow);
      await gate();
      return built;
    },
    truth: (job, signal) => trueNeighbours(store.indexes, nodeSimdKernels(), job, signal),
    measure: (job, follow) =>
      measureKinds(store.indexes, nodeSimdKernels(), job, {
        ...follow,
        now: () => performance.now(),
      }),
  };
}

export interface Tab extends OpenedIndex {
  readonly told: IndexWork[];
}

export async function openTab(
  store: Store,
  options: {
    readonly trainer?: Trainer;
    readonly withIndexLock?: <T>(work: () => Promise<T>) => Promise<T>;
  } = {},
): Promise<Tab> {
  const told: IndexWork[] = [];
  const opened = await openIndex({
    store,
    space: SPACE,
    kernels: async () => nodeSimdKernels(),
    trainer: options.trainer ?? trainerOf(store),
    withIndexLock: options.withIndexLock ?? lockOf(),
    report: (work) => told.push(work),
  });
  return { ...opened, told };
}

/** A tab of a library of `photos` photos, all in one trained segment. */
export async function trainedTab(
  store: Store,
  photos: number,
  choice: IndexChoice = IVFPQ,
): Promise<Tab> {
  const tab = await openTab(store);
  await tab.settings.choose(choice, photos);
  await tab.maintainer.maintain({ quiet: true });
  return tab;
}

/** A gate that holds a training until opened, and reports when it is reached. */
function gate() {
  let reach = () => {};
  let open = () => {};
  const reached = new Promise<void>((resolve) => {
    reach = resolve;
  });
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const pass = () => {
    reach();
    return opened;
  };
  return { reached, open, pass };
}

/** A tab that has trained everything but not returned the result yet: call `finish` for that. */
export async function heldInTraining(
  store: Store,
  photos: number,
  choice: IndexChoice = IVFPQ,
  withIndexLock = lockOf(),
): Promise<{ readonly tab: Tab; readonly finish: () => Promise<void> }> {
  const { reached, open, pass } = gate();
  const tab = await openTab(store, { withIndexLock, trainer: trainerOf(store, pass) });
  await tab.settings.choose(choice, photos);
  const done = tab.maintainer.maintain({ quiet: true });
  await reached;
  const finish = () => {
    open();
    return done;
  };
  return { tab, finish };
}

/** The ids found by a search for a photo, best first. */
export async function hitsOf(tab: Tab, id: number, k = 10): Promise<number[] | undefined> {
  return (await searchFor(tab.index, id, k))?.hits.map((hit) => hit.id);
}

/** recall@10 of the index over some queries. */
export async function recallOf(tab: Tab, ids: readonly number[]): Promise<number> {
  const vectors = Float32Array.from(ids.flatMap((id) => [...vectorOf(id)]));
  const queries = ids.filter((_, i) => i % Math.ceil(ids.length / 40) === 0);
  let sum = 0;
  for (const id of queries) {
    const truth = groundTruth('ip', { d: SPACE.d, ids, vectors }, vectorOf(id), 11);
    const wanted = new Set(truth.map((each) => each.id).filter((each) => each !== id));
    const found = await searchFor(tab.index, id, 10);
    const hits = found?.hits.filter((hit) => wanted.has(hit.id)) ?? [];
    sum += hits.length / Math.min(10, wanted.size);
  }
  return sum / queries.length;
}

/** Types and sizes of the sealed segments, then the size of the delta. */
export function shapeOf({ index }: Tab): [string, number][] {
  return index.segments().map(({ key, spec, live }) => [key === 0 ? 'delta' : spec.kind, live]);
}
