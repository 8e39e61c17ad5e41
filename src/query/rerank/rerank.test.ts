import { describe, expect, it } from 'vitest';
import { rerank } from './rerank.ts';

/** Unit vectors in the plane at these angles, in degrees. */
const at = (degrees: number) =>
  Float32Array.of(Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180));
const query = at(0);
const cosine = (degrees: number) => Math.cos((degrees * Math.PI) / 180);
/** Candidates at these angles, of odds of one power of ten. */
const alike = (degrees: readonly number[]) =>
  degrees.map((each) => ({ vector: at(each), pValue: 1e-4 - cosine(each) * 1e-5 }));

describe('rerank', () => {
  it('ranks a photo whose neighbors are similar to the query above one whose are not', () => {
    const inPlane = (degrees: number, plane: 1 | 2) => {
      const [x, y] = at(degrees);
      const vector = Float32Array.of(x!, 0, 0);
      vector[plane] = y!;
      return { vector, pValue: 5e-4 - cosine(degrees) * 1e-5 };
    };
    // Two series of views: one leads to the query, the other away from it.
    const towards = [12, 22, 32, 42, 52, 58].map((degrees) => inPlane(degrees, 1));
    const away = [57, 66, 74, 82, 88, 95].map((degrees) => inPlane(degrees, 2));
    const candidates = [...towards, ...away].toSorted((a, b) => a.pValue - b.pValue);
    const odd = candidates.indexOf(towards.at(-1)!);
    const other = candidates.indexOf(away[0]!);
    expect(other).toBeLessThan(odd);
    const order = [...rerank(Float32Array.of(1, 0, 0), candidates)];
    expect(order.indexOf(odd)).toBeLessThan(order.indexOf(other));
    expect(order.toSorted((a, b) => a - b)).toEqual([...candidates.keys()]);
  });

  it('lets no photo pass one whose odds are of a better power of ten', () => {
    const candidates = [
      { vector: at(60), pValue: 1e-5 },
      ...Array.from({ length: 5 }, (_, i) => ({ vector: at(i), pValue: 1e-3 })),
    ];
    expect(rerank(query, candidates)[0]).toBe(0);
  });

  it('keeps the order of nearly identical photos', () => {
    const candidates = [40, 30, 20, 10].map((each) => ({ vector: at(each), pValue: 1e-6 }));
    expect([...rerank(query, candidates)]).toEqual([0, 1, 2, 3]);
  });

  it('reranks only the first, and keeps what follows in place', () => {
    const many = alike(Array.from({ length: 300 }, (_, i) => 80 - i / 10));
    const order = [...rerank(query, many)];
    expect(order.slice(240)).toEqual(Array.from({ length: 60 }, (_, i) => 240 + i));
    expect(order.slice(0, 240).toSorted((a, b) => a - b)).toEqual([...Array(240).keys()]);
    expect(order[0]).not.toBe(0);
  });

  it('keeps one or two results as they are, and handles opposite and zero vectors', () => {
    expect([...rerank(query, [])]).toEqual([]);
    expect([...rerank(query, alike([50, 10]))]).toEqual([0, 1]);
    const odd = [at(180), Float32Array.of(0, 0), at(10), at(175)].map((vector) => ({
      vector,
      pValue: 0.5,
    }));
    expect([...rerank(query, odd)].toSorted()).toEqual([0, 1, 2, 3]);
  });
});
