import { AkinError } from '../../base/errors.ts';
import type { Kernels } from '../kernels/kernels.ts';
import { FlatIndex } from './flat.ts';
import { isExact } from './savedSpec.ts';
import type { IndexStats, SegmentInfo } from './segments.ts';
import type { ResolvedSpec } from './spec.ts';
import type { VectorIndex, VectorSpace } from './vectorIndex.ts';

/** Stands for the delta among the keys of segments. */
export const DELTA = 0;

export interface Sealed {
  readonly key: number;
  readonly index: VectorIndex;
  readonly spec: ResolvedSpec;
}

/**
 * Sealed segments and a delta: which of their rows of an id counts, and what they come to together.
 * An id is live in at most one of them.
 */
export class SegmentList {
  #sealed: readonly Sealed[] = [];
  #delta: FlatIndex;
  /** Of ids that were replaced, the key up to which no segment's row of them counts any more. */
  readonly #staleUpTo = new Map<number, number>();

  constructor(kernels: Kernels, space: VectorSpace) {
    this.#delta = new FlatIndex(kernels, space);
  }

  /** Oldest first. */
  get sealed(): readonly Sealed[] {
    return this.#sealed;
  }

  get delta(): FlatIndex {
    return this.#delta;
  }

  /** Adds a sealed segment; where an older one has its ids too, those of the new one count. */
  push(sealed: Sealed): void {
    for (const older of this.#sealed) {
      const [few, many] =
        older.index.live < sealed.index.live
          ? [older.index, sealed.index]
          : [sealed.index, older.index];
      for (const id of few.liveIds()) if (many.has(id)) this.replace(id, older);
    }
    this.#sealed = [...this.#sealed, sealed];
  }

  /** Puts a segment and a delta in the place of the delta and some segments, which are disposed of. */
  swap(keys: readonly number[], sealed: Sealed, delta: FlatIndex): void {
    const goes = ({ key }: Sealed) => keys.includes(key);
    for (const { index } of this.#sealed.filter(goes)) index.dispose();
    this.#delta.dispose();
    this.#sealed = [...this.#sealed.filter((each) => !goes(each)), sealed];
    this.#delta = delta;
  }

  newestFirst(): VectorIndex[] {
    return [this.#delta, ...this.#sealed.map(({ index }) => index).toReversed()];
  }

  /** @throws `invalid-argument` for a key of no sealed segment */
  named(key: number): Sealed {
    const found = this.#sealed.find((each) => each.key === key);
    if (!found) throw new AkinError('invalid-argument', `there is no segment ${key}`);
    return found;
  }

  has(id: number): boolean {
    return this.newestFirst().some((segment) => segment.has(id));
  }

  /** Whether the vector of an id is here as it was added. */
  hasExact(id: number): boolean {
    return (
      this.#delta.has(id) || this.#sealed.some(({ index, spec }) => isExact(spec) && index.has(id))
    );
  }

  copyVector(id: number, target: Float32Array): boolean {
    return this.newestFirst().some((segment) => segment.reconstruct(id, target));
  }

  /** Where the row is that counts: the newest, unless it is gone and only replaced ones are left. */
  holderOf(id: number): Pick<Sealed, 'key' | 'index'> | undefined {
    if (this.#delta.holds(id)) return { key: DELTA, index: this.#delta };
    const stale = this.#staleUpTo.get(id) ?? 0;
    return this.#sealed.findLast(({ key, index }) => key > stale && index.holds(id));
  }

  /** Hides the row that a sealed segment has of an id for good. */
  replace(id: number, { index, key }: Pick<Sealed, 'key' | 'index'>): void {
    if (!index.holds(id)) return;
    index.remove(id);
    this.#staleUpTo.set(id, Math.max(key, this.#staleUpTo.get(id) ?? 0));
  }

  /** The sealed segments, oldest first, and the delta. */
  infos(): SegmentInfo[] {
    const delta = {
      key: DELTA,
      index: this.#delta,
      spec: { kind: 'flat', store: 'float32' },
    } as const;
    return [...this.#sealed, delta].map(({ key, index, spec }) => ({
      key,
      spec,
      live: index.live,
      dead: index.ntotal - index.live,
      bytes: index.bytes,
      rerankBytes: index.rerankBytes,
    }));
  }

  stats(): IndexStats {
    const infos = this.infos();
    const sum = (of: (info: SegmentInfo) => number) =>
      infos.reduce((total, info) => total + of(info), 0);
    const [live, deleted] = [sum((info) => info.live), sum((info) => info.dead)];
    const [largest] = infos.filter(({ key }) => key !== DELTA).sort((a, b) => b.live - a.live);
    return {
      kind: largest?.spec.kind ?? this.#delta.kind,
      segments: infos.length,
      ntotal: live + deleted,
      live,
      deleted,
      bytes: sum((info) => info.bytes),
    };
  }

  dispose(): void {
    for (const segment of this.newestFirst()) segment.dispose();
  }
}
