import { describe, expect, it } from 'vitest';
import type { PhotoMap } from '../../../protocol/index.ts';
import { Arrangement } from './arrangement.ts';
import { PointGrid } from './point-grid.ts';
import type { Pixels, View } from './view.ts';

const SIZE: Pixels = [1000, 800];
const SIDE = 100;

/** Photos on a square lattice, and two clusters whose central photos are a few apart. */
const map: PhotoMap = {
  spaceId: 'space',
  ids: Uint32Array.from({ length: SIDE ** 2 }, (_, i) => i + 1),
  positions: Float32Array.from({ length: 2 * SIDE ** 2 }, (_, k) => {
    const i = k >> 1;
    return (k % 2 === 0 ? i % SIDE : Math.floor(i / SIDE)) / SIDE;
  }),
  clusters: new Uint16Array(SIDE ** 2),
  clusterList: [
    { central: 5051, size: 9000, x: 0.5, y: 0.5 },
    { central: 5056, size: 1000, x: 0.55, y: 0.5 },
  ],
  laidOutAt: 0,
  placed: 0,
  missing: 0,
};

function arranged(scale: number, words = new Map<number, string>()) {
  const arrangement = new Arrangement(map, new PointGrid(map.positions));
  arrangement.setFit(700, SIZE);
  arrangement.setWords(words, (text) => 8 * text.length);
  const view: View = { x: 0.5, y: 0.5, scale };
  return { arrangement, view, placed: arrangement.arrange(view, SIZE, 200) };
}

describe('Arrangement', () => {
  it('marks clusters from afar, and leaves out those that would overlap', () => {
    expect(arranged(700).placed).toEqual([{ index: 5050, mark: true }]);
    expect(arranged(1600).placed.map(({ index }) => index)).toEqual([5050, 5055]);
  });

  it('draws photos from near, those in the view and around it only', () => {
    const { placed, arrangement } = arranged(12_000);
    expect(arrangement.hasThumbs).toBe(true);
    expect(placed.length).toBeGreaterThan(50);
    expect(placed.length).toBeLessThan(400);
    expect(placed.every(({ mark }) => !mark)).toBe(true);
    for (const { index } of placed) {
      expect(Math.abs(map.positions[2 * index]! - 0.5) * 12_000).toBeLessThanOrEqual(701);
    }
  });

  it('prefers the few photos that have a color', () => {
    const { arrangement, view } = arranged(12_000);
    const colors = new Uint8Array(SIDE ** 2);
    // Beside the central photo, which would hide it.
    colors[5051] = 1;
    arrangement.prefer(colors);
    const preferred = arrangement.arrange({ ...view, scale: 4000 }, SIZE, 0);
    expect(preferred.some(({ index }) => index === 5051)).toBe(true);
    expect(preferred.some(({ index }) => index === 5050)).toBe(false);
    arrangement.prefer(new Uint8Array(SIDE ** 2).fill(1));
    const usual = arrangement.arrange({ ...view, scale: 4000 }, SIZE, 0);
    expect(usual.some(({ index }) => index === 5051)).toBe(false);
    expect(usual.some(({ index }) => index === 5050)).toBe(true);
  });

  it('names clusters that have a word', () => {
    const { arrangement } = arranged(1600, new Map([[1, 'dog']]));
    expect(arrangement.labels()).toEqual([{ text: 'dog', index: 5055 }]);
  });

  it('knows whether it covers another view', () => {
    const { arrangement, view } = arranged(700);
    expect(arrangement.covers({ ...view, x: 0.6 }, SIZE)).toBe(true);
    expect(arrangement.covers({ ...view, x: 0.9 }, SIZE)).toBe(false);
    expect(arrangement.covers({ ...view, scale: 701 }, SIZE)).toBe(false);
  });
});
