import { alignUp } from '../../../base/layout.ts';
import type { Block } from '../../kernels/kernels.ts';
import { float32View } from '../../kernels/kernels.ts';
import { PQ4_BLOCK_ROWS } from '../../kernels/pq4Blocks.ts';
import type { CoarseQuantizer } from '../cells/coarse.ts';
import type { InvertedLists } from '../cells/invertedLists.ts';
import type { Codebook } from '../codes/codebook.ts';
import type { CodeStore } from '../codes/codeStore.ts';
import type { OwnedBlocks } from '../rows/ownedBlocks.ts';

/** What an index of residual codes is made of. */
export interface ResidualParts {
  readonly coarse: CoarseQuantizer;
  readonly lists: InvertedLists;
  readonly codes: CodeStore;
  readonly codebook: Codebook;
}

/**
 * The part of squared L2 distances that doesn't depend on the query, one float per row. With the
 * origin `o` at the mean of all rows' centroids, a row `c + r` has the distance
 *
 * `|q − c − r|² = |q − c|² + (|r|² + 2 (c − o)·r) − 2 (q − o)·r`,
 *
 * so one table of `−2 (q − o)·r` serves all cells, as with inner products. FAISS precomputes the
 * middle term per cell and sub-centroid instead; per row it takes less memory (4 bytes a row, not
 * `4 nlist M ksub`), and no table has to be rounded for each cell.
 *
 * The origin keeps the table's entries small: its rounding to bytes is as fine as their range.
 */
export class ResidualNorms {
  /** Float32, one per row, of whole blocks of 32 rows. */
  readonly norms: Block;
  readonly #origin: Float32Array<ArrayBuffer>;
  readonly #doubled: Block;

  /** @throws `out-of-memory` */
  constructor(memory: OwnedBlocks, parts: ResidualParts) {
    const { coarse, lists } = parts;
    const rows = lists.cellStarts.at(-1)!;
    this.#origin = memory.keep(meanCentroid(coarse, lists));
    this.#doubled = memory.alloc(4 * coarse.d);
    this.norms = memory.alloc(4 * alignUp(rows, PQ4_BLOCK_ROWS));
    const norms = float32View(this.norms, alignUp(rows, PQ4_BLOCK_ROWS));
    norms.fill(0, rows);
    fillNorms(norms, this.#origin, parts);
  }

  /** `2 (q − o)`, whose inner products fill the table; the next call overwrites it. */
  tableQuery(query: Block): Block {
    const d = this.#origin.length;
    const from = float32View(query, d);
    const to = float32View(this.#doubled, d);
    for (let i = 0; i < d; i++) to[i] = 2 * (from[i]! - this.#origin[i]!);
    return this.#doubled;
  }
}

/** The mean of the centroids of all rows. */
function meanCentroid(coarse: CoarseQuantizer, lists: InvertedLists): Float32Array<ArrayBuffer> {
  const { d } = coarse;
  const sum = new Float64Array(d);
  let rows = 0;
  for (let cell = 0; cell < lists.cellCount; cell++) {
    const count = lists.rowCount(cell);
    const centroid = coarse.centroidView(cell);
    for (let i = 0; i < d; i++) sum[i] = sum[i]! + count * centroid[i]!;
    rows += count;
  }
  return Float32Array.from(sum, (x) => (rows === 0 ? 0 : x / rows));
}

/** Sums per cell a table of `|r_mj|² + 2 (c − o)_m·r_mj` over the codes of its rows. */
function fillNorms(
  norms: Float32Array,
  origin: Float32Array,
  { coarse, lists, codes, codebook }: ResidualParts,
): void {
  const { M, ksub, dsub } = codebook.shape;
  const centroids = codebook.view();
  const table = new Float64Array(M * ksub);
  const code = new Uint8Array(M);
  for (let cell = 0; cell < lists.cellCount; cell++) {
    const first = lists.firstRow(cell);
    const end = first + lists.rowCount(cell);
    if (first === end) continue;
    const centroid = coarse.centroidView(cell);
    for (let entry = 0; entry < table.length; entry++) {
      const component = Math.floor(entry / ksub) * dsub;
      let sum = 0;
      for (let i = 0; i < dsub; i++) {
        const r = centroids[entry * dsub + i]!;
        sum += r * (r + 2 * (centroid[component + i]! - origin[component + i]!));
      }
      table[entry] = sum;
    }
    for (let row = first; row < end; row++) {
      codes.readCode(row, code);
      let sum = 0;
      for (let m = 0; m < M; m++) sum += table[m * ksub + code[m]!]!;
      norms[row] = sum;
    }
  }
}
