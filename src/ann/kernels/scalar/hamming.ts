import { getBit } from '../bitmap.ts';
import { bytesView } from '../block.ts';
import type { HammingScan } from '../hamming.ts';
import { hammingDistance, MAX_HAMMING_BYTES, queryCode, writeHammingBest } from '../hamming.ts';
import type { Block } from '../kernels.ts';

/**
 * `HammingKernels.scanHamming`, with checked arguments: counts how many rows there are at each
 * distance, then gathers those that fit.
 */
export function scanHamming(scan: HammingScan, capacity: number, best: Block): number {
  const { codes, codeBytes, query, rowCount } = scan;
  const stored = bytesView(codes);
  const skip = scan.skip && bytesView(scan.skip);
  const code = queryCode(query, codeBytes);
  const distances = new Uint16Array(rowCount);
  const counts = new Uint32Array(8 * MAX_HAMMING_BYTES + 1);
  let scanned = 0;
  for (let row = 0; row < rowCount; row++) {
    if (skip && getBit(skip, row)) continue;
    scanned++;
    distances[row] = hammingDistance(stored, row, code);
    counts[distances[row]!]!++;
  }
  const found = Math.min(capacity, scanned);
  const places = new Uint32Array(counts.length + 1);
  for (let d = 0; d < counts.length; d++) places[d + 1] = places[d]! + counts[d]!;
  const rows = new Uint32Array(found);
  const at = new Uint32Array(found);
  for (let row = 0; row < rowCount; row++) {
    if (skip && getBit(skip, row)) continue;
    const place = places[distances[row]!]!++;
    if (place >= found) continue;
    rows[place] = row;
    at[place] = distances[row]!;
  }
  writeHammingBest(best, capacity, { rows, distances: at }, scanned);
  return scanned;
}
