import {
  FORMAT_VERSION,
  type IndexState,
  type Kernels,
  type ResolvedSpec,
  type SegmentedIndex,
  type SegmentInfo,
  targetSpec,
} from '../ann/index.ts';
import type {
  BuiltIndex,
  IndexChoice,
  PhotoId,
  TrainSpace,
  VectorMessage,
} from '../protocol/index.ts';
import type {
  Indexes,
  LoadedIndex,
  SaveRequest,
  VectorBlock,
  VectorFiles,
} from '../store/index.ts';
import { ExactFiles } from './exactFiles.ts';
import type { KeptIndex, TrainingStart } from './indexKeeper.ts';
import { emptyIndex, holdsAll, loadSegments } from './loadSegments.ts';

/** What of a search the index knows; what it means is not its business. */
export interface Found {
  /** `score` as the metric of the space has it. */
  readonly hits: readonly { readonly id: PhotoId; readonly score: number }[];
  readonly codesScanned: number;
}

export interface LibraryIndexOptions {
  /** Kernels with a memory of their own: what is loaded anew does not lie beside what it replaces. */
  readonly kernels: () => Promise<Kernels>;
  readonly store: Indexes;
  readonly vectorFiles: VectorFiles;
  readonly space: TrainSpace;
  /** Called when vectors came or went: something may have to be sealed. */
  readonly onChange: () => void;
}

/**
 * The library's index: the engine's segments in memory, and their saved form in the store. Every
 * tab has its own in memory, made of the same vectors; whichever seals first, seals for all.
 */
export class LibraryIndex implements KeptIndex {
  readonly space: TrainSpace;
  readonly #options: LibraryIndexOptions;
  readonly #exact: ExactFiles;
  #kernels: Kernels;
  #index: SegmentedIndex;
  #generation = 0;
  /** The store's number of each sealed segment, by its key in memory. */
  #stored = new Map<number, number>();
  /** Ids added since the last seal: what a seal takes out of the stored delta. */
  #delta = new Set<PhotoId>();
  /** Ids hidden since the last seal, which it leaves out. */
  readonly #hidden = new Set<PhotoId>();
  /** Ids without a vector that can be read, not yet told to the store. */
  #unreadable: readonly PhotoId[] = [];
  /** How many vectors of the stored delta can't be read. */
  #skipped = 0;
  #rebuilt: string | null = null;
  #loading: Promise<void> = Promise.resolve();
  /** What was hidden and shown while the saved index is read; `null` when none is. */
  #meanwhile: (() => unknown)[] | null = null;

  private constructor(options: LibraryIndexOptions, kernels: Kernels) {
    this.#options = options;
    this.#exact = new ExactFiles(options.vectorFiles, options.store);
    this.space = options.space;
    this.#kernels = kernels;
    this.#index = emptyIndex(kernels, this.space);
  }

  /** Loads the saved index; a damaged one is made anew from the stored vectors. */
  static async open(options: LibraryIndexOptions): Promise<LibraryIndex> {
    const index = new LibraryIndex(options, await options.kernels());
    await index.#load();
    return index;
  }

