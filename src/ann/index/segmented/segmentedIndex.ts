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
 * The index of a library that grows and shrinks: immutable sealed segments of any kind, a small exact
 * *delta* that takes what is added, and tombstones over what is removed or replaced. An id is live
 * in at most one segment; the newest that has a row of it decides.
 *
 * Segments are replaced in three steps, so that searches and changes go on while a new one is made
 * and stored: `beginCompaction()` says what it must hold and changes nothing; a container of that is written,
 * here by `write()` or elsewhere by training; `commit()` puts it in the place of what it was made of.
 */
export class SegmentedIndex implements VectorSpace {
  readonly spaceId: string;
  readonly metric: Metric;
  readonly d: number;
  readonly #kernels: Kernels;
  readonly #segments: SegmentList;
  #nextKey = 1;
  #open: OpenCompaction | null = null;

  /** @throws `invalid-argument` for a space that cannot be */
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
   * Adds a vector, found at once. One that the id has already, removed or not, is replaced.
   *
   * @throws `bad-vector`, `invalid-argument` (the id), `out-of-memory`
   */
  add(id: number, vector: Float32Array): void {
    this.#segments.delta.add(id, vector);
    for (const sealed of this.#segments.sealed) this.#segments.replace(id, sealed);
    this.#open?.added(id);
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
      for (const segment of this.#segments.newestFirst()) {
        if (!segment.remove(id)) continue;
        removed++;
        this.#open?.removed(id);
      }
    }
    return removed;
  }

  /**
   * Brings removed ids back. Those already here stay as they are.
   *
   * @returns the ids whose vectors are gone for good, or will be once the open compaction is committed: they
   *   have to be added again
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

  /** The ids that a search can find, rising. */
  liveIds(): Uint32Array<ArrayBuffer> {
    return idsOf(this.#segments.newestFirst());
  }

  /**
   * A copy of the vector of an id, as well as its segment has kept it, or `undefined` where it is not
   * here.
   */
  vectorOf(id: number): Float32Array<ArrayBuffer> | undefined {
    const vector = new Float32Array(this.d);
    return this.#segments.copyVector(id, vector) ? vector : undefined;
  }

  /** The vector of an id as it was added; `undefined` also where only a code of it can be had. */
  exactVectorOf(id: number): Float32Array<ArrayBuffer> | undefined {
    const vector = new Float32Array(this.d);
    return this.#segments.copyExact(id, vector) ? vector : undefined;
  }

  /**
   * The nearest vectors to a query, best first. What sealed segments find by codes is ranked anew
   * with the vectors attached to them.
   *
   * An empty index, or `k = 0`, gives an empty result; a `k` above what is live gives all of it.
   *
   * @throws `bad-vector` (the query), `invalid-argument` (`k`), `out-of-memory`
   */
  search(query: Float32Array, options: SearchOptions): SearchResult {
    const { delta, sealed } = this.#segments;
    const results = [
      delta.search(query, options),
      ...sealed.map((each) => searchExactly(each, query, options)),
    ];
    return mergeResults(this.metric, results, options.k);
  }

  /**
   * The nearest vectors to that of an id, as it was added or else as well as its segment has kept it;
   * the id itself is left out.
   *
   * @throws `not-found` where the id is not here; as `search`
   */
  searchById(id: number, options: Omit<SearchOptions, 'exclude'>): SearchResult {
    const query = this.exactVectorOf(id) ?? this.vectorOf(id);
    if (query === undefined) throw new AkinError('not-found', `no vector has the id ${id}`);
    return this.search(query, { ...options, exclude: id });
  }

  /**
   * Begins a container of what is live in the delta and in some segments. From here on the index
   * keeps in mind what the container misses, until it is committed or another compaction is begun.
   *
   * @param keys of the segments; all without it
   * @throws `invalid-argument` for a key of no segment
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
   * Writes a compaction just begun as one flat container. The same vectors always give the same bytes.
   *
   * @throws `invalid-argument` where a segment of the compaction does not have its vectors as they were
   */
  write(compaction: Compaction): ArrayBuffer {
    const segments = compaction.keys.map((key) => this.#segments.named(key));
    if (segments.some(({ index, spec }) => index.live > 0 && !isExact(spec))) {
      throw new AkinError('invalid-argument', 'a segment of codes alone can’t be written out');
    }
    return writeFlat(this, compaction.ids, (id, target) => this.#segments.copyVector(id, target));
  }

  /**
   * Adds a stored container as the newest segment, to an index that nothing was added to: where an
   * older one has its ids too, those of the container count.
   *
   * @param container copied: free to go afterwards
   * @returns the key of the segment
   * @throws `truncated`, `bad-magic`, `too-new`, `too-old`, `corrupt`, `wrong-space`,
   *   `out-of-memory`; the index is then as it was
   */
  load(container: ArrayBuffer): number {
    const sealed = this.#make(container);
    this.#segments.push(sealed);
    return sealed.key;
  }

  /**
   * Puts a container in the place of the delta and the segments it was made of. What was added,
   * replaced or removed since it was drafted still holds; what had been removed before is gone with
   * its rows.
   *
   * @param container of the vectors that the compaction names, or of fewer: what it lacks stays. One of no
   *   vectors at all leaves no segment. Copied
   * @returns the key of the segment, of no use where there is none
   * @throws as `load`, `invalid-argument` where the compaction is void; the index is then as it was
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
   * Keeps with a sealed segment of codes its vectors as they were added. They are disposed of with
   * the segment.
   *
   * @throws `invalid-argument` for a key of no segment
   */
  attach(key: number, source: VectorSource): void {
    this.#segments.attach(key, source);
  }

  /** Gives a compaction up: nothing is kept in mind for it any more. */
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

  /** Whether one of some sealed segments has a row of the id, under a tombstone or not. */
  isSealed(id: number, keys: readonly number[]): boolean {
    return this.#segments.sealed.some(({ key, index }) => keys.includes(key) && index.holds(id));
  }

  /** Gives the kernel memory back. The index must not be used any more. */
  dispose(): void {
    this.#segments.dispose();
  }

  #make(container: ArrayBuffer): Sealed {
    const index = loadIndex(this.#kernels, container, this);
    return { key: this.#nextKey++, index, spec: savedSpec(container), source: null };
  }
}
