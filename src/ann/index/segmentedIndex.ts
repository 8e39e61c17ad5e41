import { checkInteger } from '../../base/checks.ts';
import { AkinError } from '../../base/errors.ts';
import { isSpaceId, MAX_D } from '../format/header.ts';
import { containerChecksum } from '../format/read.ts';
import type { Kernels } from '../kernels/kernels.ts';
import { checkId, checkVector } from './checkVector.ts';
import { FlatIndex } from './flat.ts';
import { writeFlat } from './flatContainer.ts';
import { loadIndex } from './load.ts';
import { mergeResults } from './merge.ts';
import type {
  IndexKind,
  Metric,
  SearchOptions,
  SearchResult,
  VectorIndex,
  VectorSpace,
} from './vectorIndex.ts';

/** What an index holds. */
export interface IndexStats {
  /** Of the sealed segment; `flat` while there is none. */
  readonly kind: IndexKind;
  /** Sealed segments and the delta. */
  readonly segments: number;
  /** Rows, those under a tombstone included. */
  readonly ntotal: number;
  readonly live: number;
  /** Rows under a tombstone. */
  readonly deleted: number;
  /** Bytes of kernel memory held. */
  readonly bytes: number;
}

/** A seal that was written and may be adopted. */
interface PendingSeal {
  readonly checksum: number;
  /** Ids added after it was written: its vectors of these are stale. */
  readonly added: Set<number>;
}

/**
 * The index of a library that grows and shrinks: immutable sealed segments, a small exact *delta*
 * that takes what is added, and tombstones over what is removed or replaced. An id is live in at
 * most one segment; the newest that has a row of it decides.
 *
 * To seal is to merge all that is live into one container: `seal()` writes it and changes nothing,
 * so that it can be stored safely while searches and additions go on; `adopt()` then puts it in the
 * place of the segments it was made from.
 */
export class SegmentedIndex implements VectorSpace {
  readonly spaceId: string;
  readonly metric: Metric;
  readonly d: number;
  readonly #kernels: Kernels;
  /** Oldest first. */
  #sealed: VectorIndex[] = [];
  #delta: FlatIndex;
  #pendingSeal: PendingSeal | null = null;

  /** @throws `invalid-argument` for a space that cannot be */
  constructor(kernels: Kernels, space: VectorSpace) {
    if (!isSpaceId(space.spaceId)) {
      throw new AkinError('invalid-argument', 'a space id is 1 to 128 printable ASCII characters');
    }
    this.spaceId = space.spaceId;
    this.metric = space.metric;
    this.d = checkInteger('d', space.d, 1, MAX_D);
    this.#kernels = kernels;
    this.#delta = new FlatIndex(kernels, this);
  }

