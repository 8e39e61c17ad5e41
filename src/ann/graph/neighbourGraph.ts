import { checkInteger } from '../../base/checks.ts';
import { trainCoarse } from '../index/cells/coarseTrain.ts';
import type { Block, Kernels, Scan } from '../kernels/kernels.ts';
import { float32View, uint32View } from '../kernels/kernels.ts';
import { readTopK, resetTopK, topKBytes } from '../kernels/topK.ts';
import { checkpoint, partOf, type TrainControl } from '../quantizer/control.ts';
import { cellsOf } from '../quantizer/kmeans/assigner.ts';
import { Scratch } from '../quantizer/scratch.ts';

/** The nearest neighbours of every row of a set, themselves left out. */
export interface NeighbourGraph {
  /** Neighbours per row: as asked for, or one less than there are rows. */
  readonly k: number;
  /** (n × k) row numbers, nearest first. Copies of a row are neighbours like any others. */
  readonly neighbours: Uint32Array<ArrayBuffer>;
  /** (n × k) their squared L2 distances. */
  readonly l2sq: Float32Array<ArrayBuffer>;
}

export interface NeighbourGraphOptions {
  /** Components of a vector. */
  readonly d: number;
  readonly k: number;
  /** Cells to divide the rows into; 1 compares all with all. Default: `cellCount`. */
  readonly cells?: number;
  /** How many of its nearest cells, its own included, each cell is compared with. */
  readonly probes?: number;
  readonly seed: number;
}

/** Up to here, comparing all with all is fast enough: 10 s for 384 dimensions on one core. */
const EXACT_ROWS = 10_000;
const ROWS_PER_CELL = 400;
const PROBES = 12;
/** Bytes of rows scanned at a time, small enough to stay in a core's cache while a cell scans them. */
const CHUNK_BYTES = 512 * 1024;
/** Most rows of a cell to compare with others at a time. */
const BATCH = 1_000;
/** Share of the work that finding the cells takes. */
const CELLS_SHARE = 0.25;

/**
 * Finds the nearest neighbours of all rows by an inverted file joined with itself: rows are divided
 * into the cells of a coarse quantizer (Jégou, Douze and Schmid 2011), and the rows of each cell are
 * compared exactly with those of the nearest cells. Far faster than a search for each row, because
 * every chunk of rows is compared with a whole cell while it is in the cache.
 *
 * @param vectors `n × d` float32, finite, row-major
 * @throws AkinError `invalid-argument`, `bad-vector`, `out-of-memory`, `aborted`. No block stays
 *   allocated.
 */
export async function neighbourGraph(
  kernels: Kernels,
  vectors: Float32Array,
  { d, k: asked, seed, ...options }: NeighbourGraphOptions,
  control?: TrainControl,
): Promise<NeighbourGraph> {
  const n = checkInteger('rows', vectors.length / d, 0, 2 ** 31);
  const k = Math.min(checkInteger('k', asked, 1, 1_000), Math.max(0, n - 1));
  const cellCount = checkInteger('cells', options.cells ?? cellCountFor(n), 1, Math.max(1, n));
  const probes = Math.min(cellCount, checkInteger('probes', options.probes ?? PROBES, 1, 2 ** 16));
  const graph: NeighbourGraph = {
    k,
    neighbours: new Uint32Array(n * k),
    l2sq: new Float32Array(n * k),
  };
  if (k === 0) return graph;
  const cells = await divide(kernels, vectors, { d, cellCount, seed }, control);
  const scratch = new Scratch(kernels);
  try {
    const join = new Join(kernels, scratch, { vectors, d, k, rows: cells.rows, graph });
    const joining = partOf(control, CELLS_SHARE, 1 - CELLS_SHARE);
    for (let cell = 0; cell < cellCount; cell++) {
      const { near, others } = nearestCells(cells, cell, d, { probes, least: k + 1 });
      for (const queries of slices(cells, cell, BATCH)) {
        join.begin(queries);
        let compared = 0;
        for (const other of near) {
          for (const chunk of slices(cells, other, join.chunkRows)) {
            const [from, to] = queries;
            await checkpoint(joining, 'neighbours', (from + ((to - from) * compared) / others) / n);
            join.compareWith(chunk);
            compared += chunk[1] - chunk[0];
          }
        }
        join.finish();
      }
    }
  } finally {
    scratch.free();
  }
  return graph;
}

/** Rows sorted by cell. */
interface Cells {
  /** `cells × d` */
  readonly centroids: Float32Array;
  /** (n) row numbers, by cell and then ascending */
  readonly rows: Uint32Array;
  /** (cells) where each cell's rows end in `rows` */
  readonly ends: Uint32Array;
}

function cellCountFor(n: number): number {
  return n <= EXACT_ROWS ? 1 : Math.ceil(n / ROWS_PER_CELL);
}

function startOf({ ends }: Cells, cell: number): number {
  return cell === 0 ? 0 : ends[cell - 1]!;
}

function sizeOf(cells: Cells, cell: number): number {
  return cells.ends[cell]! - startOf(cells, cell);
}

/** Places in `Cells.rows`, from and to. */
type Slice = readonly [from: number, to: number];

/** A cell's rows, at most so many at a time. */
function* slices(cells: Cells, cell: number, most: number): Generator<Slice> {
  const end = cells.ends[cell]!;
  for (let from = startOf(cells, cell); from < end; from += most) {
    yield [from, Math.min(end, from + most)];
  }
}

