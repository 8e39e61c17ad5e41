import type { Block } from '../../kernels/kernels.ts';
import { rerankStep } from '../inspection/traceScan.ts';
import type { OwnedBlocks } from '../rows/ownedBlocks.ts';
import type { Found, QueryPlan } from '../sealed/sealedIndex.ts';
import type { VectorSpace } from '../vectorIndex.ts';
import { DecodedRanker } from './decodedRanker.ts';
import type { Reranker } from './reranker.ts';

/**
 * The byte table of 4-bit codes cannot distinguish the nearest. For this many codes per result,
 * distances to the decoded vectors are computed as well.
 */
const DECODED_PER_RESULT = 4;

/** Rows for reranking: by the store beside the codes, or by decoding the codes. */
export interface RankedRows {
  readonly reranker: Reranker;
  /** Bits per sub-quantizer. */
  readonly nbits: number;
  /** The ids of all rows. */
  readonly ids: Block;
  /** Decodes a row's code, in rotated space, into `d` floats. */
  readonly decode: (row: number, target: Float32Array) => void;
}

/** Reranks the best of a code scan with more accurate distances than its table's. */
export class SecondRanker {
  readonly #ranked: RankedRows;
  readonly #decoded: DecodedRanker;

  constructor(memory: OwnedBlocks, { metric, d }: VectorSpace, ranked: RankedRows) {
    this.#ranked = ranked;
    this.#decoded = new DecodedRanker(memory, metric, d);
  }

  /** Number of rows the scan should gather for `rank`; 0 if nothing is reranked. */
  rowsToGather(plan: QueryPlan): number {
    const { nbits, reranker } = this.#ranked;
    const candidates = reranker.candidates(plan);
    if (candidates > 0 || nbits === 8) return candidates;
    return Math.min(DECODED_PER_RESULT * plan.k, plan.filter.passing);
  }

  /**
   * Returns the best `plan.k` of the rows.
   *
   * @param rotated the query, in the space of the codes
   * @param rows distinct row numbers; must not be in a block
   */
  rank(plan: QueryPlan, rotated: Block, rows: Uint32Array): Found {
    const { decode, ids, reranker } = this.#ranked;
    if (reranker.candidates(plan) > 0) return reranker.rank(plan, rows, ids);
    const best = this.#decoded.rank(plan.k, rotated, rows, ids, decode);
    plan.meter.lap('scan');
    plan.trace?.push(rerankStep('codes', rows.length, best));
    return best;
  }
}
