import { SECTION } from '../../format/header.ts';
import type { Kernels } from '../../kernels/kernels.ts';
import type { IndexStructure } from '../inspection/structure.ts';
import { fewStep, rerankStep, scanStepOf, unrankedStep } from '../inspection/traceScan.ts';
import { Reranker } from '../rerank/reranker.ts';
import { OwnedBlocks } from '../rows/ownedBlocks.ts';
import type { Found, QueryPlan } from '../sealed/sealedIndex.ts';
import { SealedIndex } from '../sealed/sealedIndex.ts';
import type { VectorSpace } from '../vectorIndex.ts';
import { AsymmetricRanker } from './asymmetricRanker.ts';
import { BinaryCodes } from './binaryCodes.ts';
import { Hyperplanes } from './hyperplanes.ts';
import type { ItqParts } from './itqContainer.ts';
import { writeItq } from './itqContainer.ts';

/**
 * Candidates per result that are ranked again, and the minimum: twice those of product quantization,
 * since counting bits tells near vectors apart less well.
 */
const CANDIDATES_PER_RESULT = 20;
const FEWEST_CANDIDATES = 200;

/**
 * Learned hashing (Gong and Lazebnik, Iterative quantization, 2011): each vector is a code of a few
 * hundred bits, one for each side of a hyperplane. A search counts the bits that differ from the
 * query's in all codes, then reranks the nearest.
 *
 * The hyperplanes go through the mean of the training vectors, so bits tell directions from there
 * apart. That suits squared L2, and inner products of vectors of similar length; of vectors of very
 * different lengths, codes miss those with a large product because they are long.
 */
export class ItqIndex extends SealedIndex {
  readonly kind = 'itq';
  readonly #seed: number;
  readonly #planes: Hyperplanes;
  readonly #codes: BinaryCodes;
  readonly #reranker: Reranker;
  readonly #decoded: AsymmetricRanker;
  readonly #code: Uint8Array<ArrayBuffer>;

  /** @throws `corrupt` for invalid ids, `out-of-memory` */
  static of(kernels: Kernels, space: VectorSpace, parts: ItqParts): ItqIndex {
    return OwnedBlocks.use(kernels, (memory) => new ItqIndex(memory, space, parts));
  }

  /** Use `of`, which frees the memory if this throws. */
  constructor(memory: OwnedBlocks, space: VectorSpace, parts: ItqParts) {
    super(memory, space, parts.ids);
    this.#seed = parts.seed;
    this.#planes = new Hyperplanes(memory, parts.planes, 1);
    this.#codes = new BinaryCodes(memory, this.#planes.bits / 8, parts.codes);
    this.#reranker = new Reranker(memory, space, parts.rerank);
    this.#decoded = new AsymmetricRanker(memory, space.metric, this.#planes, this.#codes);
    this.#code = new Uint8Array(this.#codes.codeBytes);
  }

  override get rerankBytes(): number {
    return this.#reranker.bytes;
  }

  serialize(): ArrayBuffer {
    const rows = this.rows.liveRows();
    const ids = this.rows.idView();
    return writeItq(this, {
      params: { store: this.#reranker.rerank, seed: this.#seed },
      nbits: this.#planes.bits,
      ids: rows.map((row) => ids[row]!),
      sections: [
        ...this.#planes.contents(SECTION.hashProjection),
        this.#codes.contents(rows),
        ...this.#reranker.contents(rows),
      ],
    });
  }

  override structure(): IndexStructure {
    const structure = super.structure();
    return {
      ...structure,
      hashes: {
        tables: 1,
        bits: this.#planes.bits,
        mean: this.#planes.mean.slice(),
        normals: this.#planes.normals(),
        codes: this.#codes.gather(Uint32Array.from(structure.ids.keys())),
      },
    };
  }

  protected rowsScanned(): number {
    // Any filter scans all rows; only a few rows are compared one by one.
    return 0;
  }

  protected scan(asked: QueryPlan): Found {
    const { query, filter, meter, trace, maxCodes } = asked;
    const plan = { ...asked, rerank: asked.rerank ?? candidatesOf(asked.k) };
    this.#planes.ask(query);
    meter.lap('tables');
    if (filter.few) {
      meter.codesScanned += filter.few.length;
      trace?.push(fewStep(this.rows.idView(), filter.few), unrankedStep(filter.few.length));
      return this.#rank(plan, filter.few);
    }
    this.#codes.prepare(this.#planes.margins);
    const rowCount = Math.min(this.ntotal, maxCodes);
    const wanted = this.#reranker.candidates(plan) || candidatesOf(plan.k);
    const gathered = Math.min(wanted, rowCount);
    const { rows, distances, scanned } = this.#codes.scan(filter.skip, rowCount, gathered);
    meter.codesScanned += scanned;
    meter.lap('scan');
    if (trace) {
      const ids = this.rows.idView();
      const kept = { ids: rows.map((row) => ids[row]!), keys: Float32Array.from(distances) };
      trace.push(scanStepOf(scanned, kept));
    }
    return this.#rank(plan, rows);
  }

  protected decodeRow(row: number, target: Float32Array): void {
    if (!this.#reranker.decodeRow(row, target)) this.#decodeCode(row, target);
  }

  /** Returns the best `plan.k` of the rows by the store beside the codes, or else by the codes. */
  #rank(plan: QueryPlan, rows: Uint32Array): Found {
    if (this.#reranker.candidates(plan) > 0) return this.#reranker.rank(plan, rows, this.rows.ids);
    const best = this.#decoded.rank(plan.k, plan.query, rows, this.rows.ids);
    plan.meter.lap('scan');
    plan.trace?.push(rerankStep('codes', rows.length, best));
    return best;
  }

  /** `mean + Σ_b ± normal_b`. */
  #decodeCode(row: number, target: Float32Array): void {
    const { d, bits } = this.#planes;
    const normals = this.#planes.normalsOf(0);
    this.#codes.read(row, this.#code);
    target.set(this.#planes.mean);
    for (let b = 0, at = 0; b < bits; b++, at += d) {
      const set = this.#code[b >> 3]! & (1 << (b & 7));
      if (set) for (let i = 0; i < d; i++) target[i] = target[i]! + normals[at + i]!;
      else for (let i = 0; i < d; i++) target[i] = target[i]! - normals[at + i]!;
    }
  }
}

function candidatesOf(k: number): number {
  return Math.max(FEWEST_CANDIDATES, CANDIDATES_PER_RESULT * k);
}
