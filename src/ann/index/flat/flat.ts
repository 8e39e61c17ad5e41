import type { Container } from '../../format/read.ts';
import { getBit } from '../../kernels/bitmap.ts';
import type { Block, Kernels } from '../../kernels/kernels.ts';
import { bytesView, float32View } from '../../kernels/kernels.ts';
import { readTopK, resetTopK, topKBytes } from '../../kernels/topK.ts';
import { checkId, checkVector } from '../checkVector.ts';
import type { IndexStructure } from '../inspection/structure.ts';
import { scanStepOf } from '../inspection/traceScan.ts';
import { Rows } from '../rows/rows.ts';
import { scoresOf } from '../sealed/sealedIndex.ts';
import { SearchMeter } from '../searchMeter.ts';
import { planSearch, splitQueries } from '../searchPlan.ts';
import type {
  GrowableIndex,
  Metric,
  SearchOptions,
  SearchResult,
  VectorSpace,
} from '../vectorIndex.ts';
import { readFlat, writeFlat } from './flatContainer.ts';

/** The exact index: uncompressed vectors, each search a full scan. */
export class FlatIndex implements GrowableIndex {
  readonly kind = 'flat';
  readonly spaceId: string;
  readonly metric: Metric;
  readonly d: number;
  readonly #kernels: Kernels;
  readonly #rows: Rows;
  /** The first rows, loaded from a container, have ascending ids and are found by bisection. */
  readonly #sortedCount: number;
  /** Rows of ids added since. */
  readonly #addedRows = new Map<number, number>();
  readonly #query: Block;
  #topK: Block | null = null;
  #filter: Block | null = null;

  /**
   * Creates an empty index, or loads a container.
   *
   * @throws `corrupt` for invalid contents, `out-of-memory`
   */
  constructor(kernels: Kernels, space: VectorSpace, container?: Container) {
    this.spaceId = space.spaceId;
    this.metric = space.metric;
    this.d = space.d;
    this.#kernels = kernels;
    const sections = container && readFlat(container);
    this.#sortedCount = sections?.ids.length ?? 0;
    this.#rows = new Rows(kernels, space.d, sections && Math.max(1, this.#sortedCount));
    this.#query = kernels.alloc(space.d * 4);
    if (sections) this.#rows.fill(sections.ids, sections.vectors);
  }

  get ntotal(): number {
    return this.#rows.count;
  }

  get live(): number {
    return this.#rows.live;
  }

