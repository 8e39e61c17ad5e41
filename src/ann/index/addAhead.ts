import type { TrainControl } from '../quantizer/control.ts';
import type { IndexBuilder } from './vectorIndex.ts';

interface Block {
  readonly ids: ArrayLike<number>;
  readonly vectors: Float32Array;
  readonly cells: Uint32Array | undefined;
}

/**
 * Adds vectors to a builder block by block, pausing between blocks. With a pool, other threads find
 * the cells of one block while this one encodes the previous. The resulting index equals that of
 * `builder.add`.
 */
export class AddAhead {
  readonly #builder: IndexBuilder;
  readonly #control: TrainControl | undefined;
  #last: Block | null = null;

  constructor(builder: IndexBuilder, control?: TrainControl) {
    this.#builder = builder;
    this.#control = control;
  }

  /**
   * Takes a block and encodes it during the next call at the latest. One call at a time.
   *
   * @param ids `n`
   * @param vectors `n × d`; neither may change until the next call has resolved
   * @throws as `IndexBuilder.add`, for this block or the previous one; `aborted`
   */
  async add(ids: ArrayLike<number>, vectors: Float32Array): Promise<void> {
    const finding = this.#builder.findCells?.(vectors, this.#control);
    try {
      this.#encodeLast();
    } catch (error) {
      await finding?.catch(() => {}); /* the first error is the more useful one */
      throw error;
    }
    this.#last = { ids, vectors, cells: await finding };
    if (!finding) this.#encodeLast();
  }

  /**
   * Encodes the last block, and builds what needs all vectors.
   *
   * @param control of the building
   * @throws as `IndexBuilder.add` and `IndexBuilder.prepare`
   */
  async finish(control: TrainControl | undefined = this.#control): Promise<void> {
    this.#encodeLast();
    await this.#builder.prepare?.(control);
  }

  #encodeLast(): void {
    const last = this.#last;
    this.#last = null;
    if (last) this.#builder.add(last.ids, last.vectors, last.cells);
  }
}
