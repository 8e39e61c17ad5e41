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

/** Number of vectors to train on: enough for all sub-quantizers, within a small device's memory. */
const LEAST_SAMPLE = 65_536;
const MOST_SAMPLE = 262_144;
/** Ids whose vectors are read in one transaction. */
const READ = 8_192;
/** Vectors encoded between two checks for cancellation. */
const BLOCK = 2_000;
/** Overall progress at the end of each stage; the sample is read first, then trained on. */
const READ_SHARE = 0.1;
const TRAIN_SHARE = 0.6;
/** Where the vectors are only collected before the index is built of all of them. */
const ADDED_SHARE = 0.7;

/** Source of the vectors, and storage for the exact ones beside an index of codes. */
export interface BuildStore {
  readonly indexes: Pick<Indexes, 'vectors' | 'allVectors'>;
  readonly vectorFiles: Pick<VectorFiles, 'create'>;
}

export interface BuildControl {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: BuildProgress) => void;
  /** Threads that take part, if any. */
  readonly pool?: AssignPool | undefined;
}

/**
 * Trains an index on stored vectors and adds them block by block: memory holds a sample and codes,
 * never all vectors. If the index doesn't hold the exact vectors, they go to a file in id order.
 *
 * @throws AkinError `aborted`, `out-of-memory`, `invalid-argument`, and store errors
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
  const addedShare = builder.prepare ? ADDED_SHARE : 1;
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
      onProgress({ stage: 'adding', share: TRAIN_SHARE + (addedShare - TRAIN_SHARE) * share }),
    );
    await ahead.finish(
      trainControl(
        signal,
        (share) => onProgress({ stage: 'adding', share: addedShare + (1 - addedShare) * share }),
        pool,
      ),
    );
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

/**
 * Control for following and cancelling the engine's training in a worker, which must still receive
 * messages.
 */
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

/** Number of vectors a type is trained on. */
function sampleSize(spec: ResolvedSpec, d: number): number {
  const forCells = 'nlist' in spec ? coarseSampleSize(spec.nlist, d) : 0;
  return Math.min(MOST_SAMPLE, Math.max(LEAST_SAMPLE, forCells));
}

/** A subset of the ids, or all if there are no more, ascending; deterministic. */
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
 * Reads the vectors of ascending ids, in order; skips unreadable ones.
 *
 * @param sample `ids.length × d`, filled from its start
 * @returns the filled part
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
 * Passes the stored vectors of ascending ids on, block by block, reading one block ahead.
 *
 * @returns the ids without a readable vector
 */
export async function addStored(
  store: Pick<Indexes, 'allVectors'>,
  add: (ids: Uint32Array, vectors: Float32Array) => void | Promise<void>,
  space: Pick<TrainSpace, 'id' | 'd'>,
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
    next.catch(() => {}); /* read ahead in vain */
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
