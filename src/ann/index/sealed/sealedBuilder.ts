import { AkinError } from '../../../base/errors.ts';
import type { Block, Kernels } from '../../kernels/kernels.ts';
import { float32View } from '../../kernels/kernels.ts';
import type { RowRun } from '../../kernels/training.ts';
import { checkId, checkVector } from '../checkVector.ts';
import { OwnedBlocks } from '../rows/ownedBlocks.ts';
import { RowBuffer } from '../rows/rowBuffer.ts';
import { rowsById } from '../rows/sortRows.ts';
import type { IndexBuilder, VectorIndex, VectorSpace } from '../vectorIndex.ts';

/** Rows per encoding step: enough for the kernels, few enough to keep scratch memory small. */
export const SLICE_ROWS = 1024;

/** Base of all builders: checks, slices, ids. A kind defines how a slice is encoded. */
export abstract class SealedBuilder implements IndexBuilder {
  readonly warnings: readonly string[];
  protected readonly kernels: Kernels;
  protected readonly space: VectorSpace;
  /** The builder's own memory, freed with it. */
  protected readonly memory: OwnedBlocks;
  readonly #ids = new RowBuffer(4);
  readonly #slice: Block;
  /** Number of possible cells; 0 if `add` takes none. */
  protected readonly nlist: number = 0;

  /** @throws `out-of-memory` */
  constructor(kernels: Kernels, space: VectorSpace, warnings: readonly string[] = []) {
    this.kernels = kernels;
    this.space = space;
    this.warnings = warnings;
    this.memory = new OwnedBlocks(kernels);
    this.#slice = this.memory.alloc(4 * SLICE_ROWS * space.d);
  }

  add(ids: ArrayLike<number>, vectors: Float32Array, cells?: Uint32Array): void {
    const { d } = this.space;
    if (vectors.length !== ids.length * d) {
      throw new AkinError(
        'bad-vector',
        `${vectors.length} components for ${ids.length} ids of ${d} each`,
      );
    }
    for (let i = 0; i < ids.length; i++) {
      checkId(ids[i]!);
      checkVector(vectors.subarray(i * d, (i + 1) * d), d);
    }
    if (cells && (cells.length !== ids.length || cells.some((cell) => cell >= this.nlist))) {
      throw new AkinError(
        'invalid-argument',
        `the cells are not ${ids.length} below ${this.nlist}`,
      );
    }
    for (let first = 0; first < ids.length; first += SLICE_ROWS) {
      const count = Math.min(SLICE_ROWS, ids.length - first);
      const slice = vectors.subarray(first * d, (first + count) * d);
      float32View(this.#slice, count * d).set(slice);
      const rows = { block: this.#slice, offset: 0, stride: d, d, count };
      this.encode(rows, cells?.subarray(first, first + count));
      const sliceIds = Uint32Array.from({ length: count }, (_, i) => ids[first + i]!);
      this.#ids.append(sliceIds, count);
    }
  }

  seal(): VectorIndex {
    const { ids, byId } = this.sorted();
    return this.assemble(ids, byId);
  }

  dispose(): void {
    this.memory.dispose();
  }

  /**
   * The ids in order of addition, and positions in that order, sorted by id.
   *
   * @throws `invalid-argument` if an id was added twice
   */
  protected sorted() {
    const ids = new Uint32Array(this.#ids.copy().buffer);
    const byId = rowsById(ids);
    for (let i = 1; i < byId.length; i++) {
      if (ids[byId[i]!] === ids[byId[i - 1]!]) {
        throw new AkinError('invalid-argument', `the id ${ids[byId[i]!]} was added twice`);
      }
    }
    return { ids, byId };
  }

  /**
   * Encodes and appends rows, in order.
   *
   * @param rows at most `SLICE_ROWS`, compact, from the start of their block, which may be
   *   overwritten
   * @param cells of the rows, if already known
   */
  protected abstract encode(rows: RowRun, cells?: Uint32Array): void;

  /**
   * Creates the index of everything encoded.
   *
   * @param ids in order of addition
   * @param byId positions in that order, sorted by id
   */
  protected abstract assemble(
    ids: Uint32Array<ArrayBuffer>,
    byId: Uint32Array<ArrayBuffer>,
  ): VectorIndex;
}
