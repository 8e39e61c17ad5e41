import { type AssignPool, type Kernels, neighbourGraph } from '../../ann/index.ts';
import { AkinError } from '../../base/errors.ts';
import type { MapWork } from '../../protocol/index.ts';
import type { Indexes, Photos, SavedMap } from '../../store/index.ts';
import { layOut } from '../../umap/index.ts';
import { dimensionsOf } from '../shared/dimensionsOf.ts';
import { throwIfAborted, yieldToEventLoop } from '../shared/yieldToEventLoop.ts';
import { evenPart, readVectors } from '../training/readVectors.ts';

export interface LayOutJobOptions {
  readonly store: {
    readonly indexes: Pick<Indexes, 'allVectors'>;
    readonly photos: Pick<Photos, 'gallery'>;
  };
  readonly kernels: Kernels;
  readonly spaceId: string;
  readonly seed: number;
  readonly signal: AbortSignal;
  readonly onProgress: (work: Extract<MapWork, { state: 'working' }>) => void;
  /** Milliseconds. */
  readonly now: () => number;
  /** Milliseconds since 1970. */
  readonly date: () => number;
  /** Threads that take part, if any. */
  readonly pool?: AssignPool | undefined;
}

/** Neighbours that a layout keeps together, the default of McInnes, Healy and Melville (2018). */
const NEIGHBOURS = 15;
/**
 * Photos to lay out at most, for the sake of memory: 310 MB at 384 values each, twice. More are an
 * even part; the others are placed among them.
 */
export const MOST_LAID_OUT = 200_000;
/** Overall progress at the end of each stage. */
const READ_SHARE = 0.05;
const NEIGHBOURS_SHARE = 0.55;
/** Interval between progress messages, and the longest time without hearing others, in milliseconds. */
const TELL_MS = 200;
const PAUSE_MS = 30;

/**
 * Lays out the photos of the gallery by their vectors of a space.
 *
 * @throws AkinError `not-found` without any, `aborted`, `out-of-memory`, `invalid-argument`, and
 *   store errors
 */
export async function layOutJob(options: LayOutJobOptions): Promise<SavedMap> {
  const { store, kernels, spaceId, seed, signal, now, pool } = options;
  const d = dimensionsOf(spaceId);
  let told = Number.NEGATIVE_INFINITY;
  let paused = now();
  const tell = (stage: 'reading' | 'neighbors' | 'layout', share: number) => {
    if (now() - told < TELL_MS) return;
    told = now();
    options.onProgress({ state: 'working', stage, share });
  };
  const step = async (...at: Parameters<typeof tell>) => {
    tell(...at);
    if (now() - paused >= PAUSE_MS) {
      await yieldToEventLoop();
      paused = now();
    }
    throwIfAborted(signal);
  };
  await step('reading', 0);
  const { ids: photos } = await store.photos.gallery();
  const { ids, vectors } = await readVectors(
    store.indexes,
    { id: spaceId, d },
    evenPart(photos, MOST_LAID_OUT),
    signal,
    (share) => tell('reading', READ_SHARE * share),
  );
  if (ids.length === 0) {
    throw new AkinError('not-found', 'No photo has a vector yet.', {
      details: { reason: 'no-vectors' },
    });
  }
  let neighboursDone = 0;
  const graph = await neighbourGraph(
    kernels,
    vectors,
    { d, k: NEIGHBOURS, seed },
    {
      pool,
      aborted: () => signal.aborted,
      progress(_stage, share) {
        neighboursDone = share;
      },
      pause: () => step('neighbors', READ_SHARE + (NEIGHBOURS_SHARE - READ_SHARE) * neighboursDone),
    },
  );
  const layout = await layOut(vectors, graph, {
    d,
    seed,
    pause: (share) => step('layout', NEIGHBOURS_SHARE + (1 - NEIGHBOURS_SHARE) * share),
  });
  return {
    ids,
    positions: layout.positions,
    clusters: layout.labels,
    clusterList: Array.from(layout.central, (row) => ({ central: ids[row]! })),
    laidOutAt: options.date(),
    placed: new Uint32Array(),
  };
}
