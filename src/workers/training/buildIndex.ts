import {
  AddAhead,
  type AssignPool,
  coarseSampleSize,
  isExact,
  type Kernels,
  type ResolvedSpec,
  resolveSpec,
  type TrainControl,
  trainIndex,
} from '../../ann/index.ts';
import { createPrng } from '../../base/prng.ts';
import type { BuildJob, BuildProgress, BuiltIndex, TrainSpace } from '../../protocol/index.ts';
import type { Indexes, VectorFiles } from '../../store/index.ts';
import { throwIfAborted, yieldToEventLoop } from '../shared/yieldToEventLoop.ts';
import { ExactCopy } from './exactCopy.ts';

/** Vectors trained on: enough for all sub-quantizers, and no more than a small device can hold. */
const LEAST_SAMPLE = 65_536;
const MOST_SAMPLE = 262_144;
/** Ids whose vectors are read in one transaction. */
const READ = 8_192;
/** Vectors encoded between two looks at whether to go on. */
const BLOCK = 2_000;
/** Where in the whole each stage ends; the sample is read first, then trained on. */
const READ_SHARE = 0.1;
const TRAIN_SHARE = 0.6;

/** Where vectors are read from, and where exact ones are kept beside an index of codes. */
export interface BuildStore {
  readonly indexes: Pick<Indexes, 'vectors' | 'allVectors'>;
  readonly vectorFiles: Pick<VectorFiles, 'create'>;
}

export interface BuildControl {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: BuildProgress) => void;
  /** Threads that take part, where there are any. */
  readonly pool?: AssignPool | undefined;
}

/**
 * Trains an index on stored vectors and fills it with them, a block at a time: what is in memory is a
 * sample and codes, never all vectors. These go to a file, in the order of their ids, where the index
 * does not keep them as they are.
 *
 * @throws AkinError `aborted`, `out-of-memory`, `invalid-argument`, and those of the store
 */
export async function buildIndex(
  { indexes: store, vectorFiles }: BuildStore,
  kernels: Kernels,
  { space, spec: asked, ids }: BuildJob,
  { signal, onProgress, pool }: BuildControl,
): Promise<BuiltIndex> {
  const spec = resolveSpec(asked, ids.length, space.d);
  const drawn = drawIds(ids, sampleSize(spec, space.d));
  const memory = pool ? SharedArrayBuffer : ArrayBuffer;
  const sample = await readSample(
    store,
    space,
    drawn,
    signal,
    (share) => onProgress({ stage: 'reading', share: READ_SHARE * share }),
    new Float32Array(new memory(4 * drawn.length * space.d)),
  );
  const builder = await trainIndex(
    kernels,
    { spaceId: space.id, metric: space.metric, d: space.d },
    spec,
    sample,
    trainControl(
      signal,
      (share) =>
        onProgress({ stage: 'training', share: READ_SHARE + (TRAIN_SHARE - READ_SHARE) * share }),
      pool,
    ),
  );
  const copy = isExact(spec) ? null : await ExactCopy.begin(vectorFiles, space);
  try {
    const ahead = new AddAhead(
      builder,
      trainControl(signal, () => {}, pool),
    );
    const add = (some: Uint32Array, vectors: Float32Array) => {
      copy?.add(some, vectors);
      return ahead.add(some, vectors);
    };
    const added = await addStored(store, add, space, ids, signal, (share) =>
      onProgress({ stage: 'adding', share: TRAIN_SHARE + (1 - TRAIN_SHARE) * share }),
    );
    ahead.finish();
    const index = builder.seal();
    const container = index.serialize();
    index.dispose();
    return {
      container,
      vectorFile: copy?.finish() ?? null,
      unreadable: added.unreadable,
      warnings: [...builder.warnings, ...(copy?.warning ? [copy.warning] : [])],
    };
  } finally {
    copy?.end();
    builder.dispose();
  }
}

/** How the engine's training is followed and ended from a worker, which must hear its messages. */
export function trainControl(
  signal: AbortSignal,
  onShare: (share: number) => void,
  pool?: AssignPool,
): TrainControl {
  return {
    progress: (_stage, share) => onShare(share),
    pause: yieldToEventLoop,
    aborted: () => signal.aborted,
    pool,
  };
}

/** How many vectors a kind is trained on. */
function sampleSize(spec: ResolvedSpec, d: number): number {
  const forCells = 'nlist' in spec ? coarseSampleSize(spec.nlist, d) : 0;
  return Math.min(MOST_SAMPLE, Math.max(LEAST_SAMPLE, forCells));
}

/** Some of the ids, or all where there are no more, rising; the same each time. */
export function drawIds(ids: Uint32Array, count: number): Uint32Array<ArrayBuffer> {
  const drawn = Uint32Array.from(ids);
  if (ids.length <= count) return drawn;
  const prng = createPrng(ids.length);
  for (let i = 0; i < count; i++) {
    const other = i + prng.below(drawn.length - i);
    [drawn[i], drawn[other]] = [drawn[other]!, drawn[i]!];
  }
  return drawn.slice(0, count).sort();
}

/**
 * The vectors of ids (rising), in order; those that can't be read are left out.
 *
 * @param sample `ids.length × d`, filled from its start
 * @returns what of it was filled
 */
export async function readSample(
  store: Pick<Indexes, 'vectors'>,
  space: TrainSpace,
  ids: Uint32Array,
  signal: AbortSignal,
  onShare: (share: number) => void,
  sample: Float32Array = new Float32Array(ids.length * space.d),
): Promise<Float32Array> {
  let filled = 0;
  for (let from = 0; from < ids.length; from += READ) {
    throwIfAborted(signal);
    onShare(from / ids.length);
    const { vectors } = await store.vectors(space, ids.subarray(from, from + READ));
    sample.set(vectors, filled);
    filled += vectors.length;
  }
  return sample.subarray(0, filled);
}

/**
 * Hands the stored vectors of ids (rising) on, block by block; the next is read meanwhile.
 *
 * @returns the ids that have no vector which can be read
 */
export async function addStored(
  store: Pick<Indexes, 'allVectors'>,
  add: (ids: Uint32Array, vectors: Float32Array) => void | Promise<void>,
  space: TrainSpace,
  ids: Uint32Array,
  signal: AbortSignal,
  onShare: (share: number) => void,
): Promise<{ readonly unreadable: number[] }> {
  const unreadable: number[] = [];
  const blocks = store.allVectors(space, BLOCK);
  let at = 0;
  let next = blocks.next();
  try {
    for (;;) {
      const step = await next;
      throwIfAborted(signal);
      if (step.done) break;
      next = blocks.next();
      const { ids: stored, vectors } = step.value;
      const rows: number[] = [];
      stored.forEach((id, row) => {
        for (; at < ids.length && ids[at]! < id; at++) unreadable.push(ids[at]!);
        if (ids[at] !== id) return;
        rows.push(row);
        at++;
      });
      const all = rows.length === stored.length;
      if (rows.length > 0) {
        await add(
          all ? stored : Uint32Array.from(rows, (row) => stored[row]!),
          all ? vectors : gather(vectors, rows, space.d),
        );
      }
      onShare(at / ids.length);
      await yieldToEventLoop();
    }
  } finally {
    next.catch(() => {}); /* read ahead for nothing */
  }
  for (; at < ids.length; at++) unreadable.push(ids[at]!);
  return { unreadable };
}

function gather(vectors: Float32Array, rows: readonly number[], d: number): Float32Array {
  const some = new Float32Array(rows.length * d);
  rows.forEach((row, i) => {
    some.set(vectors.subarray(row * d, (row + 1) * d), i * d);
  });
  return some;
}
