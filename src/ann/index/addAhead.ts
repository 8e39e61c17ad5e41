import type { TrainControl } from '../quantizer/control.ts';
import type { IndexBuilder } from './vectorIndex.ts';

interface Block {
  readonly ids: ArrayLike<number>;
  readonly vectors: Float32Array;
  readonly cells: Uint32Array | undefined;
}

/**
 * Adds vectors to a builder block by block, and lets others work in between. Where the control has a
 * pool, its threads look for the cells of a block while this one encodes the block before. The index
 * is the same as by `builder.add`.
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
   * Takes a block, which is encoded with the next call at the latest. One call at a time.
   *
   * @param ids `n`
   * @param vectors `n × d`; both must stay as they are until the next call is done
   * @throws as `IndexBuilder.add` does, of this block or of the one before; `aborted`
   */
  async add(ids: ArrayLike<number>, vectors: Float32Array): Promise<void> {
    const finding = this.#builder.findCells?.(vectors, this.#control);
    try {
      this.finish();
    } catch (error) {
      await finding?.catch(() => {}); /* what was wrong before says more */
      throw error;
    }
    this.#last = { ids, vectors, cells: await finding };
    if (!finding) this.finish();
  }

  /** Encodes what is left. */
  finish(): void {
    const last = this.#last;
    this.#last = null;
    if (last) this.#builder.add(last.ids, last.vectors, last.cells);
  }
}
