import {
  type IndexState,
  isExact,
  type Kernels,
  type ResolvedSpec,
  type SearchOptions,
  type SearchResult,
  type SegmentInfo,
  targetSpec,
  type VectorSpace,
} from '../../ann/index.ts';
import type {
  BuiltIndex,
  IndexChoice,
  PhotoId,
  TrainSpace,
  VectorMessage,
} from '../../protocol/index.ts';
import type { Indexes, VectorFiles } from '../../store/index.ts';
import { ExactFiles } from './exactFiles.ts';
import { bitmapOf } from './idBitmap.ts';
import { IndexLoader } from './indexLoader.ts';
import type { CompactStart, KeptIndex, TrainingStart } from './indexMaintainer.ts';
import { IndexMemory } from './indexMemory.ts';
import { IndexSaver } from './indexSaver.ts';

/** A search result as the index knows it, not yet interpreted. */
export interface Found {
  /** `score` in the space's metric. */
  readonly hits: readonly { readonly id: PhotoId; readonly score: number }[];
  readonly codesScanned: number;
}

/** The engine's synchronous queries. */
export interface EngineView extends VectorSpace {
  readonly kernels: Kernels;
  liveIds(): Uint32Array<ArrayBuffer>;
  vectorOf(id: number): Float32Array<ArrayBuffer> | undefined;
  search(query: Float32Array, options: SearchOptions): SearchResult;
}

export interface LibraryIndexOptions {
  /**
   * Creates kernels with their own memory, so a reload doesn't share memory with what it replaces.
   */
  readonly kernels: () => Promise<Kernels>;
  readonly store: Indexes;
  readonly vectorFiles: VectorFiles;
  readonly space: TrainSpace;
  /** Called when vectors were added or removed: something may have to be sealed. */
  readonly onChange: () => void;
}

/**
 * The library's index: the engine's segments in memory and their saved form in the store. Each tab
 * has its own copy in memory, made of the same vectors; whichever seals first, seals for all.
 */
export class LibraryIndex implements KeptIndex {
  readonly space: TrainSpace;
  readonly #options: LibraryIndexOptions;
  readonly #exact: ExactFiles;
  readonly #memory: IndexMemory;
  readonly #loader: IndexLoader;
  readonly #saver: IndexSaver;

