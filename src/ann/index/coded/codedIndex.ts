import type { Block } from '../../kernels/kernels.ts';
import { readTopK, resetTopK, topKBytes, topKIds } from '../../kernels/topK.ts';
import { cellsOf } from '../cells/cellVisits.ts';
import { InvertedLists } from '../cells/invertedLists.ts';
import { Codebook } from '../codes/codebook.ts';
import { CodeStore } from '../codes/codeStore.ts';
import { Rotation } from '../codes/rotation.ts';
import type { IndexStructure } from '../inspection/structure.ts';
import { fewStep, scanStep, unrankedStep } from '../inspection/traceScan.ts';
import { Reranker } from '../rerank/reranker.ts';
import { SecondRanker } from '../rerank/secondRanker.ts';
import type { OwnedBlocks } from '../rows/ownedBlocks.ts';
import type { Found, QueryPlan } from '../sealed/sealedIndex.ts';
import { SealedIndex } from '../sealed/sealedIndex.ts';
import type { VectorSpace } from '../vectorIndex.ts';
import type { CodedKind, CodedParams, CodedParts } from './codedParts.ts';
import { writeCoded } from './codedParts.ts';

/** A query during a code scan. */
export interface CodeQuery {
  readonly plan: QueryPlan;
  /** The query, rotated if the index rotates. */
  readonly rotated: Block;
  /** Ids for the heap entries; `null`: row numbers. */
  readonly ids: Block | null;
  readonly topK: Block;
}

/**
 * Base of all kinds with the codes of one product quantizer, optionally after a rotation: scans the
 * codes, then reranks the best with the store beside them. A kind chooses which rows to scan.
 */
export abstract class CodedIndex extends SealedIndex {
  abstract override readonly kind: CodedKind;
  /** Cell starts; a single cell in a kind without cells. */
  protected readonly lists: InvertedLists;
  protected readonly codes: CodeStore;
  protected readonly codebook: Codebook;
  readonly #params: CodedParams;
  readonly #rotation: Rotation | null;
  readonly #reranker: Reranker;
  readonly #ranker: SecondRanker;
  readonly #code: Uint8Array<ArrayBuffer>;
  readonly #decodedVector: Float32Array<ArrayBuffer>;
  #topK: Block | null = null;

  /** @throws `corrupt` for invalid ids, `out-of-memory` */
  constructor(memory: OwnedBlocks, space: VectorSpace, parts: CodedParts) {
    super(memory, space, parts.ids);
    const { params, shape, rotation, pqCentroids, codes, ids } = parts;
    // Without cells, all rows form one.
    this.lists = new InvertedLists(parts.cellStarts ?? Uint32Array.of(0, ids.length), ids.length);
    this.lists.checkOrder(ids);
    memory.keep(this.lists.cellStarts);
    this.#params = params;
    this.codes = new CodeStore(memory, shape, ids.length, codes);
    this.codebook = new Codebook(memory, shape, pqCentroids);
    this.#rotation = rotation && new Rotation(memory, rotation, space.d);
    this.#reranker = new Reranker(memory, space, parts.rerank);
    this.#ranker = new SecondRanker(memory, space, {
      reranker: this.#reranker,
      nbits: shape.nbits,
      ids: this.rows.ids,
      decode: (row, target) => this.#decodeCode(row, target),
    });
    this.#code = new Uint8Array(shape.M);
    this.#decodedVector = new Float32Array(space.d);
  }

  override get rerankBytes(): number {
    return this.#reranker.bytes;
  }

  serialize(): ArrayBuffer {
    const rows = this.rows.liveRows();
    const ids = this.rows.idView();
    const coarse = this.coarseView();
    return writeCoded(this, {
      kind: this.kind,
      params: this.#params,
      shape: this.codes.shape,
      ids: rows.map((row) => ids[row]!),
      coarse,
      cellStarts: coarse && this.lists.startsOfRows(rows),
      rotation: this.#rotation?.view() ?? null,
      pqCentroids: this.codebook.view(),
      codes: this.codes.contents(rows),
      rerank: this.#reranker.contents(rows),
    });
  }

  override structure(): IndexStructure {
    const { d } = this;
    const { M, ksub, dsub } = this.codes.shape;
    const coarse = this.coarseView()?.slice();
    if (coarse && this.#rotation) {
      for (let at = 0; at < coarse.length; at += d) {
        const centroid = coarse.subarray(at, at + d);
        this.#rotation.undo(centroid.slice(), centroid);
      }
    }
    return {
      ...super.structure(),
      ...(coarse && { cells: { centroids: coarse, starts: this.lists.cellStarts.slice() } }),
      codes: {
        M,
        ksub,
        dsub,
        centroids: this.codebook.view().slice(),
        rotation: this.#rotation?.view().slice() ?? null,
        codes: this.codes.allCodes(),
      },
    };
  }

  protected scan(plan: QueryPlan): Found {
    const { k, query, filter, meter } = plan;
    const { d } = this;
    const run = { block: query, offset: 0, stride: d, d, count: 1 };
    const rotated = this.#rotation ? this.#rotation.apply(run) : query;
    meter.lap('tables');
    if (filter.few) return this.#rankFew(plan, rotated, filter.few);
    const gathered = this.#ranker.rowsToGather(plan);
    this.#topK = this.memory.atLeast(this.#topK, topKBytes(gathered || k));
    const topK = this.#topK;
    resetTopK(topK, gathered || k);
    this.scanCodes({ plan, rotated, ids: gathered ? null : this.rows.ids, topK });
    const best = gathered ? null : readTopK(topK);
    meter.lap('scan');
    plan.trace?.push(scanStep(meter.codesScanned, topK, gathered ? this.rows.idView() : null));
    return best ?? this.#ranker.rank(plan, rotated, topKIds(topK));
  }

  /** Offers the eligible rows, or those of the nearest cells, to the heap. */
  protected abstract scanCodes(query: CodeQuery): void;

  /**
   * Adds the part of a vector that its code leaves out. @param vector `d` long, in rotated space
   */
  protected abstract addCentre(row: number, vector: Float32Array): void;

  /** The centroids of the cells, `nlist × d`; `null` in a kind without cells. */
  protected abstract coarseView(): Float32Array | null;

  protected decodeRow(row: number, target: Float32Array): void {
    if (this.#reranker.decodeRow(row, target)) return;
    const vector = this.#rotation ? this.#decodedVector : target;
    this.#decodeCode(row, vector);
    this.#rotation?.undo(vector, target);
  }

  #rankFew(plan: QueryPlan, rotated: Block, few: Uint32Array): Found {
    plan.meter.codesScanned += few.length;
    plan.trace?.push(fewStep(this.rows.idView(), few), unrankedStep(few.length));
    if (this.coarseView()) plan.meter.cellsVisited += cellsOf(this.lists, few);
    return this.#ranker.rank(plan, rotated, few);
  }

  /** Decodes a row's code, in rotated space. */
  #decodeCode(row: number, target: Float32Array): void {
    this.codes.readCode(row, this.#code);
    this.codebook.decode(this.#code, target);
    this.addCentre(row, target);
  }
}
