import { describe, expect, it } from 'vitest';
import type { NetReading } from './nets/loadNet.ts';
import { regionsOf } from './regions.ts';
import type { NetPicture } from './types.ts';

const picture: NetPicture = {
  rgba: new Uint8ClampedArray(4),
  width: 1,
  height: 1,
  view: { x: 0.1, y: 0, width: 0.8, height: 1 },
};

/** A reading whose whole is [1, 0], with windows at angles to it. */
const reading = (angles: readonly number[], lengths: readonly number[] = []): NetReading => ({
  features: Float32Array.of(1, 0),
  regions: Float32Array.from(
    angles.flatMap((angle, i) => {
      const length = lengths[i] ?? 5;
      return [length * Math.cos(angle), length * Math.sin(angle)];
    }),
  ),
  logits: null,
});

describe('the regions of a photo', () => {
  it('are the four windows least like the whole, in order', () => {
    const angles = [0.1, 0.9, 0.2, 0.3, 1, 0.8, 0, 0.1, 0.7];
    const [found] = regionsOf([[reading(angles)]], [[picture]], [null])!;
    expect([...found!.windows]).toEqual([1, 4, 5, 8]);
    expect(found!.view).toEqual(picture.view);
    for (const [r, window] of found!.windows.entries()) {
      expect(found!.vectors[2 * r]).toBeCloseTo(Math.cos(angles[window]!), 5);
      expect(found!.vectors[2 * r + 1]).toBeCloseTo(Math.sin(angles[window]!), 5);
    }
  });

  it('are preferred if they show much', () => {
    const angles = [0.1, 0.9, 0.2, 0.3, 1, 0.8, 0, 0.1, 0.7];
    const lengths = [1, 1, 1, 1, 1, 1, 9, 1, 1];
    const [found] = regionsOf([[reading(angles, lengths)]], [[picture]], [null])!;
    expect([...found!.windows]).toEqual([1, 4, 5, 6]);
  });

  it('are chosen by all nets together, and none if one has no map', () => {
    const first = reading([1, 1, 1, 0, 0, 0, 0, 0, 0]);
    const second = reading([0, 0, 0, 0, 0, 0, 0.5, 0.4, 0.3]);
    const [found] = regionsOf([[first], [second]], [[picture, picture]], [null, null])!;
    expect([...found!.windows]).toEqual([0, 1, 2, 6]);
    expect(found!.vectors).toHaveLength(4 * 4);
    const blind = { ...second, regions: null };
    expect(regionsOf([[first], [blind]], [[picture, picture]], [null, null])).toBeNull();
  });

  it('exist for a photo without features', () => {
    const blank = { features: new Float32Array(2), regions: new Float32Array(18), logits: null };
    const [found] = regionsOf([[blank]], [[picture]], [null])!;
    expect([...found!.windows]).toEqual([0, 1, 2, 3]);
    expect([...found!.vectors]).toEqual(Array(8).fill(0));
  });
});
