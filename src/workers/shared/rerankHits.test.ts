import { describe, expect, it } from 'vitest';
import type { SearchHit } from '../../protocol/index.ts';
import { endOfHits, rerankHits } from './rerankHits.ts';

const D = 40;
/** A unit vector with `share` in a direction of its own, and the rest in one of a group. */
function vectorOf(group: number, own: number, share: number): Float32Array {
  const vector = new Float32Array(D);
  vector[group] = Math.sqrt(1 - share * share);
  vector[own] = share;
  return vector;
}
const dot = (a: Float32Array, b: Float32Array) =>
  a.reduce((sum, value, i) => sum + value * b[i]!, 0);

// The query is a bit like all of group 0, whose photos are much more like each other.
const QUERY = new Float32Array(D);
QUERY[0] = 0.6;
QUERY[1] = 0.8;
const vectors = new Map<number, Float32Array>();
for (let id = 1; id <= 12; id++) vectors.set(id, vectorOf(0, 2 + id, 0.3 + id / 100));
// And as much like one photo that is like no other.
vectors.set(20, vectorOf(1, 20, 0.69));

const hitsOf = (ids: Iterable<number>): SearchHit[] =>
  [...ids]
    .map((id) => ({ id, cosine: dot(QUERY, vectors.get(id)!), pValue: 1 / 50_000 }))
    .sort((a, b) => b.cosine - a.cosine || a.id - b.id);
const byId = (id: number) => vectors.get(id);

describe('endOfHits', () => {
  it('tells a match from one of many photos of another thing, by odds that are the same', () => {
    const hits = hitsOf(vectors.keys());
    const reranked = rerankHits(QUERY, hits, byId);
    const only = (id: number) => {
      const [first, ...rest] = [...hits].sort((a, b) => Number(b.id === id) - Number(a.id === id));
      // The rest is of no interest, whatever it is compared with.
      const listed = [first!, ...rest.map((hit) => ({ ...hit, pValue: 1 }))];
      return endOfHits(listed, reranked, byId);
    };
    expect(hits[0]!.cosine - dot(QUERY, vectors.get(20)!)).toBeLessThan(0.01);
    expect(only(20)).toBe(1);
    expect(only(1)).toBe(0);
  });

  it('compares a hit that was found elsewhere with the others, too', () => {
    const reranked = rerankHits(QUERY, hitsOf([...vectors.keys()].slice(1, 12)), byId);
    const found = (id: number) => endOfHits(hitsOf([id]), reranked, byId);
    const lone = { compared: reranked.compared, neighborhood: reranked.neighborhood };
    expect(found(20)).toBe(1);
    expect(endOfHits(hitsOf([1]), lone, byId)).toBe(0);
  });

  it('ends at the look-alikes or a dozen without a comparison', () => {
    const hits = hitsOf(vectors.keys());
    expect(endOfHits(hits, null, byId)).toBe(12);
    expect(endOfHits([], null, byId)).toBe(0);
  });
});

describe('rerankHits', () => {
  it('keeps photos that have no vector any more, last', () => {
    const hits = hitsOf(vectors.keys());
    const gone = hits[0]!.id;
    const { hits: found, compared } = rerankHits(QUERY, hits, (id) =>
      id === gone ? undefined : vectors.get(id),
    );
    expect(found.at(-1)!.id).toBe(gone);
    expect(found).toHaveLength(hits.length);
    expect(compared).not.toContain(gone);
  });
});