  private constructor(options: LibraryIndexOptions, kernels: Kernels) {
    const { space, store, vectorFiles, onChange } = options;
    this.#options = options;
    this.space = space;
    this.#exact = new ExactFiles(vectorFiles, store);
    this.#memory = new IndexMemory(kernels, space);
    this.#loader = new IndexLoader(this.#memory, {
      kernels: options.kernels,
      store,
      space,
      exact: this.#exact,
      onRebuilt: onChange,
    });
    this.#saver = new IndexSaver(this.#memory, this.#loader, store, space);
  }

  /** Loads the saved index; rebuilds a damaged one from the stored vectors. */
  static async open(options: LibraryIndexOptions): Promise<LibraryIndex> {
    const index = new LibraryIndex(options, await options.kernels());
    await index.#loader.load();
    return index;
  }

  /**
   * Checks that it holds all stored vectors, and rebuilds it from them if not. Opening doesn't wait
   * for this, since counting a million takes seconds.
   *
   * @returns whether it was rebuilt
   */
  async verify(): Promise<boolean> {
    return !(await this.#loader.verify());
  }

  /** Why the saved index was not used, in words; `null` if it was. */
  get rebuilt(): string | null {
    return this.#loader.rebuilt;
  }

  get backend(): Kernels['backend'] {
    return this.#memory.kernels.backend;
  }

  /** Incremented at each save by any tab. */
  get generation(): number {
    return this.#memory.generation;
  }

  add({ id, spaceId, vector }: VectorMessage): void {
    // Ignore vectors of another model.
    if (spaceId !== this.space.id || this.#memory.index.has(id)) return;
    this.#memory.index.add(id, vector);
    this.#memory.delta.add(id);
    this.#options.onChange();
  }

  /** Adds vectors another tab has stored. */
  async addFromStore(ids: readonly PhotoId[]): Promise<void> {
    const missing = ids.filter((id) => !this.#memory.index.has(id));
    if (missing.length === 0) return;
    this.#memory.addBlock(await this.#options.store.vectors(this.space, missing));
    this.#options.onChange();
  }

  /** Adds vectors that were stored but never broadcast because the importing tab died. */
  async catchUp(): Promise<void> {
    await this.addFromStore(await this.#options.store.deltaIds(this.space.id));
  }

  /** Hides photos from every search. */
  hide(ids: readonly PhotoId[]): void {
    this.#loader.repeat(() => this.hide(ids));
    const removed = this.#memory.index.remove(ids);
    for (const id of ids) this.#memory.hidden.add(id);
    if (removed > 0) this.#options.onChange();
  }

  /** Shows hidden photos again. */
  async show(ids: readonly PhotoId[]): Promise<void> {
    this.#loader.repeat(() => this.show(ids));
    for (const id of ids) this.#memory.hidden.delete(id);
    await this.addFromStore(this.#memory.index.restore(ids));
  }

  /**
   * Reads which photos were permanently deleted; their vectors leave the saved index once it is
   * idle.
   */
  async purge(): Promise<void> {
    this.#loader.repeat(() => this.purge());
    const { index, hidden, purged } = this.#memory;
    const gone = await this.#options.store.purged(this.space.id);
    if (index !== this.#memory.index || gone.length === 0) return;
    index.remove(gone);
    for (const id of gone) {
      hidden.add(id);
      purged.add(id);
    }
    this.#options.onChange();
  }

  clear(): void {
    this.#memory.empty();
    this.#exact.markDirty();
    // Clearing the store begins a new generation, which only a load knows.
    this.#loader
      .load()
      .then(() => this.collectGarbage())
      .catch(() => {}); /* an empty index is correct until the next seal reloads it */
  }

  /** Releases all memory and files for good, because the space is dropped. */
  close(): void {
    this.#memory.empty();
  }

  /** Deletes the files of a dropped space. */
  dropped(): Promise<void> {
    this.#exact.markDirty();
    return this.collectGarbage();
  }

  /** Number of stored vectors not yet in a sealed segment. */
  async unsealed(): Promise<number> {
    // Vectors of trashed photos, and unreadable ones, stay in the delta.
    const waiting = await this.#options.store.deltaIds(this.space.id);
    return waiting.filter((id) => this.#memory.index.has(id)).length;
  }

  /** Whether searches can find a photo. */
  has(id: PhotoId): boolean {
    return this.#memory.index.has(id);
  }

  /** A photo's exact vector, from memory or, if only codes are there, from the store. */
  async vectorOf(id: PhotoId): Promise<Float32Array | undefined> {
    if (!this.#memory.index.has(id)) return undefined;
    return (
      this.#memory.index.exactVectorOf(id) ?? (await this.#options.store.vector(this.space, id))
    );
  }

  /**
   * The nearest photos to a vector, best first.
   *
   * @param exclude a photo to leave out, such as the query itself
   * @param among the only ids to consider, in any order
   */
  nearest(query: Float32Array, k: number, exclude: PhotoId, among?: readonly PhotoId[]): Found {
    const options = { k, exclude, ...(among && { allowed: bitmapOf(among) }) };
    const { ids, scores, stats } = this.#memory.index.search(query, options);
    return {
      hits: Array.from(ids, (hit, i) => ({ id: hit, score: scores[i]! })),
      codesScanned: stats.codesScanned,
    };
  }

  /**
   * Runs one dummy search: browsers compile code when it first runs, and a first search pages in
   * memory; this way the user's first search is fast.
   */
  warmUp(): void {
    const { d } = this.space;
    if (this.stats().live > 0) this.nearest(new Float32Array(d).fill(1 / Math.sqrt(d)), 1, 0);
  }

  /** The engine, bound to whichever index is in use at the time of a call. */
  get engine(): EngineView {
    const memory = this.#memory;
    const { id: spaceId, d, metric } = this.space;
    return {
      spaceId,
      d,
      metric,
      kernels: memory.kernels,
      liveIds: () => memory.index.liveIds(),
      vectorOf: (id) => memory.index.exactVectorOf(id) ?? memory.index.vectorOf(id),
      search: (query, options) => memory.index.search(query, options),
    };
  }

  liveIds(): Uint32Array<ArrayBuffer> {
    return this.#memory.index.liveIds();
  }

  segments(): SegmentInfo[] {
    return this.#memory.index.segments();
  }

  stats() {
    return this.#memory.index.stats();
  }

  state(choice: IndexChoice): Omit<IndexState, 'quiet' | 'mayTrain'> {
    const { index, purged } = this.#memory;
    const segments = index.segments();
    const delta = segments.pop()!;
    const heldBy = (keys: readonly number[]) =>
      [...purged].reduce((held, id) => held + (index.isSealed(id, keys) ? 1 : 0), 0);
    return {
      choice,
      segments: segments.map((each) => ({ ...each, purged: heldBy([each.key]) })),
      delta: delta.live,
      settled: purged.size - heldBy(segments.map(({ key }) => key)),
      d: this.space.d,
    };
  }

  target(choice: IndexChoice): ResolvedSpec {
    return targetSpec(this.state(choice));
  }

  async refresh(): Promise<boolean> {
    await this.#loader.settled;
    const saved = await this.#options.store.generation(this.space.id);
    if (saved === this.#memory.generation) return false;
    this.#exact.markDirty();
    await this.#loader.load();
    await this.collectGarbage();
    return true;
  }

  /** Deletes the files of segments that no longer exist. */
  collectGarbage(): Promise<void> {
    return this.#exact.collectGarbage();
  }

  async seal(merge: readonly number[]): Promise<void> {
    const segments = this.#memory.index.segments();
    const filed = merge.some((place) => !isExact(segments[place]!.spec));
    await this.#saver.seal(merge);
    if (!filed) return;
    this.#exact.markDirty();
    await this.collectGarbage();
  }

  beginTraining(): TrainingStart {
    const { delta, hidden, index } = this.#memory;
    this.#exact.markDirty();
    return { ids: index.liveIds(), delta: [...delta], hidden: [...hidden] };
  }

  beginCompacting(place: number): CompactStart {
    const { index, purged, stored } = this.#memory;
    const { key, live, spec } = index.segments()[place]!;
    this.#exact.markDirty();
    return {
      segment: stored.get(key)!,
      kind: spec.kind,
      live,
      purged: Uint32Array.from([...purged].filter((id) => index.isSealed(id, [key]))).sort(),
    };
  }

  replaceOne(start: CompactStart, built: BuiltIndex): Promise<void> {
    return this.#saver.replaceOne(start, built);
  }

  replaceAll(start: TrainingStart, built: BuiltIndex, spec: ResolvedSpec): Promise<void> {
    return this.#saver.replaceAll(start, built, spec);
  }
}
