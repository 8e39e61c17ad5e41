import { AkinError } from '../../../base/errors.ts';
import type { Kernels } from '../../kernels/kernels.ts';
import { FlatIndex } from '../flat/flat.ts';
import { isExact } from '../savedSpec.ts';
import type { ResolvedSpec } from '../spec.ts';
import type { VectorIndex, VectorSpace } from '../vectorIndex.ts';
import type { VectorSource } from '../vectorSource.ts';
import type { IndexStats, SegmentInfo } from './segments.ts';

/** The key of the delta, among those of segments. */
export const DELTA = 0;

export interface Sealed {
  readonly key: number;
  readonly index: VectorIndex;
  readonly spec: ResolvedSpec;
  /** Its original vectors, if stored outside memory. */
  readonly source: VectorSource | null;
}

/**
 * Sealed segments and a delta: which of an id's rows counts, and their totals. An id is live in at
 * most one of them.
 */
export class SegmentList {
  #sealed: readonly Sealed[] = [];
  #delta: FlatIndex;
  /** For replaced ids: the key up to which their rows in segments are stale. */
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

  /** Adds a sealed segment, whose ids supersede those of older ones. */
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
   * Replaces the delta and some segments, which are disposed, with a new segment and delta. A
   * segment without rows is not added.
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

  /** Sets a sealed segment's source of original vectors, replacing the previous one. */
  attach(key: number, source: VectorSource): void {
    this.named(key).source?.dispose();
    this.#sealed = this.#sealed.map((each) => (each.key === key ? { ...each, source } : each));
  }

  newestFirst(): VectorIndex[] {
    return [this.#delta, ...this.#sealed.map(({ index }) => index).toReversed()];
  }

  /** @throws `invalid-argument` if no sealed segment has the key */
  named(key: number): Sealed {
    const found = this.#sealed.find((each) => each.key === key);
    if (!found) throw new AkinError('invalid-argument', `there is no segment ${key}`);
    return found;
  }

  has(id: number): boolean {
    return this.newestFirst().some((segment) => segment.has(id));
  }

  /** Writes an id's original vector; returns whether it is available. */
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

  /**
   * Finds the segment with the current row: the newest, unless that is gone and only replaced ones
   * remain.
   */
  holderOf(id: number): Pick<Sealed, 'key' | 'index'> | undefined {
    if (this.#delta.holds(id)) return { key: DELTA, index: this.#delta };
    const stale = this.#staleUpTo.get(id) ?? 0;
    return this.#sealed.findLast(({ key, index }) => key > stale && index.holds(id));
  }

  /** Permanently hides a sealed segment's row of an id. */
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
