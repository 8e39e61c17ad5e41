import { SECTION } from '../../format/header.ts';
import type { SectionContent } from '../../format/sections.ts';
import { wholeSection } from '../../format/sections.ts';
import type { Block, Kernels } from '../../kernels/kernels.ts';
import { readTopK, resetTopK, topKBytes } from '../../kernels/topK.ts';
import type { IndexStructure } from '../inspection/structure.ts';
import { fewStep, scanStep } from '../inspection/traceScan.ts';
import { OwnedBlocks } from '../rows/ownedBlocks.ts';
import type { Found, QueryPlan } from '../sealed/sealedIndex.ts';
import { SealedIndex } from '../sealed/sealedIndex.ts';
import type { SearchPlan } from '../searchPlan.ts';
import type { VectorSpace } from '../vectorIndex.ts';
import { BucketStore } from './bucketStore.ts';
import { BucketTable, keyOf } from './bucketTable.ts';
import { CandidateRows } from './candidateRows.ts';
import { Hyperplanes } from './hyperplanes.ts';
import type { LshParts } from './lshContainer.ts';
import { writeLsh } from './lshContainer.ts';
import { ProbeSequence } from './probing.ts';

/** Buckets opened per table by default. */
const DEFAULT_PROBES = 16;
/** If this many per table hold too few rows, all rows are compared. */
const MOST_EXTRA_PROBES = 256;

/**
 * Locality-sensitive hashing for angles (Charikar, 2002) with multi-probe (Lv et al., 2007): in each
 * table, a vector's key says on which side of some random hyperplanes it lies, so near vectors often
 * share a bucket. A search opens the query's buckets and those across the nearest hyperplanes, and
 * compares all rows in them.
 *
 * The hyperplanes go through the mean of the training vectors, so a hash tells directions from there
 * apart, whatever the metric. That suits squared L2, and inner products of vectors of similar
 * length; of vectors of very different lengths, it misses those with a large product because they
 * are long.
 *
 * A search opens the same buckets in the same order whatever `probes` is, and more of them if they
 * hold fewer than `k` rows, so its recall never falls as `probes` grows.
 */
export class LshIndex extends SealedIndex {
  readonly kind = 'lsh';
  readonly #seed: number;
  readonly #planes: Hyperplanes;
  readonly #tables: readonly BucketTable[];
  readonly #sequences: readonly ProbeSequence[];
  /** The query's key in each table. */
  readonly #keys: Uint32Array<ArrayBuffer>;
  readonly #store: BucketStore;
  readonly #found: CandidateRows;
  #topK: Block | null = null;

  /** @throws `corrupt` for invalid ids, `out-of-memory` */
  static of(kernels: Kernels, space: VectorSpace, parts: LshParts): LshIndex {
    return OwnedBlocks.use(kernels, (memory) => new LshIndex(memory, space, parts));
  }

