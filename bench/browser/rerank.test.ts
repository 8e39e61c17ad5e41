import { describe, expect, it } from 'vitest';
import { rerankRows } from './rerank.ts';

/** Two classes on two arcs; neighbors on an arc are near, its ends far apart. */
const photos = Array.from({ length: 16 }, (_, i) => {
  const isA = i < 8;
  const angle = ((i % 8) / 8) * 1.2;
  const vector = [Math.cos(angle), Math.sin(angle), isA ? 0.5 : -0.5];
  const length = Math.hypot(...vector);
  return { id: i + 1, of: isA ? 'a' : 'b', vector: vector.map((value) => value / length) };
});
const exported = {
  ids: photos.map(({ id }) => id),
  d: 3,
  vectors: Float32Array.from(photos.flatMap(({ vector }) => vector)),
};
const classOf = new Map(photos.map(({ id, of }) => [id, of]));

describe('rerankRows', () => {
  it('measures the plain ranking, smoothed candidates, and a smoothed query', () => {
    const rows = rerankRows(exported, classOf);
    expect(rows.map(({ rerank }) => rerank)).toEqual(['none', 'candidates', 'both']);
    for (const { precision1, precision5, map } of rows) {
      for (const value of [precision1, precision5, map]) {
        expect(value).toBeGreaterThan(0);
        expect(value).toBeLessThanOrEqual(1);
      }
    }
    expect(rows[1]!.map).toBeGreaterThanOrEqual(rows[0]!.map);
  });
});
