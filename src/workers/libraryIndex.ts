import { FORMAT_VERSION, type Kernels, SegmentedIndex } from '../ann/index.ts';
import { toAkinError } from '../base/errors.ts';
import type { LibraryStats, PhotoId, SearchHit, VectorMessage } from '../protocol/index.ts';
import type { Indexes, VectorBlock } from '../store/index.ts';
import { visualSpace } from './visualSpace.ts';

/** A delta this large is sealed: fewer rows to read one by one at the next start. */
const SEAL_DELTA = 1_024;
/** But not before it is this share of what is sealed, since the whole is written anew. */
const SEAL_SHARE = 0.25;
/** After the last addition, so that an import that ends leaves nothing unsealed; milliseconds. */
const SEAL_QUIET_MS = 4_000;
/** Held while sealing: of several tabs one writes. */
const SEAL_LOCK = 'akin-seal';

const SPACE = { id: visualSpace.id, d: visualSpace.d };

/** What of a search the index knows; what it means is not its business. */
export interface Found {
  readonly hits: readonly Omit<SearchHit, 'chance'>[];
  readonly codesScanned: number;
}

/**
 * The library's index: the engine's segments in memory, and their saved form in the store. Every
 * tab has its own in memory, made of the same vectors; whichever seals first, seals for all.
 */
export class LibraryIndex {
  readonly #kernels: Kernels;
  readonly #store: Indexes;
  #index: SegmentedIndex;
  #generation = 0;
  /** Ids added since the last seal: what a seal takes out of the stored delta. */
  readonly #delta = new Set<PhotoId>();
  /** Ids hidden since the last seal, which it leaves out. */
  readonly #hidden = new Set<PhotoId>();
  /** Whether a seal would write anything else than the last one did. */
  #dirty = false;
  #sealTimer: ReturnType<typeof setTimeout> | undefined;
  #sealing = false;
  #rebuilt: string | null = null;

  private constructor(kernels: Kernels, store: Indexes) {
    this.#kernels = kernels;
    this.#store = store;
    this.#index = this.#empty();
  }

  /** Loads the saved index; a damaged one is made anew from the stored vectors. */
  static async open(kernels: Kernels, store: Indexes): Promise<LibraryIndex> {
    const index = new LibraryIndex(kernels, store);
    await index.#load();
    return index;
  }

  /** Why the saved index was not used, in words; `null` where it was. */
  get rebuilt(): string | null {
    return this.#rebuilt;
  }

