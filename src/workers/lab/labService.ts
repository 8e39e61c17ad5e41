import { effortsOf, type Kernels, kmeans } from '../../ann/index.ts';
import { checkInteger } from '../../base/checks.ts';
import type { Handlers, LabContract, LabKmeansRequest, LabWork } from '../../protocol/index.ts';
import { throwIfAborted } from '../shared/yieldToEventLoop.ts';
import { trainControl } from '../training/buildIndex.ts';
import { centroidsNeeded } from './labCentroids.ts';
import { checkIndexRequest, checkList, checkRequest } from './labChecks.ts';
import { codebookOf } from './labCodebook.ts';
import { cellSpreadOf, errorsOf } from './labCodes.ts';
import { type BuildOptions, LabIndexes } from './labIndexes.ts';
import { scanTimes } from './labScanTimes.ts';
import { LabSearch, MOST_K } from './labSearch.ts';
import { type LabStore, LabVectors } from './labVectors.ts';

/** Interval between progress messages, in milliseconds. */
const TELL_MS = 100;
const MOST_ITERATIONS = 25;
const MOST_PAIRS = 1_000_000;
const MOST_READ = 1_000;

export interface LabServiceOptions {
  readonly store: () => Promise<LabStore>;
  readonly kernels: () => Promise<Kernels>;
  readonly report: (work: LabWork) => void;
  /** Milliseconds. */
  readonly now: () => number;
}

interface Opened {
  readonly vectors: LabVectors;
  readonly indexes: LabIndexes;
  readonly search: LabSearch;
}

type Stage = Extract<LabWork, { state: 'working' }>['stage'];

/** The Lab's calls, one after the other: they share indexes and memory. */
export function labHandlers(options: LabServiceOptions): Handlers<LabContract> {
  const { now, report } = options;
  let opened: Opened | null = null;
  let before: Promise<unknown> = Promise.resolve();

  async function open(spaceId: string, signal: AbortSignal): Promise<Opened> {
    if (opened?.vectors.spaceId === spaceId) return opened;
    opened?.indexes.dispose();
    opened = null;
    const [store, kernels] = await Promise.all([options.store(), options.kernels()]);
    const vectors = await LabVectors.read(store, spaceId, signal, shareOf('reading'));
    const indexes = new LabIndexes(kernels, vectors);
    opened = { vectors, indexes, search: new LabSearch(vectors, indexes) };
    return opened;
  }

  let told = Number.NEGATIVE_INFINITY;
  function shareOf(stage: Stage): (share: number) => void {
    return (share) => {
      if (now() - told < TELL_MS) return;
      told = now();
      report({ state: 'working', stage, share });
    };
  }

  /** Runs a job after the ones before it. */
  function next<T>(
    spaceId: string,
    signal: AbortSignal,
    job: (sample: Opened, building: BuildOptions) => T | Promise<T>,
    stage: Stage = 'building',
  ): Promise<T> {
    const running = before.then(async () => {
      throwIfAborted(signal);
      try {
        const sample = await open(spaceId, signal);
        return await job(sample, { signal, onShare: shareOf(stage), now });
      } finally {
        report({ state: 'idle' });
      }
    });
    before = running.catch(() => {});
    return running;
  }

  return {
    sample: (signal, spaceId) => next(spaceId, signal, ({ vectors }) => vectors.sample()),
    search: (signal, spaceId, request) =>
      next(spaceId, signal, ({ search }, building) =>
        search.search(checkIndexRequest(request), building),
      ),
    structure: (signal, spaceId, request) =>
      next(spaceId, signal, async ({ indexes }, building) => {
        const { index, spec, buildMs } = await indexes.get(checkIndexRequest(request), building);
        const { bytes, rerankBytes, ntotal, d } = index;
        return {
          spec,
          d,
          buildMs,
          bytesPerVector: (bytes - rerankBytes) / ntotal,
          rerankBytesPerVector: rerankBytes / ntotal,
          structure: index.structure(),
        };
      }),
    measure: (signal, spaceId, request) =>
      next(
        spaceId,
        signal,
        ({ search }, building) => search.measure(checkIndexRequest(request), building),
        'searching',
      ),
    plan: (signal, spaceId, request, k) =>
      next(spaceId, signal, ({ indexes }) => {
        const spec = indexes.resolve(checkIndexRequest(request));
        return { spec, searches: effortsOf(spec, checkInteger('k', k, 1, MOST_K)) };
      }),
    errors: (signal, spaceId, request) =>
      next(spaceId, signal, ({ vectors, indexes }, building) =>
        errorsOf(vectors, indexes, checkIndexRequest(request), building),
      ),
    cellSpread: (signal, spaceId, request, cell) =>
      next(spaceId, signal, ({ vectors, indexes }, building) =>
        cellSpreadOf(vectors, indexes, checkIndexRequest(request), cell, building),
      ),
    kmeans: (signal, spaceId, request) =>
      next(spaceId, signal, async ({ vectors }) => {
        const { space, vectors: rows } = vectors.of(checkRequest(request).dimensions);
        const kernels = await options.kernels();
        const control = trainControl(signal, shareOf('building'));
        return kmeans(kernels, rows, { d: space.d, ...kmeansOf(request) }, control);
      }),
    similarities: (signal, spaceId, of, to) =>
      next(spaceId, signal, ({ vectors }) => {
        const pairs = checkList(of, 'of').length * checkList(to, 'to').length;
        checkInteger('pairs', pairs, 1, MOST_PAIRS);
        const [left, right] = [of, to].map((some) => some.map((id) => vectorOf(vectors, id)));
        return Float32Array.from(
          left!.flatMap((a) => right!.map((b) => a.reduce((sum, x, i) => sum + x * b[i]!, 0))),
        );
      }),
    vectors: (signal, spaceId, ids) =>
      next(spaceId, signal, ({ vectors }) => {
        checkInteger('photos', checkList(ids, 'ids').length, 1, MOST_READ);
        const all = new Float32Array(ids.length * vectors.d);
        ids.forEach((id, i) => {
          all.set(vectorOf(vectors, id), i * vectors.d);
        });
        return all;
      }),
    codebook: (signal, spaceId, request) =>
      next(spaceId, signal, ({ vectors, indexes }, building) =>
        codebookOf(checkIndexRequest(request), vectors, indexes, building),
      ),
    centroids: (signal, spaceId, request) =>
      next(spaceId, signal, async ({ vectors }, building) =>
        centroidsNeeded(checkRequest(request), vectors, await options.kernels(), building),
      ),
    scanTimes: (signal, spaceId, request) =>
      next(
        spaceId,
        signal,
        async ({ vectors }, building) =>
          scanTimes(checkRequest(request), vectors, await options.kernels(), building),
        'searching',
      ),
  };
}

function vectorOf(vectors: LabVectors, id: number): Float32Array {
  const row = vectors.rowOf(id);
  return vectors.vectors.subarray(row * vectors.d, (row + 1) * vectors.d);
}

/** All rows are used, and all rounds are run, so that each shows what the next one changes. */
function kmeansOf({ nlist, iterations, seed = 1 }: LabKmeansRequest) {
  return {
    k: nlist,
    iterations: checkInteger('iterations', iterations, 1, MOST_ITERATIONS),
    seed: checkInteger('seed', seed, 0, 0xffffffff),
    maxPointsPerCentroid: 0xffffffff,
    tolerance: 0,
  };
}
