import {
  AddAhead,
  type AssignPool,
  effortsOf,
  exactNeighbours,
  type IndexSpec,
  type Kernels,
  type ResolvedSpec,
  recall,
  type SearchEffort,
  trainIndex,
  tryResolve,
  type VectorIndex,
  type VectorSpace,
} from '../../ann/index.ts';
import { AkinError } from '../../base/errors.ts';
import type { MeasureJob, MeasureProgress, MeasureRow } from '../../protocol/index.ts';
import type { Indexes } from '../../store/index.ts';
import { median } from '../shared/median.ts';
import { throwIfAborted, yieldToEventLoop } from '../shared/yieldToEventLoop.ts';
import { drawIds, readSample, trainControl } from './buildIndex.ts';

/** Query photos, and neighbors per query. */
const QUERIES = 100;
const K = 10;
/** Maximum number of vectors measured: all are held in memory, and each type is trained on them. */
const MOST_VECTORS = 100_000;
/** Vectors added between two checks for cancellation. */
const BLOCK = 2_000;

export interface MeasureControl {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: MeasureProgress, row: MeasureRow | null) => void;
  /** Milliseconds. */
  readonly now: () => number;
  /** Threads that help with building, if any. */
  readonly pool?: AssignPool | undefined;
}

interface Measured {
  readonly space: VectorSpace;
  readonly ids: Uint32Array<ArrayBuffer>;
  /** (n × d) */
  readonly vectors: Float32Array;
  /** Rows of `vectors`. */
  readonly queries: readonly number[];
  /** The true neighbors of each query. */
  readonly truth: readonly Uint32Array[];
}

/** The types to measure, given enough vectors. */
const KINDS: readonly IndexSpec[] = [
  { kind: 'flat', store: 'float32' },
  { kind: 'flat', store: 'sq8' },
  { kind: 'ivf' },
  { kind: 'ivfpq' },
  { kind: 'pq' },
  { kind: 'opq' },
  { kind: 'lopq' },
  { kind: 'kdtree' },
  { kind: 'forest' },
  { kind: 'hnsw' },
  { kind: 'lsh' },
  { kind: 'itq' },
];

/**
 * Builds every index type in memory from the library's own vectors (at most 100,000), searches for
 * 100 of its photos with several settings each, and compares with exact search.
 *
 * @throws AkinError `not-found` for a library of fewer than two photos, `aborted`, `out-of-memory`,
 *   and store errors
 */
export async function measureKinds(
  store: Pick<Indexes, 'vectors'>,
  kernels: Kernels,
  job: MeasureJob,
  control: MeasureControl,
): Promise<MeasureRow[]> {
  const measured = await read(store, kernels, job, control);
  const n = measured.ids.length;
  const specs = KINDS.flatMap((kind) => tryResolve(kind, n, job.space.d) ?? []);
  const rows: MeasureRow[] = [];
  for (const [done, spec] of specs.entries()) {
    const report = (stage: string, row: MeasureRow | null = null) =>
      control.onProgress({ done, total: specs.length, stage }, row);
    const { index, trainMs } = await build(kernels, measured, spec, report, control);
    try {
      for (const settings of effortsOf(spec, K)) {
        report('searching');
        const quality = await search(index, measured, settings, control);
        const row = { ...quality, spec, search: settings, ...bytesOf(index, n), trainMs };
        rows.push(row);
        report('searching', row);
      }
    } finally {
      index.dispose();
    }
  }
  control.onProgress({ done: specs.length, total: specs.length, stage: 'done' }, null);
  return rows;
}

async function read(
  store: Pick<Indexes, 'vectors'>,
  kernels: Kernels,
  { space, ids: all }: MeasureJob,
  { signal, onProgress }: MeasureControl,
): Promise<Measured> {
  onProgress({ done: 0, total: KINDS.length, stage: 'reading' }, null);
  const drawn = drawIds(all, MOST_VECTORS);
  const vectors = await readSample(store, space, drawn, signal, () => {});
  const { d, metric } = space;
  // If a vector is unreadable, the ids no longer line up; row numbers do as well, since no one sees
  // them.
  const ids = Uint32Array.from({ length: vectors.length / d }, (_, row) => row + 1);
  if (ids.length < 2)
    throw new AkinError('not-found', 'There is nothing to compare yet.', {
      details: { reason: 'few-photos' },
    });
  const queries = Array.from(drawIds(ids, QUERIES), (id) => id - 1);
  const matrix = new Float32Array(queries.length * d);
  queries.forEach((row, i) => {
    matrix.set(vectors.subarray(row * d, (row + 1) * d), i * d);
  });
  onProgress({ done: 0, total: KINDS.length, stage: 'comparing' }, null);
  await yieldToEventLoop();
  const k = Math.min(K + 1, ids.length);
  const found = exactNeighbours(kernels, metric, { d, ids, vectors }, matrix, k);
  const truth = queries.map((row, i) =>
    found
      .subarray(i * k, (i + 1) * k)
      .filter((id) => id !== row + 1)
      .slice(0, K),
  );
  return { space: { spaceId: space.id, metric, d }, ids, vectors, queries, truth };
}

async function build(
  kernels: Kernels,
  { space, ids, vectors }: Measured,
  spec: ResolvedSpec,
  report: (stage: string) => void,
  { signal, now, pool }: MeasureControl,
): Promise<{ index: VectorIndex; trainMs: number }> {
  report('training');
  const from = now();
  const control = trainControl(signal, () => report('training'), pool);
  const builder = await trainIndex(kernels, space, spec, vectors, control);
  try {
    const ahead = new AddAhead(
      builder,
      trainControl(signal, () => {}, pool),
    );
    for (let row = 0; row < ids.length; row += BLOCK) {
      throwIfAborted(signal);
      const end = Math.min(ids.length, row + BLOCK);
      await ahead.add(ids.subarray(row, end), vectors.subarray(row * space.d, end * space.d));
      report('adding');
      await yieldToEventLoop();
    }
    await ahead.finish();
    return { index: builder.seal(), trainMs: now() - from };
  } finally {
    builder.dispose();
  }
}

async function search(
  index: VectorIndex,
  { space, vectors, queries, truth }: Measured,
  effort: SearchEffort,
  { signal, now }: MeasureControl,
): Promise<Pick<MeasureRow, 'recall10' | 'msMedian'>> {
  const times: number[] = [];
  let found = 0;
  for (const [i, row] of queries.entries()) {
    const query = vectors.slice(row * space.d, (row + 1) * space.d);
    const from = now();
    const { ids } = index.search(query, { ...effort, k: K, exclude: row + 1 });
    times.push(now() - from);
    found += recall(truth[i]!, ids);
    if (i % 20 === 19) {
      throwIfAborted(signal);
      await yieldToEventLoop();
    }
  }
  return { recall10: found / queries.length, msMedian: median(times) };
}

function bytesOf(index: VectorIndex, n: number) {
  const { bytes, rerankBytes } = index;
  return { bytesPerVector: (bytes - rerankBytes) / n, rerankBytesPerVector: rerankBytes / n };
}