  add({ id, spaceId, vector }: VectorMessage): void {
    // A vector of another model says nothing here.
    if (spaceId !== visualSpace.id || this.#index.has(id)) return;
    this.#index.add(id, vector);
    this.#delta.add(id);
    this.#dirty = true;
    this.#sealWhenDue();
  }

  /** Adds what another tab has kept. */
  async addFromStore(ids: readonly PhotoId[]): Promise<void> {
    const missing = ids.filter((id) => !this.#index.has(id));
    if (missing.length === 0) return;
    this.#addBlock(await this.#store.vectors(SPACE, missing));
  }

  /** Adds what was kept and never told of, its teller having died. */
  async catchUp(): Promise<void> {
    await this.addFromStore(await this.#store.deltaIds(SPACE.id));
  }

  /** Takes photos out of every search. */
  hide(ids: readonly PhotoId[]): void {
    this.#index.remove(ids);
    for (const id of ids) this.#hidden.add(id);
    this.#dirty = true;
  }

  /** Brings photos back into every search. */
  async show(ids: readonly PhotoId[]): Promise<void> {
    for (const id of ids) this.#hidden.delete(id);
    await this.addFromStore(this.#index.restore(ids));
  }

  clear(): void {
    clearTimeout(this.#sealTimer);
    this.#index.dispose();
    this.#index = this.#empty();
    this.#delta.clear();
    this.#dirty = false;
    // The store's clear begins a generation of its own, which only a load knows.
    this.#load().catch(() => {}); /* an empty index is right until the next seal loads again */
  }

  vectorOf(id: PhotoId): Float32Array | undefined {
    return this.#index.vectorOf(id);
  }

  /** The nearest to a photo, best first, itself left out; `null` where its vector is not here. */
  search(id: PhotoId, k: number): Found | null {
    if (!this.#index.has(id)) return null;
    const { ids, scores, stats } = this.#index.searchById(id, { k });
    return {
      hits: Array.from(ids, (hit, i) => ({ id: hit, cosine: scores[i]! })),
      codesScanned: stats.codesScanned,
    };
  }

  stats(): Pick<LibraryStats, 'vectors' | 'index'> {
    const { kind, segments, live, bytes } = this.#index.stats();
    const { id: spaceId, d } = visualSpace;
    const { backend } = this.#kernels;
    return { vectors: live, index: { kind, kernels: backend, segments, bytes, spaceId, d } };
  }

  /** Seals once nothing has been added for a while. */
  sealSoon(): void {
    clearTimeout(this.#sealTimer);
    this.#sealTimer = setTimeout(() => void this.#seal(), SEAL_QUIET_MS);
  }

  #empty(): SegmentedIndex {
    const { id: spaceId, d } = visualSpace;
    return new SegmentedIndex(this.#kernels, { spaceId, metric: 'ip', d });
  }

  async #load(): Promise<void> {
    const loaded = await this.#store.load(SPACE);
    const before = this.#index;
    const next = this.#empty();
    let damage = loaded.damage;
    try {
      for (const { blob } of loaded.segments) next.adopt(blob);
    } catch (thrown) {
      damage = toAkinError(thrown).message;
    }
    next.addAll(loaded.delta.ids, loaded.delta.vectors);
    next.remove(loaded.tombstones);
    // Every stored vector has a row; rows that are hidden may have lost theirs.
    const { live, ntotal } = next.stats();
    const rows = ntotal + loaded.delta.skipped.length;
    if (live > loaded.stored || loaded.stored > rows) {
      damage ??= 'It does not hold the photos that the library has.';
    }
    this.#generation = loaded.generation;
    this.#hidden.clear();
    for (const id of loaded.tombstones) this.#hidden.add(id);
    // What was kept while this was read is in memory alone.
    const since = [...this.#delta].filter(
      (id) => before.has(id) && !next.has(id) && !this.#hidden.has(id),
    );
    this.#delta.clear();
    for (const id of loaded.delta.ids) this.#delta.add(id);
    for (const id of since) this.#delta.add(id);
    for (const id of since) next.add(id, before.vectorOf(id)!);
    this.#index = next;
    before.dispose();
    if (damage !== null) await this.#rebuild(damage);
  }

  /** The vectors are the truth and the index only their order: it can always be made anew. */
  async #rebuild(damage: string): Promise<void> {
    const index = this.#empty();
    this.#index.dispose();
    this.#index = index;
    this.#delta.clear();
    for await (const block of this.#store.allVectors(SPACE)) {
      if (index !== this.#index) return; /* cleared meanwhile */
      this.#addBlock(block);
    }
    index.remove(this.#hidden);
    this.#dirty = true;
    this.#rebuilt = `The search index was damaged and has been rebuilt; no photo is lost. (${damage})`;
    await this.#seal();
  }

  #addBlock({ ids, vectors }: VectorBlock): void {
    this.#index.addAll(ids, vectors);
    for (const id of ids) this.#delta.add(id);
    if (ids.length > 0) this.#dirty = true;
    // What was binned before its vector came stays out of sight.
    this.#index.remove(Array.from(ids).filter((id) => this.#hidden.has(id)));
  }

  #sealWhenDue(): void {
    const { live } = this.#index.stats();
    const sealed = live - this.#delta.size;
    if (this.#delta.size >= Math.max(SEAL_DELTA, sealed * SEAL_SHARE)) void this.#seal();
    else this.sealSoon();
  }

  /** Writes all that is live as one segment. What fails is tried again when more is added. */
  async #seal(): Promise<void> {
    clearTimeout(this.#sealTimer);
    if (this.#sealing || !this.#dirty) return;
    this.#sealing = true;
    try {
      await navigator.locks.request(SEAL_LOCK, () => this.#sealNow());
    } catch {
      this.#dirty = true;
      // A full disk, for one. The vectors are safe in the store, each in the delta or a segment.
    } finally {
      this.#sealing = false;
    }
  }

  async #sealNow(): Promise<void> {
    const index = this.#index;
    const blob = index.seal();
    const included = [...this.#delta];
    const dropped = [...this.#hidden];
    this.#dirty = false;
    const answer = await this.#store.save({
      spaceId: visualSpace.id,
      expectedGeneration: this.#generation,
      keptSegments: [],
      segments: [{ kind: 'flat', formatVersion: FORMAT_VERSION, blob }],
      includedDeltaIds: included,
      droppedTombstones: dropped,
    });
    // Cleared meanwhile: what was sealed is of a library that is gone.
    if (index !== this.#index) return;
    if (answer.outcome === 'conflict') {
      // Another tab has sealed first: what it wrote, and the delta beside it, is all there is.
      await this.#load();
      return;
    }
    this.#generation = answer.manifest.generation;
    this.#index.adopt(blob);
    for (const id of included) this.#delta.delete(id);
  }
}
