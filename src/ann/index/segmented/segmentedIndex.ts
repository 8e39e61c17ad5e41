import { checkInteger } from '../../../base/checks.ts';
import { AkinError } from '../../../base/errors.ts';
import { isSpaceId, MAX_D } from '../../format/header.ts';
import type { Kernels } from '../../kernels/kernels.ts';
import { checkId, checkVector } from '../checkVector.ts';
import { FlatIndex } from '../flat/flat.ts';
import { writeFlat } from '../flat/flatContainer.ts';
import { loadIndex } from '../load.ts';
import { isExact, savedSpec } from '../savedSpec.ts';
import type { Metric, SearchOptions, SearchResult, VectorSpace } from '../vectorIndex.ts';
import type { VectorSource } from '../vectorSource.ts';
import { searchExactly } from './exactRanker.ts';
import { mergeResults } from './merge.ts';
import { OpenCompaction } from './openCompaction.ts';
import { type Sealed, SegmentList } from './segmentList.ts';
import type { Compaction, IndexStats, SegmentInfo } from './segments.ts';
import { idsOf } from './segments.ts';

/**
 * Index of a library that grows and shrinks: immutable sealed segments of any kind, a small exact
 * *delta* for additions, and tombstones over removed or replaced rows. An id is live in at most one
 * segment; the newest that has a row of it decides.
 *
 * Segments are replaced in three steps, so that searches and changes continue while a new one is
 * built and stored. `beginCompaction()` lists what it must hold and changes nothing; a container of
 * that is written, here by `write()` or elsewhere by training; `commit()` replaces the sources with
 * it.
 */
export class SegmentedIndex implements VectorSpace {
  readonly spaceId: string;
  readonly metric: Metric;
  readonly d: number;
  readonly #kernels: Kernels;
  readonly #segments: SegmentList;
  #nextKey = 1;
  #open: OpenCompaction | null = null;

  /** @throws `invalid-argument` for an invalid space */
  constructor(kernels: Kernels, space: VectorSpace) {
    if (!isSpaceId(space.spaceId)) {
      throw new AkinError('invalid-argument', 'a space id is 1 to 128 printable ASCII characters');
    }
    this.spaceId = space.spaceId;
    this.metric = space.metric;
    this.d = checkInteger('d', space.d, 1, MAX_D);
    this.#kernels = kernels;
    this.#segments = new SegmentList(kernels, this);
  }

