import type { Kernels } from '../../kernels/kernels.ts';
import type { TrainControl } from '../../quantizer/control.ts';
import { cellsOf } from '../../quantizer/kmeans/assigner.ts';
import { rotateRows } from '../../quantizer/rotation/rotation.ts';
import { checkRows } from '../../quantizer/rows.ts';

/** Finds the cells of vectors to be added, using all threads available: `findCells`. */
export class CellFinder {
  readonly #kernels: Kernels;
  readonly #d: number;
  readonly #rotation: Float32Array | null;
  #centroids: Float32Array;

  /**
   * @param centroids `nlist × d`
   * @param rotation `d × d`, set if the centroids are of rotated vectors; `null`: unrotated
   */
  constructor(
    kernels: Kernels,
    d: number,
    centroids: Float32Array,
    rotation: Float32Array | null = null,
  ) {
    this.#kernels = kernels;
    this.#d = d;
    this.#centroids = centroids;
    this.#rotation = rotation;
  }

  /**
   * @param vectors `n × d`
   * @throws `bad-vector`, `aborted`, `out-of-memory`
   */
  async find(vectors: Float32Array, control?: TrainControl): Promise<Uint32Array<ArrayBuffer>> {
    const d = this.#d;
    checkRows(vectors, d);
    this.#centroids = control?.pool?.share(this.#centroids) ?? this.#centroids;
    const rotated = this.#rotation
      ? await rotateRows(this.#kernels, this.#rotation, vectors, d)
      : vectors;
    return cellsOf(this.#kernels, rotated, this.#centroids, d, control);
  }
}
