import type { Block } from '../../kernels/kernels.ts';
import { float32View, uint32View } from '../../kernels/kernels.ts';
import type { RowRun } from '../../kernels/training.ts';
import { InvertedLists } from '../cells/invertedLists.ts';
import { Rotation } from '../codes/rotation.ts';
import type { OwnedBlocks } from '../rows/ownedBlocks.ts';
import { SLICE_ROWS } from '../sealed/sealedBuilder.ts';
import { LopqPart } from './lopqPart.ts';
import type { LopqModel, LopqShape } from './lopqShape.ts';

/** Rows of a part as input to its sub-quantizers, ordered by centroid. */
export interface Projected {
  /** `count × d` float32: `y = R (x − c − mu)`. */
  readonly y: Block;
  /** The centroid of each row, in input order. */
  readonly centroids: Uint32Array;
  /** The input position of each row of `y`. */
  readonly order: Uint32Array;
  /** `nlist + 1`: where the rows of each centroid begin in `y`. */
  readonly starts: Uint32Array;
}

/** Finds the centroids of vectors and rotates their residuals, `SLICE_ROWS` at a time. */
export class LopqProjector {
  readonly #part: LopqPart;
  readonly #cells: Block;
  readonly #residuals: Block;
  readonly #rotated: Block;
  readonly #y: Block;

  /** @throws `out-of-memory` */
  constructor(memory: OwnedBlocks, part: LopqPart) {
    this.#part = part;
    const bytes = 4 * SLICE_ROWS * part.shape.d;
    this.#cells = memory.alloc(4 * SLICE_ROWS);
    this.#residuals = memory.alloc(bytes);
    this.#rotated = memory.alloc(bytes);
    this.#y = memory.alloc(bytes);
  }

  /** @param rows at most `SLICE_ROWS`. The result is valid until the next call. */
  project(rows: RowRun): Projected {
    const { d, nlist } = this.#part.shape;
    const { count } = rows;
    this.#part.coarse.assign(rows, this.#cells);
    const centroids = uint32View(this.#cells, count).slice();
    const starts = InvertedLists.startsOf(centroids, nlist);
    const order = orderByCell(centroids, starts);
    this.#subtractCentres(rows, centroids, order);
    for (let cell = 0; cell < nlist; cell++) {
      const first = starts[cell]!;
      const inCell = starts[cell + 1]! - first;
      if (inCell === 0) continue;
      this.#part.rotate(cell, this.#residuals, first, inCell, this.#rotated);
      const rotated = float32View(this.#rotated, inCell * d);
      float32View(this.#y, inCell * d, first * d).set(rotated);
    }
    return { y: this.#y, centroids, order, starts };
  }

  #subtractCentres(
    { block, offset, stride, count }: RowRun,
    centroids: Uint32Array,
    order: Uint32Array,
  ) {
    const { d } = this.#part.shape;
    const residuals = float32View(this.#residuals, count * d);
    order.forEach((row, i) => {
      const vector = float32View(block, d, offset + row * stride);
      this.#part.subtractCentre(centroids[row]!, vector, residuals.subarray(i * d, (i + 1) * d));
    });
  }
}

/** Sorts rows by cell, stably. */
function orderByCell(cells: Uint32Array, starts: Uint32Array): Uint32Array {
  const next = starts.slice();
  const order = new Uint32Array(cells.length);
  cells.forEach((cell, row) => {
    order[next[cell]!++] = row;
  });
  return order;
}

/** Encodes vectors as cells and codes. */
export class LopqEncoder {
  readonly #shape: LopqShape;
  readonly #memory: OwnedBlocks;
  readonly #rotation: Rotation | null;
  readonly #parts: readonly PartEncoder[];
  readonly #values: Block;

  /** @throws `out-of-memory` */
  constructor(memory: OwnedBlocks, shape: LopqShape, model: LopqModel) {
    this.#shape = shape;
    this.#memory = memory;
    this.#values = memory.alloc(4 * SLICE_ROWS);
    this.#rotation = model.rotation && new Rotation(memory, model.rotation, shape.parts * shape.d);
    this.#parts = Array.from({ length: shape.parts }, (_, number) => {
      const part = new LopqPart(memory, shape, model, number);
      return { projector: new LopqProjector(memory, part), books: splitBooks(memory, part) };
    });
  }

  /**
   * @param rows at most `SLICE_ROWS`, all their components
   * @param cells output, one per row
   * @param codes output, row by row, one byte per sub-quantizer of each part
   */
  encode(rows: RowRun, cells: Uint32Array, codes: Uint8Array): void {
    const { d, nlist, code } = this.#shape;
    cells.fill(0);
    const whole = this.#rotation
      ? { ...rows, block: this.#rotation.apply(rows), offset: 0, stride: rows.d }
      : rows;
    this.#parts.forEach(({ projector, books }, part) => {
      const projected = projector.project({ ...whole, offset: whole.offset + part * d, d });
      projected.centroids.forEach((centroid, row) => {
        cells[row] = cells[row]! * nlist + centroid;
      });
      const to = { codes, stride: code.M * this.#parts.length, offset: part * code.M };
      books.forEach((book, centroid) => {
        const first = books.length === 1 ? 0 : projected.starts[centroid]!;
        const end = books.length === 1 ? rows.count : projected.starts[centroid + 1]!;
        if (end > first) this.#encodeRun(projected, first, end - first, book, to);
      });
    });
  }

  #encodeRun(
    { y, order }: Projected,
    first: number,
    count: number,
    book: readonly Block[],
    { codes, stride, offset }: { codes: Uint8Array; stride: number; offset: number },
  ): void {
    const { d, code } = this.#shape;
    book.forEach((centroids, m) => {
      const start = first * d + m * code.dsub;
      const run = { block: y, offset: start, stride: d, d: code.dsub, count };
      this.#memory.kernels.assign(run, centroids, code.ksub, this.#values, null);
      const values = uint32View(this.#values, count);
      for (let i = 0; i < count; i++) codes[order[first + i]! * stride + offset + m] = values[i]!;
    });
  }
}

interface PartEncoder {
  readonly projector: LopqProjector;
  /** The centroids of each sub-quantizer of each codebook. */
  readonly books: readonly (readonly Block[])[];
}

function splitBooks(memory: OwnedBlocks, part: LopqPart): Block[][] {
  const { M, ksub, dsub } = part.shape.code;
  const length = ksub * dsub;
  return Array.from({ length: part.shape.books }, (_, centroid) => {
    // A copy: a view would not survive the allocation in `store`.
    const centroids = part.book(centroid).view().slice();
    return Array.from({ length: M }, (_, m) =>
      memory.store(centroids.subarray(m * length, (m + 1) * length)),
    );
  });
}