  /** Use `of`, which frees the memory if this throws. */
  constructor(memory: OwnedBlocks, space: VectorSpace, parts: LshParts) {
    super(memory, space, parts.ids);
    const { tables, keys } = parts;
    this.#seed = parts.seed;
    this.#planes = new Hyperplanes(memory, parts.planes, tables);
    this.#tables = Array.from({ length: tables }, (_, table) => {
      const own = Uint32Array.from(parts.ids, (_id, row) => keys[row * tables + table]!);
      return new BucketTable(memory, own);
    });
    this.#sequences = this.#tables.map(() => new ProbeSequence(this.#planes.bits));
    this.#keys = new Uint32Array(tables);
    this.#store = new BucketStore(memory, space, parts.store);
    this.#found = new CandidateRows(memory, parts.ids.length);
  }

  serialize(): ArrayBuffer {
    const rows = this.rows.liveRows();
    const ids = this.rows.idView();
    return writeLsh(this, {
      params: { store: this.#store.store, seed: this.#seed },
      tables: this.#tables.length,
      bits: this.#planes.bits,
      ids: rows.map((row) => ids[row]!),
      sections: [
        ...this.#planes.contents(SECTION.hyperplanes),
        this.#keyContents(rows),
        ...this.#store.contents(rows),
      ],
    });
  }

  override structure(): IndexStructure {
    const { bits, mean } = this.#planes;
    const tables = this.#tables.length;
    const codeBytes = Math.ceil(bits / 8);
    const codes = new Uint8Array(this.ntotal * tables * codeBytes);
    this.#allKeys().forEach((key, at) => {
      for (let m = 0; m < codeBytes; m++) codes[at * codeBytes + m] = key >>> (8 * m);
    });
    const normals = this.#planes.normals();
    return { ...super.structure(), hashes: { tables, bits, mean: mean.slice(), normals, codes } };
  }

  protected rowsScanned({ probes = DEFAULT_PROBES }: SearchPlan): number {
    const share = this.#tables.reduce((sum, { buckets }) => sum + probes / Math.max(1, buckets), 0);
    return Math.ceil(this.ntotal * Math.min(1, share));
  }

  protected scan(plan: QueryPlan): Found {
    const { k, query, filter, meter, trace } = plan;
    const { ids } = this.rows;
    const found = this.#found;
    if (filter.few) {
      found.reset(null, filter.few.length);
      found.add(filter.few, 0, filter.few.length);
      trace?.push(fewStep(this.rows.idView(), filter.few));
    } else {
      this.#ask(query);
      found.reset(filter.skip, plan.maxCodes);
      this.#collect(plan);
      meter.lap('coarse');
    }
    this.#topK = this.memory.atLeast(this.#topK, topKBytes(k));
    resetTopK(this.#topK, k);
    this.#store.compare(query, found.list, found.count, ids, this.#topK);
    meter.codesScanned += found.count;
    const best = readTopK(this.#topK);
    meter.lap('scan');
    trace?.push(scanStep(found.count, this.#topK, null));
    return best;
  }

  protected decodeRow(row: number, target: Float32Array): void {
    this.#store.decodeRow(row, target);
  }

  /** Computes the query's keys and starts the sequence of each table. */
  #ask(query: Block): void {
    this.#planes.ask(query);
    const { margins, bits } = this.#planes;
    this.#sequences.forEach((sequence, table) => {
      sequence.start(margins, table * bits);
      this.#keys[table] = keyOf(margins, table * bits, bits);
    });
  }

  /** Opens buckets, the next of each table in turn, and collects their rows. */
  #collect(plan: QueryPlan): void {
    const { k, probes = DEFAULT_PROBES, filter, trace } = plan;
    const found = this.#found;
    for (let round = 0; !found.isFull; round++) {
      if (round >= probes && found.count >= k) return;
      // Decided here whatever `probes` is, or a search with more of them could find less.
      if (round === MOST_EXTRA_PROBES && found.count < k) break;
      let isOver = true;
      for (let table = 0; table < this.#tables.length && !found.isFull; table++) {
        if (!this.#sequences[table]!.next()) continue;
        isOver = false;
        this.#open(table, plan);
      }
      if (isOver) return;
    }
    if (found.isFull) return;
    const { rows } = this.#tables[0]!;
    const collected = found.add(rows, 0, rows.length);
    trace?.push({ step: 'rest', passing: filter.passing, collected });
  }

  /** Collects the rows of the bucket that a table's sequence has come to. */
  #open(table: number, { meter, trace }: QueryPlan): void {
    const { flips, cost } = this.#sequences[table]!;
    const key = (this.#keys[table]! ^ flips) >>> 0;
    const buckets = this.#tables[table]!;
    const bucket = buckets.find(key);
    const from = bucket < 0 ? 0 : buckets.startOf(bucket);
    const end = bucket < 0 ? 0 : buckets.startOf(bucket + 1);
    const collected = this.#found.add(buckets.rows, from, end);
    meter.cellsVisited++;
    if (!trace) return;
    const idView = this.rows.idView();
    trace.push({
      step: 'bucket',
      table,
      key,
      flipped: bitsOf(flips),
      cost,
      ids: buckets.rows.subarray(from, end).map((row) => idView[row]!),
      collected,
    });
  }

  /** `n × tables`. */
  #allKeys(): Uint32Array<ArrayBuffer> {
    const tables = this.#tables.length;
    const keys = new Uint32Array(this.ntotal * tables);
    this.#tables.forEach((each, table) => {
      each.forEach((row, key) => {
        keys[row * tables + table] = key;
      });
    });
    return keys;
  }

  #keyContents(rows: Uint32Array): SectionContent {
    const tables = this.#tables.length;
    const all = this.#allKeys();
    const keys = new Uint32Array(rows.length * tables);
    rows.forEach((row, i) => {
      keys.set(all.subarray(row * tables, (row + 1) * tables), i * tables);
    });
    return wholeSection(SECTION.bucketKeys, keys);
  }
}

function bitsOf(mask: number): number[] {
  return Array.from({ length: 32 }, (_, bit) => bit).filter((bit) => (mask >>> bit) & 1);
}
