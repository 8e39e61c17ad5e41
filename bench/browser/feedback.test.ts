import { describe, expect, it } from 'vitest';
import { feedback } from './feedback.ts';

/** Two classes along two axes, with a photo of each near the other's. */
const d = 3;
const unit = (...values: number[]) => {
  const length = Math.hypot(...values);
  return values.map((value) => value / length);
};
const photos = Array.from({ length: 24 }, (_, i) => {
  const isA = i % 2 === 0;
  const blur = 0.4 + (i % 7) * 0.1;
  return { id: i + 1, class: isA ? 'a' : 'b', vector: isA ? unit(1, blur, 1) : unit(blur, 1, 1) };
});
const exported = {
  ids: photos.map(({ id }) => id),
  d,
  vectors: Float32Array.from(photos.flatMap(({ vector }) => vector)),
};
const classOf = new Map(photos.map((photo) => [photo.id, photo.class]));

describe('feedback', () => {
  it('equals the single example without marks', () => {
    const row = feedback(exported, classOf, 0, 0.5);
    expect(row.precision10).toBe(row.single10);
  });

  it('gains by marks, measured on the photos that are not marked', () => {
    const row = feedback(exported, classOf, 3, 0.5);
    expect(row).toMatchObject({ marks: 3, less: 0.5 });
    expect(row.precision10).toBeGreaterThan(row.single10);
  });

  it('ignores photos without a class', () => {
    const some = new Map([...classOf].slice(0, 12));
    expect(feedback(exported, some, 1, 0.5).single10).toBeLessThanOrEqual(1);
  });
});