  get bytes(): number {
    const scratch = [this.#query, this.#topK, this.#filter];
    return scratch.reduce((sum, block) => sum + (block?.byteLength ?? 0), this.#rows.bytes);
  }

  get rerankBytes(): number {
    return 0;
  }

  add(id: number, vector: Float32Array): void {
    checkId(id);
    checkVector(vector, this.d);
    const row = this.#rowOf(id);
    if (row === undefined) {
      this.#addedRows.set(id, this.#rows.append(id, vector));
    } else {
      this.#rows.vectorView(row).set(vector);
      this.#rows.setDead(row, false);
    }
  }

  /** Frees spare capacity; more can still be added. */
  trim(): void {
    this.#rows.trim();
  }

  holds(id: number): boolean {
    return this.#rowOf(id) !== undefined;
  }

  has(id: number): boolean {
    return this.#liveRowOf(id) !== undefined;
  }

  remove(id: number): boolean {
    const row = this.#liveRowOf(id);
    if (row === undefined) return false;
    this.#rows.setDead(row, true);
    return true;
  }

  restore(id: number): boolean {
    const row = this.#rowOf(id);
    if (row === undefined) return false;
    this.#rows.setDead(row, false);
    return true;
  }

  reconstruct(id: number, target: Float32Array): boolean {
    const row = this.#liveRowOf(id);
    if (row === undefined) return false;
    target.set(this.#rows.vectorView(row));
    return true;
  }

  liveIds(): Uint32Array<ArrayBuffer> {
    const tombstones = this.#rows.tombstoneView();
    return this.#rows
      .idView()
      .filter((_, row) => !getBit(tombstones, row))
      .sort();
  }

  structure(): IndexStructure {
    return { ids: this.#rows.idView().slice() };
  }

  search(query: Float32Array, options: SearchOptions): SearchResult {
    checkVector(query, this.d);
    return this.searchBatch(query, options)[0]!;
  }

  searchBatch(queries: Float32Array, options: SearchOptions): SearchResult[] {
    const each = splitQueries(queries, this.d);
    const { exclude, allowed } = options;
    const excluded = exclude === undefined ? undefined : this.#liveRowOf(exclude);
    const { k } = planSearch(options);
    // A tombstone for the duration of the scan is far cheaper than testing each row's id.
    if (excluded !== undefined) this.#rows.setDead(excluded, true);
    try {
      const skip = allowed === undefined ? this.#rows.tombstones : this.#filterRows(allowed);
      return each.map((query) => this.#scan(query, Math.min(k, this.live), skip, options));
    } finally {
      if (excluded !== undefined) this.#rows.setDead(excluded, false);
    }
  }

  serialize(): ArrayBuffer {
    return writeFlat(this, this.liveIds(), (id, target) => this.reconstruct(id, target));
  }

  dispose(): void {
    this.#rows.dispose();
    for (const block of [this.#query, this.#topK, this.#filter]) {
      if (block) this.#kernels.free(block);
    }
  }

  #scan(
    query: Float32Array,
    k: number,
    skip: Block | null,
    { now, trace = false }: SearchOptions,
  ): SearchResult {
    const meter = new SearchMeter(now);
    if (k === 0) {
      const none = { ids: new Uint32Array(0), scores: new Float32Array(0) };
      return { ...none, stats: meter.stats(), ...(trace && { trace: [] }) };
    }
    const kernels = this.#kernels;
    const { vectors, ids: rowIds, count } = this.#rows;
    this.#topK = this.#atLeast(this.#topK, topKBytes(k));
    resetTopK(this.#topK, k);
    float32View(this.#query, this.d).set(query);
    const scan = {
      query: this.#query,
      vectors,
      ids: rowIds,
      skip,
      d: this.d,
      firstRow: 0,
      rowCount: count,
    };
    meter.codesScanned =
      this.metric === 'ip' ? kernels.scanIp(scan, this.#topK) : kernels.scanL2sq(scan, this.#topK);
    const { keys, ids } = readTopK(this.#topK);
    meter.lap('scan');
    const steps = trace && { trace: [scanStepOf(meter.codesScanned, { ids, keys })] };
    return { ids, scores: scoresOf(this.metric, keys), stats: meter.stats(), ...steps };
  }

  /** The bitmap of rows that are dead or whose id is not allowed. */
  #filterRows(allowed: Uint8Array): Block {
    const tombstones = this.#rows.tombstoneView().length;
    this.#filter = this.#atLeast(this.#filter, tombstones);
    const skip = bytesView(this.#filter);
    skip.set(this.#rows.tombstoneView());
    this.#rows.idView().forEach((id, row) => {
      if (!getBit(allowed, id)) skip[row >>> 3]! |= 1 << (row & 7);
    });
    return this.#filter;
  }

  /** Returns the block if it is long enough, else replaces it with one that is. */
  #atLeast(block: Block | null, byteLength: number): Block {
    if (block && block.byteLength >= byteLength) return block;
    const longer = this.#kernels.alloc(byteLength);
    if (block) this.#kernels.free(block);
    return longer;
  }

  #liveRowOf(id: number): number | undefined {
    const row = this.#rowOf(id);
    return row === undefined || this.#rows.isDead(row) ? undefined : row;
  }

  #rowOf(id: number): number | undefined {
    const added = this.#addedRows.get(id);
    if (added !== undefined || this.#sortedCount === 0) return added;
    const ids = this.#rows.idView();
    let low = 0;
    let high = this.#sortedCount;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (ids[middle]! < id) low = middle + 1;
      else high = middle;
    }
    return low < this.#sortedCount && ids[low] === id ? low : undefined;
  }
}
