import {
  type IndexSpec,
  recall,
  type SearchEffort,
  type SearchOptions,
  type VectorIndex,
} from '../../ann/index.ts';
import { checkInteger } from '../../base/checks.ts';
import type {
  LabAnswer,
  LabMeasure,
  LabMeasureRequest,
  LabRequest,
  LabSearchRequest,
  PhotoId,
} from '../../protocol/index.ts';
import { median } from '../shared/median.ts';
import { throwIfAborted, yieldToEventLoop } from '../shared/yieldToEventLoop.ts';
import { drawIds } from '../training/buildIndex.ts';
import { checkList, checkRequest } from './labChecks.ts';
import type { BuildOptions, BuiltLabIndex, LabIndexes } from './labIndexes.ts';
import type { LabVectors } from './labVectors.ts';

const K = 10;
/** Results of a search at most. */
export const MOST_K = 1_000;
const QUERIES = 50;
const MOST_QUERIES = 200;
/** A search is repeated until one of these is reached, for the median of its times. */
const MOST_REPEATS = 15;
const REPEAT_MS = 30;

const EXACT = { kind: 'flat', store: 'float32' } as const;

/** Searches indexes of a sample, and compares with exact search. */
export class LabSearch {
  readonly #vectors: LabVectors;
  readonly #indexes: LabIndexes;

  constructor(vectors: LabVectors, indexes: LabIndexes) {
    this.#vectors = vectors;
    this.#indexes = indexes;
  }

  /** @throws AkinError `not-found`, `invalid-argument`, `aborted`, `out-of-memory` */
  async search(
    { spec, dimensions, photos, photo, k: wanted = K, ...effort }: LabSearchRequest,
    options: BuildOptions,
  ): Promise<LabAnswer> {
    const k = this.#results(wanted);
    const query = this.#queryOf(photo, dimensions);
    const truth = await this.#truth([photo], k, dimensions, options);
    const built = await this.#indexes.get(requestOf(spec, dimensions, photos), options);
    const ask: SearchOptions = { ...effort, k, exclude: photo };
    const ms = timeOf(built.index, query, ask, options.now);
    const found = built.index.search(query, { ...ask, trace: true, now: options.now });
    const { ids, scores, stats, trace = [] } = found;
    return {
      ids,
      scores,
      truth: truth[0]!,
      recall: recall(truth[0]!, ids),
      ms,
      stats,
      trace,
      ...this.#bytesOf(built),
    };
  }

  /** @throws AkinError `invalid-argument`, `aborted`, `out-of-memory` */
  async measure(request: LabMeasureRequest, options: BuildOptions): Promise<LabMeasure[]> {
    const { spec, dimensions, photos: part, recallAt = [] } = request;
    const searches = checkList(request.searches, 'searches').map((each) =>
      checkRequest(each, 'a search'),
    );
    checkList(recallAt, 'recallAt');
    const k = this.#results(request.k ?? K);
    const most = Math.max(k, ...recallAt.map((r) => this.#results(r)));
    const count = checkInteger('queries', request.queries ?? QUERIES, 1, MOST_QUERIES);
    const photos = drawIds(this.#vectors.ids, count);
    const truth = await this.#truth(photos, k, dimensions, options);
    const built = await this.#indexes.get(requestOf(spec, dimensions, part), options);
    const rows: LabMeasure[] = [];
    for (const [done, search] of searches.entries()) {
      const sums = { recall: 0, codesScanned: 0, cellsVisited: 0, nodesVisited: 0 };
      const firsts = recallAt.map(() => 0);
      const times: number[] = [];
      for (const [i, photo] of photos.entries()) {
        const query = this.#queryOf(photo, dimensions);
        const ask: SearchOptions = { ...search, k, exclude: photo };
        const { ids, stats } = built.index.search(query, ask);
        times.push(timeOf(built.index, query, ask, options.now, 3));
        sums.recall += recall(truth[i]!, ids);
        sums.codesScanned += stats.codesScanned;
        sums.cellsVisited += stats.cellsVisited;
        sums.nodesVisited += stats.nodesVisited;
        if (recallAt.length > 0) {
          const many = built.index.search(query, { ...ask, k: most }).ids;
          recallAt.forEach((r, at) => {
            if (many.subarray(0, r).includes(truth[i]![0]!)) firsts[at]!++;
          });
        }
        if (i % 10 === 9) {
          options.onShare((done + (i + 1) / photos.length) / searches.length);
          await yieldToEventLoop();
          throwIfAborted(options.signal);
        }
      }
      rows.push({
        spec: built.spec,
        search,
        recall: sums.recall / photos.length,
        recallAt: firsts.map((hits) => hits / photos.length),
        ms: median(times),
        codesScanned: sums.codesScanned / photos.length,
        cellsVisited: sums.cellsVisited / photos.length,
        nodesVisited: sums.nodesVisited / photos.length,
        ...this.#bytesOf(built),
        buildMs: built.buildMs,
      });
    }
    return rows;
  }

  /** The true nearest of photos, without themselves. */
  async #truth(
    photos: ArrayLike<PhotoId>,
    k: number,
    dimensions: number | undefined,
    options: BuildOptions,
  ): Promise<Uint32Array<ArrayBuffer>[]> {
    const { index } = await this.#indexes.get(requestOf(EXACT, dimensions), options);
    return Array.from(
      photos,
      (photo) => index.search(this.#queryOf(photo, dimensions), { k, exclude: photo }).ids,
    );
  }

  #results(k: number): number {
    return checkInteger('k', k, 1, MOST_K);
  }

  #queryOf(photo: PhotoId, dimensions: number | undefined): Float32Array {
    const row = this.#vectors.rowOf(photo);
    const { space, vectors } = this.#vectors.of(dimensions);
    return vectors.slice(row * space.d, (row + 1) * space.d);
  }

  #bytesOf({ index }: BuiltLabIndex) {
    const n = index.ntotal;
    const { bytes, rerankBytes } = index;
    return { bytesPerVector: (bytes - rerankBytes) / n, rerankBytesPerVector: rerankBytes / n };
  }
}

function requestOf(spec: IndexSpec, dimensions?: number, photos?: number): LabRequest {
  return {
    spec,
    ...(dimensions !== undefined && { dimensions }),
    ...(photos !== undefined && { photos }),
  };
}

/** The median time of several equal searches, in milliseconds. */
function timeOf(
  index: Pick<VectorIndex, 'search'>,
  query: Float32Array,
  options: SearchOptions & SearchEffort,
  now: () => number,
  most = MOST_REPEATS,
): number {
  const times: number[] = [];
  const start = now();
  while (times.length < most && (times.length < 2 || now() - start < REPEAT_MS)) {
    const from = now();
    index.search(query, options);
    times.push(now() - from);
  }
  return median(times);
}
