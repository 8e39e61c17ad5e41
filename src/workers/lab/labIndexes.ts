import {
  AddAhead,
  type IndexSpec,
  type Kernels,
  type ResolvedSpec,
  resolveSpec,
  trainIndex,
  type VectorIndex,
} from '../../ann/index.ts';
import { checkInteger } from '../../base/checks.ts';
import type { LabRequest } from '../../protocol/index.ts';
import { throwIfAborted, yieldToEventLoop } from '../shared/yieldToEventLoop.ts';
import { trainControl } from '../training/buildIndex.ts';
import type { LabVectors } from './labVectors.ts';

/** Indexes kept at most: two that are compared in turn, and their exact counterparts. */
const MOST_INDEXES = 6;
/** Vectors added between two checks for cancellation. */
const BLOCK = 500;
/** Overall progress once trained, and once all vectors were added. */
const TRAIN_SHARE = 0.5;
const ADDED_SHARE = 0.6;

export interface BuiltLabIndex {
  readonly index: VectorIndex;
  readonly spec: ResolvedSpec;
  readonly buildMs: number;
}

export interface BuildOptions {
  readonly signal: AbortSignal;
  readonly onShare: (share: number) => void;
  /** Milliseconds. */
  readonly now: () => number;
}

/** Indexes of one sample, built when first asked for; the least recently used make room. */
export class LabIndexes {
  readonly #kernels: Kernels;
  readonly #vectors: LabVectors;
  /** The least recently used first. */
  readonly #built = new Map<string, BuiltLabIndex>();

  constructor(kernels: Kernels, vectors: LabVectors) {
    this.#kernels = kernels;
    this.#vectors = vectors;
  }

  /** @throws AkinError `invalid-argument`, `aborted`, `out-of-memory` */
  async get(request: LabRequest, options: BuildOptions): Promise<BuiltLabIndex> {
    const { dimensions = this.#vectors.d } = request;
    const n = this.#count(request);
    const resolved = this.resolve(request);
    const key = `${n} ${dimensions} ${JSON.stringify(Object.entries(resolved).sort())}`;
    const found = this.#built.get(key) ?? (await this.#build(resolved, n, dimensions, options));
    this.#built.delete(key);
    this.#built.set(key, found);
    for (const [oldest, { index }] of this.#built) {
      if (this.#built.size <= MOST_INDEXES) break;
      this.#built.delete(oldest);
      index.dispose();
    }
    return found;
  }

  /** All parameters of an index of the sample. @throws AkinError `invalid-argument` */
  resolve(request: LabRequest): ResolvedSpec {
    const { spec, dimensions } = request;
    const { d } = this.#vectors.of(dimensions).space;
    return resolveSpec(spec as IndexSpec, this.#count(request), d);
  }

  #count({ photos }: LabRequest): number {
    const all = this.#vectors.ids.length;
    return photos === undefined ? all : checkInteger('photos', photos, 1, all);
  }

  /** Frees all memory. */
  dispose(): void {
    for (const { index } of this.#built.values()) index.dispose();
    this.#built.clear();
  }

  async #build(
    spec: ResolvedSpec,
    n: number,
    dimensions: number,
    { signal, onShare, now }: BuildOptions,
  ): Promise<BuiltLabIndex> {
    const ids = this.#vectors.ids.subarray(0, n);
    const { space, vectors: all } = this.#vectors.of(dimensions);
    const { d } = space;
    const vectors = all.subarray(0, n * d);
    const from = now();
    const control = (start: number, end: number) =>
      trainControl(signal, (share) => onShare(start + (end - start) * share));
    const trained = control(0, TRAIN_SHARE);
    const builder = await trainIndex(this.#kernels, space, spec, vectors, trained);
    try {
      const ahead = new AddAhead(
        builder,
        trainControl(signal, () => {}),
      );
      for (let row = 0; row < ids.length; row += BLOCK) {
        throwIfAborted(signal);
        const end = Math.min(ids.length, row + BLOCK);
        await ahead.add(ids.subarray(row, end), vectors.subarray(row * d, end * d));
        onShare(TRAIN_SHARE + ((ADDED_SHARE - TRAIN_SHARE) * end) / ids.length);
        await yieldToEventLoop();
      }
      await ahead.finish(control(ADDED_SHARE, 1));
      return { index: builder.seal(), spec, buildMs: now() - from };
    } finally {
      builder.dispose();
    }
  }
}
