import { expect, it } from 'vitest';
import type { TraceStep } from '../../../protocol/index.ts';
import { whyMissed } from './missed.ts';

const ids = (...all: number[]) => Uint32Array.from(all);
const keys = Float32Array.of();
const cell: TraceStep = { step: 'cell', cell: 0, key: 0, ids: ids(1, 2, 3, 4), scanned: 4 };
const scan: TraceStep = { step: 'scan', scanned: 4, ids: ids(1, 2, 3), keys };
const rerank: TraceStep = { step: 'rerank', from: 'memory', candidates: 3, ids: ids(1), keys };

it('tells cells that stayed closed from codes that rank too low', () => {
  expect(whyMissed([cell, scan], 9)).toBe('cell');
  expect(whyMissed([cell, scan], 4)).toBe('rank');
  expect(whyMissed([cell, scan, rerank], 4)).toBe('cut');
  expect(whyMissed([cell, scan, rerank], 3)).toBe('rank');
  expect(whyMissed([scan], 9)).toBe('rank');
});

it('knows trees, tables and graphs', () => {
  const bucket: TraceStep = {
    ...{ step: 'bucket', table: 0, key: 0, flipped: [], cost: 0 },
    ...{ ids: ids(1), collected: 1 },
  };
  const hop: TraceStep = { step: 'hop', layer: 0, id: 1, key: 0, neighbours: ids(2), keys };
  expect(whyMissed([bucket, scan], 9)).toBe('bucket');
  expect(whyMissed([hop, scan], 9)).toBe('walk');
  expect(whyMissed([hop, scan], 2)).toBe('rank');
});
