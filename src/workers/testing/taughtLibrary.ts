import { nodeSimdKernels } from '../../../bench/nodeKernels.ts';
import { createPrng } from '../../base/prng.ts';
import { AppendedCalibration } from '../../metric/appended.ts';
import { loadCalibration, saveCalibration } from '../../metric/index.ts';
import type { AkinEvent, PhotoId } from '../../protocol/index.ts';
import { openStore, type Store } from '../../store/index.ts';
import { fileOf, keepOf } from '../../store/testing/library.ts';
import { calibrationHandlers } from '../calibrations/calibrationHandlers.ts';
import { CalibrationKeeper } from '../calibrations/calibrationKeeper.ts';
import { CurrentCalibration } from '../calibrations/currentCalibration.ts';
import { openTaught, openTaughtIndex } from '../calibrations/taughtSpace.ts';
import { openIndex } from '../indexing/openIndex.ts';
import { LibraryService } from '../library/libraryService.ts';
import type { SearchedSpace } from '../models/model.ts';
import { FormerIndexes } from '../moving/formerIndexes.ts';
import { freshName, lockOf, SPACE, trainerOf, vectorOf } from './indexedLibrary.ts';
import { OLD_TABLE } from './movingLibrary.ts';

// Libraries in the space of `indexedLibrary.ts` whose user has taught something, and tabs that share
// them.

export const BASE: SearchedSpace = { ...SPACE, calibration: OLD_TABLE };

/** What was learned, in saved form; each seed gives another projection. */
export function learned(
  seed: number,
  spaceId: string = SPACE.id,
  d: number = SPACE.d,
): ArrayBuffer {
  const prng = createPrng(seed);
  const r = 3;
  const appendix = {
    method: 'ridge' as const,
    ...{ d, r, mean: new Float32Array(d), whitening: null, centers: new Float32Array(0) },
    W: Float32Array.from({ length: r * d }, () => prng.normal()),
    priors: new Float32Array(r).fill(0.5),
  };
  return saveCalibration(new AppendedCalibration(appendix, 2), spaceId);
}

/** A photo's vector after a calibration. */
export function extended(bytes: ArrayBuffer, id: PhotoId): Float32Array<ArrayBuffer> {
  const { calibration } = loadCalibration(bytes);
  const out = new Float32Array(calibration.size);
  calibration.extend(vectorOf(id), 0, out, 0);
  return out;
}

export function openTaughtStore(name: string): Promise<Store> {
  return openStore({
    name,
    readCalibration: (bytes) => loadCalibration(bytes).calibration,
  });
}

export async function importTaught(store: Store, n: number): Promise<PhotoId> {
  const [staged] = await store.jobs.stage([fileOf(n)]);
  const { id } = staged!;
  await store.photos.keep({ ...keepOf(id), spaceId: SPACE.id, vector: vectorOf(id) });
  return id;
}

/** Photos 1 to `photos`, imported one by one. */
export async function taughtLibrary(
  photos: number,
): Promise<{ readonly name: string; readonly store: Store }> {
  const name = `taught-${freshName()}`;
  const store = await openTaughtStore(name);
  for (let n = 1; n <= photos; n++) await importTaught(store, n);
  return { name, store };
}

/** Delivers events between tabs, not to the sender, until all have handled them. */
export class Channel {
  readonly #tabs: ((event: AkinEvent) => Promise<void>)[] = [];
  #sent: Promise<unknown> = Promise.resolve();

  join(hear: (event: AkinEvent) => Promise<void>): (event: AkinEvent) => void {
    this.#tabs.push(hear);
    return (event) => {
      const others = this.#tabs.filter((each) => each !== hear);
      this.#sent = Promise.all([this.#sent, ...others.map((each) => each(event))]);
    };
  }

  async settled(): Promise<void> {
    for (let sent: unknown = null; sent !== this.#sent; ) {
      sent = this.#sent;
      await sent;
    }
  }
}

/** A tab, assembled like in the library worker. */
export async function taughtTab(
  store: Store,
  { channel = new Channel(), inTurn = lockOf(), base = BASE, withIndexLock = lockOf() } = {},
) {
  const opening = {
    ...{ store, kernels: async () => nodeSimdKernels(), trainer: trainerOf(store) },
    withIndexLock,
  };
  const told: AkinEvent[] = [];
  const made = await openIndex({ ...opening, space: base, report: () => {} });
  const former = new FormerIndexes({ store, target: base.id, open: async () => null });
  const taught = new CurrentCalibration({
    store,
    base: base.id,
    open: (row) => openTaught(row, opening),
  });
  await taught.follow();
  let collected = 0;
  const broadcast = (event: AkinEvent) => {
    told.push(event);
    send(event);
    void keeper.hear(event);
  };
  const keeper = new CalibrationKeeper({
    store: async () => store,
    base: async () => base,
    openIndex: (row) => openTaughtIndex(row, opening),
    broadcast,
    yieldToEventLoop: async () => {},
    inTurn,
    collectFiles: async () => {
      collected++;
    },
  });
  const library = new LibraryService({
    ...{ ...made, store, former, taught, broadcast, calibration: base.calibration },
    photosOf: async () => [],
  });
  const send = channel.join(async (event) => {
    await keeper.hear(event);
    await library.hear(event);
  });
  const handlers = calibrationHandlers({
    store: async () => store,
    base: async () => base,
    current: async () => taught,
    broadcast,
  });
  const { signal } = new AbortController();
  return {
    ...{ ...made, library, taught, keeper, told, channel },
    /** How often files were collected. */
    collected: () => collected,
    adopt: (bytes: ArrayBuffer, title = 'Mine') => handlers.adoptCalibration(signal, bytes, title),
    calibrations: () => handlers.calibrations(signal),
    choose: (id: string | null) => handlers.chooseCalibration(signal, id),
    remove: (id: string) => handlers.removeCalibration(signal, id),
    hits: async (id: PhotoId, k = 10) => (await library.search({ photoId: id, k })).hits,
    close() {
      made.maintainer.cleared();
      taught.close();
    },
  };
}

export type TaughtTab = Awaited<ReturnType<typeof taughtTab>>;