  /**
   * Sees whether it holds all vectors that are stored; if not, it is made anew of them. Opening does
   * not wait for this, for counting a million takes seconds.
   *
   * @returns whether it was made anew
   */
  async verify(): Promise<boolean> {
    await this.#loading;
    const stored = await this.#options.store.count(this.space.id);
    if (holdsAll(this.#index, this.#skipped, stored)) return false;
    // Something may have come or gone while it was counted; this counts in the same moment.
    const before = this.#rebuilt;
    await this.#load({ count: true });
    return this.#rebuilt !== before;
  }

  /** Why the saved index was not used, in words; `null` where it was. */
  get rebuilt(): string | null {
    return this.#rebuilt;
  }

  get backend(): Kernels['backend'] {
    return this.#kernels.backend;
  }

  /** One more at each save of any tab. */
  get generation(): number {
    return this.#generation;
  }

  add({ id, spaceId, vector }: VectorMessage): void {
    // A vector of another model says nothing here.
    if (spaceId !== this.space.id || this.#index.has(id)) return;
    this.#index.add(id, vector);
    this.#delta.add(id);
    this.#options.onChange();
  }

  /** Adds what another tab has kept. */
  async addFromStore(ids: readonly PhotoId[]): Promise<void> {
    const missing = ids.filter((id) => !this.#index.has(id));
    if (missing.length === 0) return;
    this.#addBlock(await this.#options.store.vectors(this.space, missing));
    this.#options.onChange();
  }

  /** Adds what was kept and never told of, its teller having died. */
  async catchUp(): Promise<void> {
    await this.addFromStore(await this.#options.store.deltaIds(this.space.id));
  }

  /** Takes photos out of every search. */
  hide(ids: readonly PhotoId[]): void {
    this.#meanwhile?.push(() => this.hide(ids));
    const removed = this.#index.remove(ids);
    for (const id of ids) this.#hidden.add(id);
    if (removed > 0) this.#options.onChange();
  }

  /** Brings photos back into every search. */
  async show(ids: readonly PhotoId[]): Promise<void> {
    this.#meanwhile?.push(() => this.show(ids));
    for (const id of ids) this.#hidden.delete(id);
    await this.addFromStore(this.#index.restore(ids));
  }

  clear(): void {
    this.#index.dispose();
    this.#index = emptyIndex(this.#kernels, this.space);
    this.#stored.clear();
    this.#delta.clear();
    this.#unreadable = [];
    this.#exact.litter();
    // The store's clear begins a generation of its own, which only a load knows.
    this.#load()
      .then(() => this.tidy())
      .catch(() => {}); /* an empty index is right until the next seal loads again */
  }

  /** The vector of a photo as it was made: from memory, or the store where codes alone are there. */
  async vectorOf(id: PhotoId): Promise<Float32Array | undefined> {
    if (!this.#index.has(id)) return undefined;
    return this.#index.exactVectorOf(id) ?? (await this.#options.store.vector(this.space, id));
  }

  /** The nearest to a photo, best first, itself left out; `null` where its vector is not here. */
  async search(id: PhotoId, k: number): Promise<Found | null> {
    const query = await this.vectorOf(id);
    return query ? this.nearest(query, k, id) : null;
  }

  /** The nearest to a vector, best first. */
  nearest(query: Float32Array, k: number, exclude: PhotoId): Found {
    const { ids, scores, stats } = this.#index.search(query, { k, exclude });
    return {
      hits: Array.from(ids, (hit, i) => ({ id: hit, score: scores[i]! })),
      codesScanned: stats.codesScanned,
    };
  }

  liveIds(): Uint32Array<ArrayBuffer> {
    return this.#index.liveIds();
  }

  segments(): SegmentInfo[] {
    return this.#index.segments();
  }

  stats() {
    return this.#index.stats();
  }

  state(choice: IndexChoice): Pick<IndexState, 'choice' | 'segments' | 'delta' | 'd'> {
    const segments = this.#index.segments();
    const delta = segments.pop()!;
    return { choice, segments, delta: delta.live, d: this.space.d };
  }

  target(choice: IndexChoice): ResolvedSpec {
    return targetSpec(this.state(choice));
  }

  async refresh(): Promise<boolean> {
    await this.#loading;
    const saved = await this.#options.store.generation(this.space.id);
    if (saved === this.#generation) return false;
    this.#exact.litter();
    await this.#load();
    await this.tidy();
    return true;
  }

  /** Clears away the files of segments that are no more. */
  tidy(): Promise<void> {
    return this.#exact.tidy();
  }

  async seal(merge: readonly number[]): Promise<void> {
    const index = this.#index;
    const keys = index.segments().map(({ key }) => key);
    const merged = merge.map((place) => keys[place]!);
    const kept = keys.filter((key) => key !== 0 && !merged.includes(key));
    const draft = index.draft(merged);
    const included = this.#delta;
    this.#delta = new Set();
    try {
      const blob = index.write(draft);
      const saved = await this.#save({
        keptSegments: kept.map((key) => this.#stored.get(key)!),
        segments: [{ kind: 'flat', formatVersion: FORMAT_VERSION, blob }],
        includedDeltaIds: [...included],
        // What a kept segment holds must stay hidden.
        droppedTombstones: [...this.#hidden].filter((id) => !index.isSealed(id, kept)),
        unreadable: this.#unreadable,
      });
      // Cleared meanwhile, or another tab has sealed first and what it wrote was loaded.
      if (index !== this.#index || saved === undefined) return;
      this.#unreadable = [];
      const key = index.adopt(blob, draft);
      for (const old of merged) this.#stored.delete(old);
      this.#stored.set(key, saved);
    } catch (thrown) {
      if (index === this.#index) {
        index.abandon(draft);
        for (const id of included) this.#delta.add(id);
      }
      throw thrown;
    }
  }

  beginTraining(): TrainingStart {
    this.#exact.litter();
    return { ids: this.#index.liveIds(), delta: [...this.#delta], hidden: [...this.#hidden] };
  }

  async replaceAll(start: TrainingStart, built: BuiltIndex, { kind }: ResolvedSpec): Promise<void> {
    const { container: blob, vectorFile } = built;
    const file = vectorFile === null ? {} : { vectorFile };
    const saved = await this.#save({
      keptSegments: [],
      segments: [{ kind, formatVersion: FORMAT_VERSION, blob, ...file }],
      includedDeltaIds: start.delta,
      droppedTombstones: start.hidden,
      unreadable: built.unreadable.filter((id) => this.#index.has(id)),
    });
    // Into kernels of its own: the memory of what it replaces goes back.
    if (saved !== undefined) await this.#load();
  }

  /**
   * Saves, and loads again where another tab was first.
   *
   * @returns the store's number of the last new segment; `undefined` where nothing was saved
   */
  async #save(
    request: Omit<SaveRequest, 'spaceId' | 'expectedGeneration'>,
  ): Promise<number | undefined> {
    const index = this.#index;
    const answer = await this.#options.store.save({
      ...request,
      spaceId: this.space.id,
      expectedGeneration: this.#generation,
    });
    if (answer.outcome === 'conflict') {
      await this.#load();
      return undefined;
    }
    if (index === this.#index) this.#generation = answer.manifest.generation;
    return answer.manifest.segments.at(-1)?.id;
  }

  /** One after another: of two that read at once, the older could come last. */
  #load({ count = false } = {}): Promise<void> {
    const turn = this.#loading.then(() => this.#loadNow(count));
    this.#loading = turn.catch(() => {});
    return turn;
  }

  async #loadNow(count: boolean): Promise<void> {
    const before = this.#index;
    this.#meanwhile = [];
    try {
      const [kernels, loaded] = await Promise.all([
        this.#options.kernels(),
        this.#options.store.load(this.space, { count }),
      ]);
      // Cleared while it was read: another load is on its way.
      if (before !== this.#index) return;
      const { index: next, stored, damage } = loadSegments(loaded, kernels, this.space);
      this.#generation = loaded.generation;
      this.#skipped = loaded.delta.skipped.length;
      this.#stored = stored;
      this.#hidden.clear();
      for (const id of loaded.tombstones) this.#hidden.add(id);
      // What was kept while this was read is in memory alone.
      const since = [...this.#delta].filter(
        (id) => before.has(id) && !next.has(id) && !this.#hidden.has(id),
      );
      this.#delta = new Set([...loaded.delta.ids, ...since]);
      for (const id of since) next.add(id, before.vectorOf(id)!);
      this.#index = next;
      this.#kernels = kernels;
      before.dispose();
      if (damage !== null) await this.#rebuild(damage);
      else await this.#attach(loaded);
    } finally {
      const missed = this.#meanwhile ?? [];
      this.#meanwhile = null;
      for (const change of missed) await change();
    }
  }

  /** Not before the old index has let go of its files: some browsers open a file once only. */
  #attach({ segments }: LoadedIndex): Promise<void> {
    const index = this.#index;
    const isCurrent = () => index === this.#index;
    return this.#exact.attach(index, this.space, segments, this.#stored, isCurrent);
  }

  /** The vectors are the truth and the index only their order: it can always be made anew. */
  async #rebuild(damage: string): Promise<void> {
    const index = emptyIndex(this.#kernels, this.space);
    this.#index.dispose();
    this.#index = index;
    this.#stored.clear();
    this.#delta.clear();
    const unreadable: PhotoId[] = [];
    for await (const block of this.#options.store.allVectors(this.space)) {
      if (index !== this.#index) return; /* cleared meanwhile */
      this.#addBlock(block);
      unreadable.push(...block.skipped);
    }
    index.remove(this.#hidden);
    this.#unreadable = unreadable;
    this.#skipped = unreadable.length;
    this.#rebuilt = `The search index was damaged and has been rebuilt; no photo is lost. (${damage})`;
    this.#options.onChange();
  }

  #addBlock({ ids, vectors }: VectorBlock): void {
    this.#index.addAll(ids, vectors);
    for (const id of ids) this.#delta.add(id);
    // What was binned before its vector came stays out of sight.
    this.#index.remove(Array.from(ids).filter((id) => this.#hidden.has(id)));
  }
}
