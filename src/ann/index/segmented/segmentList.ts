import { AkinError } from '../../../base/errors.ts';
import type { Kernels } from '../../kernels/kernels.ts';
import { FlatIndex } from '../flat/flat.ts';
import { isExact } from '../savedSpec.ts';
import type { ResolvedSpec } from '../spec.ts';
import type { VectorIndex, VectorSpace } from '../vectorIndex.ts';
import type { VectorSource } from '../vectorSource.ts';
import type { IndexStats, SegmentInfo } from './segments.ts';

/** Stands for the delta among the keys of segments. */
export const DELTA = 0;

export interface Sealed {
  readonly key: number;
  readonly index: VectorIndex;
  readonly spec: ResolvedSpec;
  /** Its vectors as they were, where they are kept outside of memory. */
  readonly source: VectorSource | null;
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

  /**
   * Puts a segment and a delta in the place of the delta and some segments, which are disposed of. A
   * segment without rows only ends those.
   */
  swap(keys: readonly number[], sealed: Sealed, delta: FlatIndex): void {
    const goes = ({ key }: Sealed) => keys.includes(key);
    for (const each of this.#sealed.filter(goes)) disposeOf(each);
    this.#delta.dispose();
    const others = this.#sealed.filter((each) => !goes(each));
    if (sealed.index.ntotal === 0) disposeOf(sealed);
    this.#sealed = sealed.index.ntotal === 0 ? others : [...others, sealed];
    this.#delta = delta;
  }

  /** Gives a sealed segment its vectors as they were, in the place of those it had. */
  attach(key: number, source: VectorSource): void {
    this.named(key).source?.dispose();
    this.#sealed = this.#sealed.map((each) => (each.key === key ? { ...each, source } : each));
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

  /** Writes the vector of an id as it was added, and returns whether it is here as that. */
  copyExact(id: number, target: Float32Array): boolean {
    if (this.#delta.reconstruct(id, target)) return true;
    const holder = this.#sealed.find(({ index }) => index.has(id));
    if (!holder) return false;
    if (isExact(holder.spec)) return holder.index.reconstruct(id, target);
    return holder.source?.read(id, target) ?? false;
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
      source: null,
    } as const;
    return [...this.#sealed, delta].map(({ key, index, spec, source }) => ({
      key,
      spec,
      live: index.live,
      dead: index.ntotal - index.live,
      bytes: index.bytes,
      rerankBytes: index.rerankBytes,
      sourceBytes: source?.bytes ?? 0,
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
    for (const each of this.#sealed) disposeOf(each);
    this.#delta.dispose();
  }
}

function disposeOf({ index, source }: Sealed): void {
  index.dispose();
  source?.dispose();
}