async function divide(
  kernels: Kernels,
  vectors: Float32Array,
  { d, cellCount, seed }: { readonly d: number; readonly cellCount: number; readonly seed: number },
  control: TrainControl | undefined,
): Promise<Cells> {
  const n = vectors.length / d;
  if (cellCount === 1) {
    const rows = Uint32Array.from({ length: n }, (_, row) => row);
    return { centroids: new Float32Array(d), rows, ends: Uint32Array.of(n) };
  }
  const training = partOf(control, 0, CELLS_SHARE * 0.8);
  const centroids = await trainCoarse(kernels, vectors, { d, nlist: cellCount, seed }, training);
  const assigning = partOf(control, CELLS_SHARE * 0.8, CELLS_SHARE * 0.2);
  const cells = await cellsOf(kernels, vectors, centroids, d, assigning);
  const ends = new Uint32Array(cellCount);
  for (const cell of cells) ends[cell]!++;
  for (let cell = 1; cell < cellCount; cell++) ends[cell]! += ends[cell - 1]!;
  const rows = new Uint32Array(n);
  const next = ends.slice();
  for (let row = n - 1; row >= 0; row--) rows[--next[cells[row]!]!] = row;
  return { centroids, rows, ends };
}

/** The cells nearest to one, itself first, and the rows they hold: more cells if these are few. */
function nearestCells(
  cells: Cells,
  cell: number,
  d: number,
  { probes, least }: { readonly probes: number; readonly least: number },
): { readonly near: readonly number[]; readonly others: number } {
  const { centroids, ends } = cells;
  const l2sq = Float64Array.from(ends, (_, other) => {
    let sum = 0;
    for (let i = 0; i < d; i++) {
      const difference = centroids[cell * d + i]! - centroids[other * d + i]!;
      sum += difference * difference;
    }
    return sum;
  });
  // Equal centroids come after the cell itself.
  l2sq[cell] = -1;
  const order = Array.from(ends, (_, other) => other);
  order.sort((a, b) => l2sq[a]! - l2sq[b]! || a - b);
  let count = 0;
  let others = 0;
  while (count < probes || (others < least && count < order.length)) {
    others += sizeOf(cells, order[count]!);
    count++;
  }
  return { near: order.slice(0, count), others };
}

interface JoinOptions {
  readonly vectors: Float32Array;
  readonly d: number;
  readonly k: number;
  /** Row numbers, by cell. */
  readonly rows: Uint32Array;
  readonly graph: NeighbourGraph;
}

/** Compares one slice of rows after the other with chunks of rows. */
class Join {
  /** Most rows of a chunk. */
  readonly chunkRows: number;
  readonly #options: JoinOptions;
  readonly #kernels: Kernels;
  readonly #queries: Block[] = [];
  readonly #heaps: Block[] = [];
  readonly #scan: Omit<Scan, 'query' | 'rowCount'>;
  #slice: Slice = [0, 0];

  /** @throws `out-of-memory` */
  constructor(kernels: Kernels, scratch: Scratch, options: JoinOptions) {
    const { d, k, rows } = options;
    this.#options = options;
    this.#kernels = kernels;
    this.chunkRows = Math.max(1, Math.floor(CHUNK_BYTES / (4 * d)));
    this.#scan = {
      vectors: scratch.alloc(4 * this.chunkRows * d),
      ids: scratch.alloc(4 * this.chunkRows),
      skip: null,
      d,
      firstRow: 0,
    };
    for (let i = 0; i < Math.min(BATCH, rows.length); i++) {
      this.#queries.push(scratch.alloc(4 * d));
      // One more, since each row finds itself.
      this.#heaps.push(scratch.alloc(topKBytes(k + 1)));
    }
  }

  begin(slice: Slice): void {
    const { rows, vectors, d, k } = this.#options;
    this.#slice = slice;
    const [from, to] = slice;
    for (let at = from; at < to; at++) {
      const row = rows[at]!;
      const query = float32View(this.#queries[at - from]!, d);
      query.set(vectors.subarray(row * d, (row + 1) * d));
      resetTopK(this.#heaps[at - from]!, k + 1);
    }
  }

  compareWith([from, to]: Slice): void {
    const { rows, vectors, d } = this.#options;
    const rowCount = to - from;
    const chunk = float32View(this.#scan.vectors, rowCount * d);
    const ids = uint32View(this.#scan.ids, rowCount);
    for (let i = 0; i < rowCount; i++) {
      const row = rows[from + i]!;
      chunk.set(vectors.subarray(row * d, (row + 1) * d), i * d);
      ids[i] = row;
    }
    const queries = this.#slice[1] - this.#slice[0];
    for (let i = 0; i < queries; i++) {
      const query = this.#queries[i]!;
      this.#kernels.scanL2sq({ ...this.#scan, query, rowCount }, this.#heaps[i]!);
    }
  }

  finish(): void {
    const { rows, k, graph } = this.#options;
    const [from, to] = this.#slice;
    for (let at = from; at < to; at++) {
      const row = rows[at]!;
      const { ids, keys } = readTopK(this.#heaps[at - from]!);
      // Among many copies of a row, it may not have found itself.
      let found = 0;
      for (let j = 0; j < ids.length && found < k; j++) {
        if (ids[j] === row) continue;
        graph.neighbours[row * k + found] = ids[j]!;
        graph.l2sq[row * k + found] = keys[j]!;
        found++;
      }
    }
  }
}