  /**
   * Adds a vector, found at once. One that the id has already, removed or not, is replaced.
   *
   * @throws `bad-vector`, `invalid-argument` (the id), `out-of-memory`
   */
  add(id: number, vector: Float32Array): void {
    this.#delta.add(id, vector);
    for (const segment of this.#sealed) segment.remove(id);
    this.#pendingSeal?.added.add(id);
  }

  /**
   * Adds many vectors: all of them, or none where one is refused. Of an id that comes twice, the
   * last counts.
   *
   * @param ids `n`
   * @param vectors `n × d`, row-major
   * @throws as `add`
   */
  addAll(ids: ArrayLike<number>, vectors: Float32Array): void {
    const { d } = this;
    if (vectors.length !== ids.length * d) {
      throw new AkinError(
        'bad-vector',
        `${vectors.length} components for ${ids.length} ids of ${d} each`,
      );
    }
    const vectorAt = (i: number) => vectors.subarray(i * d, (i + 1) * d);
    for (let i = 0; i < ids.length; i++) {
      checkId(ids[i]!);
      checkVector(vectorAt(i), d);
    }
    for (let i = 0; i < ids.length; i++) this.add(ids[i]!, vectorAt(i));
  }

  /** Removes ids; those that are not here are passed over. Returns how many were removed. */
  remove(ids: Iterable<number>): number {
    let removed = 0;
    for (const id of ids) {
      for (const segment of this.#newestFirst()) if (segment.remove(id)) removed++;
    }
    return removed;
  }

  /**
   * Brings removed ids back. Those already here stay as they are.
   *
   * @returns the ids whose vectors are gone for good, a seal having been adopted since: they have to
   *   be added again
   */
  restore(ids: Iterable<number>): number[] {
    const gone: number[] = [];
    for (const id of ids) {
      // The newest row is the one that was removed; older ones had been replaced.
      if (!this.#newestFirst().some((segment) => segment.restore(id))) gone.push(id);
    }
    return gone;
  }

  /** Whether a search can find the id. */
  has(id: number): boolean {
    return this.#newestFirst().some((segment) => segment.has(id));
  }

  /** The ids that a search can find, rising. */
  liveIds(): Uint32Array<ArrayBuffer> {
    const segments = this.#newestFirst();
    const all = new Uint32Array(segments.reduce((sum, { live }) => sum + live, 0));
    let filled = 0;
    for (const segment of segments) {
      const ids = segment.liveIds();
      all.set(ids, filled);
      filled += ids.length;
    }
    return all.sort();
  }

  /** A copy of the vector of an id, or `undefined` where it is not here. */
  vectorOf(id: number): Float32Array<ArrayBuffer> | undefined {
    const vector = new Float32Array(this.d);
    return this.#copyVector(id, vector) ? vector : undefined;
  }

  /**
   * The nearest vectors to a query, best first.
   *
   * An empty index, or `k = 0`, gives an empty result; a `k` above what is live gives all of it.
   *
   * @throws `bad-vector` (the query), `invalid-argument` (`k`), `out-of-memory`
   */
  search(query: Float32Array, options: SearchOptions): SearchResult {
    const results = this.#newestFirst().map((segment) => segment.search(query, options));
    return mergeResults(this.metric, results, options.k);
  }

  /**
   * The nearest vectors to that of an id, which is itself left out.
   *
   * @throws `not-found` where the id is not here; as `search`
   */
  searchById(id: number, options: Omit<SearchOptions, 'exclude'>): SearchResult {
    const query = this.vectorOf(id);
    if (query === undefined) throw new AkinError('not-found', `no vector has the id ${id}`);
    return this.search(query, { ...options, exclude: id });
  }

  /**
   * Writes all that is live as one flat container. The index stays as it is, and the same vectors
   * always give the same bytes.
   */
  seal(): ArrayBuffer {
    const container = writeFlat(this, this.liveIds(), (id, target) => this.#copyVector(id, target));
    this.#pendingSeal = { checksum: containerChecksum(container), added: new Set() };
    return container;
  }

  /**
   * Takes a container as the one sealed segment. What was added, replaced or removed since it was
   * written by `seal()` still holds; tombstones from before are gone with their rows. Into an empty
   * index, a stored container is loaded in this way. Into an index that holds other vectors (not
   * those it was sealed from), what the index holds goes before what the container says.
   *
   * @param container copied: free to go afterwards
   * @throws `truncated`, `bad-magic`, `too-new`, `too-old`, `corrupt`, `wrong-space`,
   *   `out-of-memory`; the index is then as it was
   */
  adopt(container: ArrayBuffer): void {
    const sealed = loadIndex(this.#kernels, container, this);
    const pending = this.#pendingSeal;
    const stale = pending?.checksum === containerChecksum(container) ? pending.added : null;
    const delta = new FlatIndex(this.#kernels, this);
    const carry = (id: number) => {
      delta.add(id, this.vectorOf(id)!);
      sealed.remove(id);
    };
    try {
      for (const id of this.liveIds()) {
        if (stale === null || stale.has(id) || !sealed.has(id)) carry(id);
      }
      // Where the container's vector is not the one that was removed, that one must be restorable.
      for (const id of stale ?? sealed.liveIds()) {
        if (!this.#isRemoved(id)) continue;
        this.restore([id]);
        carry(id);
        this.remove([id]);
        delta.remove(id);
      }
      for (const id of sealed.liveIds()) if (this.#isRemoved(id)) sealed.remove(id);
    } catch (error) {
      sealed.dispose();
      delta.dispose();
      throw error;
    }
    this.dispose();
    this.#sealed = [sealed];
    this.#delta = delta;
    this.#pendingSeal = null;
  }

  stats(): IndexStats {
    const segments = this.#newestFirst();
    const sum = (of: (segment: VectorIndex) => number) =>
      segments.reduce((total, segment) => total + of(segment), 0);
    const ntotal = sum((segment) => segment.ntotal);
    const live = sum((segment) => segment.live);
    return {
      kind: this.#sealed[0]?.kind ?? this.#delta.kind,
      segments: segments.length,
      ntotal,
      live,
      deleted: ntotal - live,
      bytes: sum((segment) => segment.bytes),
    };
  }

  /** Gives the kernel memory back. The index must not be used any more. */
  dispose(): void {
    for (const segment of this.#newestFirst()) segment.dispose();
  }

  #newestFirst(): VectorIndex[] {
    return [this.#delta, ...this.#sealed.toReversed()];
  }

  #copyVector(id: number, target: Float32Array): boolean {
    return this.#newestFirst().some((segment) => segment.reconstruct(id, target));
  }

  /** Whether the id has rows here, all of them under a tombstone. */
  #isRemoved(id: number): boolean {
    return !this.has(id) && this.#newestFirst().some((segment) => segment.holds(id));
  }
}
