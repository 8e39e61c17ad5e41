import type { Block, Kernels } from '../kernels/kernels.ts';

/** Blocks of one call, all freed in its `finally`. */
export class Scratch {
  readonly #kernels: Kernels;
  readonly #blocks: Block[] = [];

  constructor(kernels: Kernels) {
    this.#kernels = kernels;
  }

  /** @throws `out-of-memory` */
  alloc(byteLength: number): Block {
    const block = this.#kernels.alloc(byteLength);
    this.#blocks.push(block);
    return block;
  }

  free(): void {
    for (const block of this.#blocks.splice(0)) this.#kernels.free(block);
  }
}
