import { combine, type VectorTerm } from '../../src/query/index.ts';
import type { Exported } from './classFolders.ts';
import { precisionAt } from './ranking.ts';

/** Precision@10 of the photos nobody has marked: with the marks, and by the example alone. */
export interface FeedbackRow {
  readonly marks: number;
  readonly less: number;
  readonly precision10: number;
  readonly single10: number;
}

const K = 10;

/**
 * Simulates people who search with one photo and mark its first results as more or less like it,
 * by class. Both rankings leave out what was marked (the residual collection), so that a mark gains
 * nothing by having been found already.
 *
 * @param less weight of the negative examples, as for `combine`
 */
export function feedback(
  { ids, d, vectors }: Exported,
  classOf: ReadonlyMap<number, string>,
  marks: number,
  less: number,
): FeedbackRow {
  const rows = ids.flatMap((id, i) =>
    classOf.has(id) ? [{ id, vector: vectors.subarray(i * d, (i + 1) * d) }] : [],
  );
  const ranking = (query: Float32Array, without: ReadonlySet<number>) => {
    const scored = rows.flatMap(({ id, vector }) => {
      if (without.has(id)) return [];
      let ip = 0;
      for (let j = 0; j < d; j++) ip += query[j]! * vector[j]!;
      return [{ id, ip }];
    });
    return scored.sort((a, b) => b.ip - a.ip || a.id - b.id).map(({ id }) => id);
  };
  const vectorOf = new Map(rows.map(({ id, vector }) => [id, vector]));
  let precision = 0;
  let single = 0;
  for (const { id: query, vector } of rows) {
    const isRelevant = (id: number) => classOf.get(id) === classOf.get(query);
    const marked = ranking(vector, new Set([query])).slice(0, marks);
    const without = new Set([query, ...marked]);
    const terms: VectorTerm[] = [
      { vector, weight: 1 },
      ...marked.map((id) => ({ vector: vectorOf.get(id)!, weight: isRelevant(id) ? 1 : -1 })),
    ];
    const combined = combine(terms, d, less) ?? vector;
    precision += precisionAt(ranking(combined, without), K, isRelevant);
    single += precisionAt(ranking(vector, without), K, isRelevant);
  }
  return {
    marks,
    less,
    precision10: precision / rows.length,
    single10: single / rows.length,
  };
}
