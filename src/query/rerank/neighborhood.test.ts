import { describe, expect, it } from 'vitest';
import { Neighborhood } from './neighborhood.ts';

/** Unit vectors in the plane at these angles, in degrees. */
const at = (degrees: number) =>
  Float32Array.of(Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180));
const cosine = (degrees: number) => Math.cos((degrees * Math.PI) / 180);

describe('Neighborhood', () => {
  // The query is at 0; the photos at 40 to 46 belong together.
  const angles = [10, 40, 42, 44, 46];
  const neighborhood = new Neighborhood(angles.map(at));
  const cosines = Float32Array.from(angles, cosine);

  it('counts the less similar photos that are closer to a photo than the query is', () => {
    const counts = angles.map((angle, i) => neighborhood.nearerThan(i, cosine(angle), cosines));
    // The photo at 10 is closer to the others than the query is, but more similar to the query.
    expect(counts).toEqual([0, 3, 2, 1, 0]);
  });

  it('counts them for a photo of another list, too', () => {
    expect(neighborhood.nearerTo(at(39), cosine(39), cosines)).toBe(4);
    expect(neighborhood.nearerTo(at(5), cosine(5), cosines)).toBe(0);
    expect(neighborhood.nearerTo(at(-60), cosine(60), cosines)).toBe(0);
  });

  it('has the cosines of all pairs', () => {
    expect(neighborhood.size).toBe(5);
    expect(neighborhood.cosines[1 * 5 + 3]).toBeCloseTo(cosine(4), 5);
    expect(neighborhood.cosines[3 * 5 + 1]).toBeCloseTo(cosine(4), 5);
    expect(new Neighborhood([]).size).toBe(0);
  });
});
