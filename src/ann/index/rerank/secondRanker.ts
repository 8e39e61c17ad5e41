import type { Block } from '../../kernels/kernels.ts';
import type { OwnedBlocks } from '../rows/ownedBlocks.ts';
import type { Found, QueryPlan } from '../sealed/sealedIndex.ts';
import type { VectorSpace } from '../vectorIndex.ts';
import { DecodedRanker } from './decodedRanker.ts';
import type { Reranker } from './reranker.ts';

/**
 * A table of bytes, as 4-bit codes have it, cannot tell the nearest apart: of so many codes for each
 * result wanted, the distances are then computed of the vectors that they stand for.
 */
const DECODED_PER_RESULT = 4;

/** What is ranked anew: by the store beside the codes, or else by the codes, decoded. */
export interface RankedRows {
  readonly reranker: Reranker;
  /** Of a code of one sub-quantizer. */
  readonly nbits: number;
  /** The ids of all rows. */
  readonly ids: Block;
  /** Writes the vector that a row's code stands for, in rotated space, into a place of `d`. */
  readonly decode: (row: number, target: Float32Array) => void;
}

/** Ranks the best of a scan of codes anew, by what is nearer to the truth than its table. */
export class SecondRanker {
  readonly #ranked: RankedRows;
  readonly #decoded: DecodedRanker;

  constructor(memory: OwnedBlocks, { metric, d }: VectorSpace, ranked: RankedRows) {
    this.#ranked = ranked;
    this.#decoded = new DecodedRanker(memory, metric, d);
  }

  /** How many rows the scan is to gather for `rank`; 0 where nothing is ranked anew. */
  rowsToGather(plan: QueryPlan): number {
    const { nbits, reranker } = this.#ranked;
    const candidates = reranker.candidates(plan);
    if (candidates > 0 || nbits === 8) return candidates;
    return Math.min(DECODED_PER_RESULT * plan.k, plan.filter.passing);
  }

  /**
   * The best `plan.k` of the rows.
   *
   * @param rotated the query, in the space of the codes
   * @param rows row numbers, none twice; must not lie in a block
   */
  rank(plan: QueryPlan, rotated: Block, rows: Uint32Array): Found {
    const { decode, ids, reranker } = this.#ranked;
    if (reranker.candidates(plan) > 0) return reranker.rank(plan, rows, ids);
    const best = this.#decoded.rank(plan.k, rotated, rows, ids, decode);
    plan.meter.lap('scan');
    return best;
  }
}
