import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { DetectorOutput } from './blazeface.ts';
import { anchorCentres, decodeDetections, LAYER_ROWS } from './blazeface.ts';
import { mergeDetections } from './nms.ts';

interface GoldenRow {
  readonly layer: 0 | 1;
  readonly row: number;
  readonly logit: number;
  readonly values: readonly number[];
}

const golden = JSON.parse(
  readFileSync(new URL('../testing/detector.golden.json', import.meta.url), 'utf8'),
) as GoldenRow[];

function outputOf(rows: readonly GoldenRow[]): DetectorOutput {
  const [near, far] = LAYER_ROWS as [number, number];
  const output: DetectorOutput = {
    logits: [new Float32Array(near).fill(-100), new Float32Array(far).fill(-100)],
    rows: [new Float32Array(16 * near), new Float32Array(16 * far)],
  };
  for (const { layer, row, logit, values } of rows) {
    output.logits[layer][row] = logit;
    output.rows[layer].set(values, 16 * row);
  }
  return output;
}

/** Marked by hand in the photo as passed to the detector: left eye, right eye, nose tip, mouth. */
const marked = [
  [58.7, 103.5, 69.3, 103.5, 60.7, 110.7, 64.7, 116.2],
  [116.3, 117.3, 127, 112.8, 122.5, 118.7, 126.7, 123.3],
  [207.8, 80.3, 215.7, 88, 206.3, 87, 203.3, 93],
];

describe('anchors', () => {
  it('are 2 per cell of 16 pixels and 6 per cell of 32, row by row', () => {
    expect(LAYER_ROWS).toEqual([512, 384]);
    const [near, far] = [anchorCentres(0), anchorCentres(1)];
    expect([near.length, far.length]).toEqual([512, 384]);
    expect(near.slice(0, 3)).toEqual([
      { x: 8, y: 8 },
      { x: 8, y: 8 },
      { x: 24, y: 8 },
    ]);
    expect(near[32]).toEqual({ x: 8, y: 24 });
    expect([far[5], far[6], far[48]]).toEqual([
      { x: 16, y: 16 },
      { x: 48, y: 16 },
      { x: 16, y: 48 },
    ]);
    expect(far.at(-1)).toEqual({ x: 240, y: 240 });
  });
});

describe('decodeDetections', () => {
  const faces = mergeDetections(decodeDetections(outputOf(golden), 0.5), 0.3);

  it('places the faces of a recorded detector output where they were marked by hand', () => {
    expect(faces).toHaveLength(marked.length);
    faces.sort((a, b) => a.box.x - b.box.x);
    for (const [i, points] of marked.entries()) {
      const { box, points: found } = faces[i]!;
      for (let k = 0; k < 4; k++) {
        const [x, y] = [points[2 * k]!, points[2 * k + 1]!];
        expect(Math.hypot(found[k]!.x - x, found[k]!.y - y)).toBeLessThan(0.15 * box.width);
        expect(x).toBeGreaterThan(box.x);
        expect(x).toBeLessThan(box.x + box.width);
        expect(y).toBeGreaterThan(box.y);
        expect(y).toBeLessThan(box.y + box.height);
      }
    }
  });

  it('converts logits to scores and keeps those at or above the threshold', () => {
    const { score } = decodeDetections(outputOf(golden), 0.9)[0]!;
    const best = Math.max(...golden.map(({ logit }) => logit));
    expect(score).toBeCloseTo(1 / (1 + Math.exp(-best)), 6);
    const count = golden.filter(({ logit }) => logit >= 0).length;
    expect(decodeDetections(outputOf(golden), 0.5)).toHaveLength(count);
    expect(decodeDetections(outputOf([]), 0.5)).toEqual([]);
  });

  it('drops invalid boxes', () => {
    const row = { layer: 0, row: 3, logit: 9, values: Array<number>(16).fill(5) } as const;
    const broken = [
      { ...row, row: 0, logit: Number.NaN },
      { ...row, row: 1, values: row.values.with(2, -1) },
      { ...row, row: 2, values: row.values.with(9, Number.NaN) },
      { ...row, row: 4, values: row.values.with(0, Number.POSITIVE_INFINITY) },
    ];
    expect(decodeDetections(outputOf([row]), 0.5)).toHaveLength(1);
    expect(decodeDetections(outputOf(broken), 0.5)).toEqual([]);
  });
});
