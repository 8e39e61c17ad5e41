import { describe, expect, it } from 'vitest';
import { createPrng } from '../../../base/prng.ts';
import { alignToChip, chipPoints } from './chip.ts';
import type { Point } from './geometry.ts';
import type { Similarity } from './similarity.ts';
import { aboutPoint, apply, fitSimilarity, invert, scaleOf } from './similarity.ts';

const turned = (degrees: number, scale: number, tx: number, ty: number): Similarity => {
  const angle = (degrees * Math.PI) / 180;
  return { a: scale * Math.cos(angle), b: scale * Math.sin(angle), tx, ty };
};

function expectPoints(got: readonly Point[], wanted: readonly Point[], digits = 6) {
  for (const [i, { x, y }] of wanted.entries()) {
    expect(got[i]!.x).toBeCloseTo(x, digits);
    expect(got[i]!.y).toBeCloseTo(y, digits);
  }
}

const cases = [
  turned(0, 1, 0, 0),
  turned(0, 2.5, 310, -40),
  turned(30, 0.4, 12, 900),
  turned(-90, 1.7, -5, 5),
  turned(180, 3, 1000, 700),
  turned(137, 0.06, 33, 44),
];

describe('alignToChip', () => {
  it.each(cases)('undoes a known rotation, scale and translation: %o', (toPicture) => {
    const inPicture = chipPoints.map((point) => apply(toPicture, point));
    const map = alignToChip(inPicture)!;
    expectPoints(
      inPicture.map((point) => apply(map, point)),
      chipPoints,
    );
    const wanted = invert(toPicture);
    expect(map.a).toBeCloseTo(wanted.a, 8);
    expect(map.b).toBeCloseTo(wanted.b, 8);
  });

  it('never mirrors: it rotates a mirrored face to the best fit instead of flipping it', () => {
    const mirrored = chipPoints.map(({ x, y }) => ({ x: -x, y }));
    const map = alignToChip(mirrored)!;
    // The left eye stays on the left of the mirrored picture: no similarity can map it back.
    const eye = apply(map, mirrored[0]!);
    expect(Math.hypot(eye.x - chipPoints[0]!.x, eye.y - chipPoints[0]!.y)).toBeGreaterThan(20);
    // A similarity preserves the sign of the angle between two lines.
    const side = ([o, p, q]: Point[]) =>
      Math.sign((p!.x - o!.x) * (q!.y - o!.y) - (p!.y - o!.y) * (q!.x - o!.x));
    const three = mirrored.slice(0, 3);
    expect(side(three.map((point) => apply(map, point)))).toBe(side(three));
  });

  it('returns the least-squares fit: no small change fits noisy points better', () => {
    const prng = createPrng(5);
    const noisy = chipPoints.map((point) => {
      const { x, y } = apply(cases[2]!, point);
      return { x: x + prng.normal(), y: y + prng.normal() };
    });
    const map = alignToChip(noisy)!;
    const error = (tried: Similarity) =>
      noisy.reduce((sum, point, i) => {
        const { x, y } = apply(tried, point);
        return sum + (x - chipPoints[i]!.x) ** 2 + (y - chipPoints[i]!.y) ** 2;
      }, 0);
    for (const key of ['a', 'b', 'tx', 'ty'] as const) {
      for (const step of [-1e-3, 1e-3]) {
        expect(error({ ...map, [key]: map[key] + step })).toBeGreaterThan(error(map));
      }
    }
  });

  it('returns null for points that coincide or are not numbers', () => {
    expect(alignToChip(chipPoints.map(() => ({ x: 3, y: 3 })))).toBeNull();
    expect(alignToChip(chipPoints.map(() => ({ x: Number.NaN, y: 3 })))).toBeNull();
  });
});

describe('a similarity', () => {
  it.each(cases)('is undone by its inverse: %o', (map) => {
    const point = { x: 17, y: -4 };
    expectPoints([apply(invert(map), apply(map, point))], [point]);
    expect(scaleOf(invert(map)) * scaleOf(map)).toBeCloseTo(1, 10);
  });

  it('rotates about a point', () => {
    const map = aboutPoint({ x: 10, y: 10 }, { x: 0, y: 0 }, 2, Math.PI / 2);
    expectPoints(
      [apply(map, { x: 10, y: 10 }), apply(map, { x: 11, y: 10 })],
      [
        { x: 0, y: 0 },
        { x: 0, y: 2 },
      ],
    );
  });

  it('can be fitted to two points', () => {
    const from = [
      { x: 0, y: 0 },
      { x: 1, y: 0 },
    ];
    const map = fitSimilarity(
      from,
      from.map((point) => apply(cases[3]!, point)),
    )!;
    expect(map.b).toBeCloseTo(cases[3]!.b, 10);
  });
});
