import { averagePrecision, precisionAt } from './ranking.ts';

/** Precision and mean average precision of one order of the same results, leave-one-out. */
export interface RerankRow {
  readonly rerank: boolean;
  readonly precision1: number;
  readonly precision5: number;
  readonly map: number;
}

/** One query's results from the app. */
export interface Answer {
  readonly query: number;
  /** In the order in which Akin lists them. */
  readonly hits: readonly { readonly id: number; readonly cosine: number }[];
}

/**
 * Compares Akin's order with that of the cosines alone. Average precision is over the results that
 * were returned, out of all relevant photos.
 */
export function rerankRows(
  answers: readonly Answer[],
  classOf: ReadonlyMap<number, string>,
): RerankRow[] {
  const sizes = new Map<string, number>();
  for (const of of classOf.values()) sizes.set(of, (sizes.get(of) ?? 0) + 1);
  return [false, true].map((rerank) => {
    const row = { rerank, precision1: 0, precision5: 0, map: 0 };
    for (const { query, hits } of answers) {
      const of = classOf.get(query)!;
      const isRelevant = (id: number) => classOf.get(id) === of;
      const ordered = rerank ? hits : hits.toSorted((a, b) => b.cosine - a.cosine || a.id - b.id);
      const ids = ordered.map(({ id }) => id);
      row.precision1 += precisionAt(ids, 1, isRelevant) / answers.length;
      row.precision5 += precisionAt(ids, 5, isRelevant) / answers.length;
      row.map += averagePrecision(ids, isRelevant, sizes.get(of)! - 1) / answers.length;
    }
    return row;
  });
}
