import { int8View } from '../../kernels/block.ts';
import { sq8QueryLimit } from '../../kernels/codes.ts';
import type { Sq8Rows } from '../../kernels/graph.ts';
import type { Block } from '../../kernels/kernels.ts';
import { float32View } from '../../kernels/kernels.ts';
import { MAX_CODE } from '../../quantizer/codes/scalarQuantizer.ts';
import { roundAcross } from '../../quantizer/codes/scoreAware.ts';
import type { Metric } from '../vectorIndex.ts';
import type { OwnedBlocks } from './ownedBlocks.ts';

/**
 * What makes a query of a row of codes: `prepareSq8` of the decoded row, with the same factor for
 * all rows.
 *
 * @param scales `d` float32
 */
export function rowQueryOf(
  memory: OwnedBlocks,
  metric: Metric,
  scales: Block,
  d: number,
): Omit<Sq8Rows, 'norms'> {
  const weights = memory.alloc(4 * d);
  const query16 = memory.alloc(2 * d);
  const by = float32View(scales, d);
  const largest = by.reduce((most, scale) => Math.max(most, MAX_CODE * scale * scale), 0);
  const factor = Math.fround(largest / sq8QueryLimit(d));
  const view = float32View(weights, d);
  // Of scales so small that their squares vanish, nothing is left to compare.
  for (let i = 0; i < d; i++) view[i] = factor > 0 ? (by[i]! * by[i]!) / factor : 0;
  return { weights, query16, factor: metric === 'ip' ? -factor : -2 * factor };
}

/** Rounds single vectors, as a builder rounds many. */
export class Sq8RowEncoder {
  readonly #memory: OwnedBlocks;
  readonly #scales: Block;
  readonly #d: number;
  readonly #vector: Block;
  readonly #code: Block;

  constructor(memory: OwnedBlocks, scales: Block, d: number) {
    this.#memory = memory;
    this.#scales = scales;
    this.#d = d;
    this.#vector = memory.alloc(4 * d);
    this.#code = memory.alloc(d);
  }

  /** The codes of a vector; a transient view. */
  encode(vector: Float32Array): Int8Array {
    const d = this.#d;
    float32View(this.#vector, d).set(vector);
    const rows = { block: this.#vector, offset: 0, stride: d, d, count: 1 };
    this.#memory.kernels.encodeSq8(rows, this.#scales, this.#code);
    const codes = int8View(this.#code, d);
    roundAcross(float32View(this.#vector, d), float32View(this.#scales, d), codes, 1);
    return codes;
  }
}
