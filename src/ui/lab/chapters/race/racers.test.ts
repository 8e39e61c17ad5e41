import { describe, expect, it } from 'vitest';
import type { LabMeasure } from '../../../../protocol/index.ts';
import { KINDS } from '../../../pure/settings/index-text.ts';
import { pointAt, pointsOf, racers, suggested } from './racers.ts';

function row(ms: number, recall: number, bytes = 10): LabMeasure {
  return {
    ...{ spec: { kind: 'flat' }, search: {}, recall, recallAt: [], ms, buildMs: 1 },
    ...{ codesScanned: 1, cellsVisited: 0, nodesVisited: 0 },
    ...{ bytesPerVector: bytes, rerankBytesPerVector: 5 },
  };
}

const [flat, compact] = racers();

describe('a race', () => {
  it('has every kind', () => {
    expect(new Set(racers().map(({ spec }) => spec.kind))).toEqual(new Set(KINDS));
    expect(new Set(racers().map(({ key }) => key)).size).toBe(racers().length);
  });

  it('suggests the fastest that finds nearly all, or the best', () => {
    const of = (...rows: LabMeasure[]) => suggested(pointsOf([{ racer: flat!, rows }], 'time'));
    expect(of()).toBe(-1);
    expect(of(row(1, 0.5), row(9, 1), row(4, 0.96), row(5, 0.97))).toBe(2);
    expect(of(row(1, 0.5), row(9, 0.9), row(4, 0.8))).toBe(1);
  });

  it('has axes for time and for all memory', () => {
    const standings = [
      { racer: flat!, rows: [row(0, 1)] },
      { racer: compact!, rows: [] },
    ];
    expect(pointsOf(standings, 'time').map(({ x }) => x)).toEqual([0.001]);
    expect(pointsOf(standings, 'memory').map(({ x }) => x)).toEqual([15]);
  });

  it('finds the point that is meant where points overlap', () => {
    const places = [
      { x: 10, y: 10 },
      { x: 16, y: 10 },
    ];
    expect(pointAt(places, 12, 10, 14)).toBe(0);
    expect(pointAt(places, 15, 12, 14)).toBe(1);
    expect(pointAt(places, 90, 10, 14)).toBe(-1);
  });
});
