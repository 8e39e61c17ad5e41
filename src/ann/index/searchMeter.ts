import type { SearchStats } from './vectorIndex.ts';

/** A timed stage of a search. */
export type SearchStage = 'coarse' | 'tables' | 'scan' | 'rerank';

/** Measures the cost of one search. */
export class SearchMeter {
  codesScanned = 0;
  cellsVisited = 0;
  nodesVisited = 0;
  reranked = 0;
  readonly #now: (() => number) | undefined;
  readonly #ms = { coarse: 0, tables: 0, scan: 0, rerank: 0 };
  #last: number;

  /** @param now a clock in milliseconds; without one, all times are 0 */
  constructor(now?: () => number) {
    this.#now = now;
    this.#last = now?.() ?? 0;
  }

  /** Adds the time since the last call (or the start) to a stage. */
  lap(stage: SearchStage): void {
    if (!this.#now) return;
    const now = this.#now();
    this.#ms[stage] += now - this.#last;
    this.#last = now;
  }

  stats(): SearchStats {
    const { codesScanned, cellsVisited, nodesVisited, reranked } = this;
    return { codesScanned, cellsVisited, nodesVisited, reranked, ms: { ...this.#ms } };
  }
}
