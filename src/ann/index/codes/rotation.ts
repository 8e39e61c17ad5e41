import type { Block } from '../../kernels/kernels.ts';
import { float32View } from '../../kernels/kernels.ts';
import type { RowRun } from '../../kernels/training.ts';
import type { OwnedBlocks } from '../rows/ownedBlocks.ts';

/**
 * A rotation of the whole space, `y = R x`: it preserves neighbours and makes codes more accurate.
 */
export class Rotation {
  readonly d: number;
  readonly #memory: OwnedBlocks;
  readonly #R: Block;
  #rotated: Block | null = null;

  /** @param R `d × d` float32, row-major; copied. @throws `out-of-memory` */
  constructor(memory: OwnedBlocks, R: Float32Array, d: number) {
    this.d = d;
    this.#memory = memory;
    this.#R = memory.store(R);
  }

  /** Rotates rows into a compact block, which the next call overwrites. @throws `out-of-memory` */
  apply(rows: RowRun): Block {
    const { d } = this;
    this.#rotated = this.#memory.atLeast(this.#rotated, 4 * d * rows.count);
    this.#memory.kernels.transform(this.#R, d, rows, this.#rotated);
    return this.#rotated;
  }

  /** Rotates a vector back: `x = Rᵀ y`. @param target `d` long, not `rotated` */
  undo(rotated: Float32Array, target: Float32Array): void {
    const { d } = this;
    const R = this.view();
    for (let i = 0; i < d; i++) {
      let sum = 0;
      for (let j = 0; j < d; j++) sum += R[j * d + i]! * rotated[j]!;
      target[i] = sum;
    }
  }

  /** `d × d`. A transient view. */
  view(): Float32Array<ArrayBuffer> {
    return float32View(this.#R, this.d * this.d);
  }
}