  /**
   * Adds a vector, searchable at once. Replaces the id's previous vector, removed or not.
   *
   * @throws `bad-vector`, `invalid-argument` (the id), `out-of-memory`
   */
  add(id: number, vector: Float32Array): void {
    this.#segments.delta.add(id, vector);
    for (const sealed of this.#segments.sealed) this.#segments.replace(id, sealed);
    this.#open?.added(id);
  }

  /**
   * Adds many vectors: all, or none if one is rejected. For a repeated id, the last counts.
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

  /** Removes ids, ignoring unknown ones. Returns how many were removed. */
  remove(ids: Iterable<number>): number {
    let removed = 0;
    for (const id of ids) {
      for (const segment of this.#segments.newestFirst()) {
        if (!segment.remove(id)) continue;
        removed++;
        this.#open?.removed(id);
      }
    }
    return removed;
  }

  /**
   * Restores removed ids. Live ones are unaffected.
   *
   * @returns the ids whose vectors are gone, or will be when the open compaction is committed: they
   *   must be added again
   */
  restore(ids: Iterable<number>): number[] {
    const gone: number[] = [];
    for (const id of ids) {
      if (this.has(id)) continue;
      const holder = this.#segments.holderOf(id);
      if (holder === undefined || this.#open?.takesAlong(id, holder.key)) gone.push(id);
      else holder.index.restore(id);
      this.#open?.restored(id);
    }
    return gone;
  }

  /** Whether a search can find the id. */
  has(id: number): boolean {
    return this.#segments.has(id);
  }

  /** The ids that a search can find, ascending. */
  liveIds(): Uint32Array<ArrayBuffer> {
    return idsOf(this.#segments.newestFirst());
  }

  /**
   * Copies an id's vector, as precisely as its segment stores it; `undefined` if the id is not
   * live.
   */
  vectorOf(id: number): Float32Array<ArrayBuffer> | undefined {
    const vector = new Float32Array(this.d);
    return this.#segments.copyVector(id, vector) ? vector : undefined;
  }

  /** An id's original vector; `undefined` also if only its code is available. */
  exactVectorOf(id: number): Float32Array<ArrayBuffer> | undefined {
    const vector = new Float32Array(this.d);
    return this.#segments.copyExact(id, vector) ? vector : undefined;
  }

  /**
   * Finds the nearest vectors to a query, best first. Results from codes are reranked with the
   * vectors attached to their segments.
   *
   * Returns nothing for an empty index or `k = 0`, and all live vectors if `k` exceeds their
   * number.
   *
   * @throws `bad-vector` (the query), `invalid-argument` (`k`), `out-of-memory`
   */
  search(query: Float32Array, options: SearchOptions): SearchResult {
    const { delta, sealed } = this.#segments;
    const results = [
      delta.search(query, options),
      ...sealed.map((each) => searchExactly(each, query, options)),
    ];
    const merged = mergeResults(this.metric, results, options.k);
    if (!options.trace) return merged;
    const kinds = [delta, ...sealed.map(({ index }) => index)];
    const trace = results.flatMap(({ trace: steps = [] }, segment) => {
      const { kind, live } = kinds[segment]!;
      return [{ step: 'segment', segment, kind, live } as const, ...steps];
    });
    return { ...merged, trace };
  }

  /**
   * Finds the nearest vectors to that of an id (the original, or else as precise as its segment
   * stores it), excluding the id itself.
   *
   * @throws `not-found` if the id is not live; as `search`
   */
  searchById(id: number, options: Omit<SearchOptions, 'exclude'>): SearchResult {
    const query = this.exactVectorOf(id) ?? this.vectorOf(id);
    if (query === undefined) throw new AkinError('not-found', `no vector has the id ${id}`);
    return this.search(query, { ...options, exclude: id });
  }

  /**
   * Begins a container of what is live in the delta and in some segments. Until it is committed, or
   * another compaction begins, the index tracks the changes that the container misses.
   *
   * @param keys of the segments; all by default
   * @throws `invalid-argument` if no segment has a key
   */
  beginCompaction(
    keys: readonly number[] = this.#segments.sealed.map(({ key }) => key),
  ): Compaction {
    const merged = keys.map((key) => this.#segments.named(key).index);
    const compaction = { keys, ids: idsOf([this.#segments.delta, ...merged]) };
    this.#open = new OpenCompaction(compaction);
    return compaction;
  }

  /**
   * Writes a compaction just begun as one flat container. The same vectors always give the same
   * bytes.
   *
   * @throws `invalid-argument` if a segment of the compaction lacks its original vectors
   */
  write(compaction: Compaction): ArrayBuffer {
    const segments = compaction.keys.map((key) => this.#segments.named(key));
    if (segments.some(({ index, spec }) => index.live > 0 && !isExact(spec))) {
      throw new AkinError('invalid-argument', 'a segment of codes alone can’t be written out');
    }
    return writeFlat(this, compaction.ids, (id, target) => this.#segments.copyVector(id, target));
  }

  /**
   * Loads a stored container as the newest segment, into an index without additions. Its ids
   * supersede those of older segments.
   *
   * @param container copied; can be released afterwards
   * @returns the key of the segment
   * @throws `truncated`, `bad-magic`, `too-new`, `too-old`, `corrupt`, `wrong-space`,
   *   `out-of-memory`; the index is then unchanged
   */
  load(container: ArrayBuffer): number {
    const sealed = this.#make(container);
    this.#segments.push(sealed);
    return sealed.key;
  }

  /**
   * Replaces the delta and the source segments with a container. Changes since the compaction began
   * still hold; rows removed before are gone.
   *
   * @param container of the vectors that the compaction lists, or fewer: the rest stays. An empty
   *   one leaves no segment. Copied
   * @returns the key of the segment, meaningless if there is none
   * @throws as `load`, `invalid-argument` if the compaction is void; the index is then unchanged
   */
  commit(container: ArrayBuffer, compaction: Compaction): number {
    const open = this.#open;
    if (open?.compaction !== compaction)
      throw new AkinError('invalid-argument', 'the compaction is void');
    const sealed = this.#make(container);
    const delta = new FlatIndex(this.#kernels, this);
    try {
      open.carry(this.#segments, sealed, delta);
    } catch (error) {
      sealed.index.dispose();
      delta.dispose();
      throw error;
    }
    this.#segments.swap(compaction.keys, sealed, delta);
    this.#open = null;
    return sealed.key;
  }

  /**
   * Attaches the original vectors to a sealed segment of codes. They are disposed with the segment.
   *
   * @throws `invalid-argument` if no segment has the key
   */
  attach(key: number, source: VectorSource): void {
    this.#segments.attach(key, source);
  }

  /** Abandons a compaction and stops tracking changes for it. */
  abandon(compaction: Compaction): void {
    if (this.#open?.compaction === compaction) this.#open = null;
  }

  /** The sealed segments, oldest first, and the delta. */
  segments(): SegmentInfo[] {
    return this.#segments.infos();
  }

  stats(): IndexStats {
    return this.#segments.stats();
  }

  /** Whether one of some sealed segments has a row of the id, even under a tombstone. */
  isSealed(id: number, keys: readonly number[]): boolean {
    return this.#segments.sealed.some(({ key, index }) => keys.includes(key) && index.holds(id));
  }

  /** Frees the kernel memory. The index must not be used afterwards. */
  dispose(): void {
    this.#segments.dispose();
  }

  #make(container: ArrayBuffer): Sealed {
    const index = loadIndex(this.#kernels, container, this);
    return { key: this.#nextKey++, index, spec: savedSpec(container), source: null };
  }
}
